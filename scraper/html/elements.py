"""A fragment's elements as lxml has them, looked at in the way of BeautifulSoup's tags: no second tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

_ASCII_SPACES = " \n\t\f\r"
_NO_TEXT = frozenset({"script", "style", "template", "rt", "rp"})


class Element:
    """One element; `name`, `attrs`, `children`, `get_text` and `paragraphs` say what a tag's would."""

    __slots__ = ("_element", "attrs", "name")

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self.name = str(element.tag)
        self.attrs: Mapping[str, str] = element.attrib  # type: ignore[assignment]  # all of str, in HTML

    @property
    def children(self) -> Iterator[Element | str]:
        """The elements and texts that stand in the element itself, without comments."""
        element = self._element
        if element.text:
            yield element.text
        for child in element:
            if isinstance(child.tag, str):
                yield Element(child)
            if child.tail:
                yield child.tail

    def get_text(self) -> str:
        """Return all text within, as BeautifulSoup has it: no scripts, white space between elements once."""
        return "".join(_texts(self._element))

    def paragraphs(self, limit: int) -> list[Element]:
        """Return the first paragraphs within."""
        found = []
        for each in self._element.iterdescendants("p"):
            found.append(Element(each))
            if len(found) == limit:
                break
        return found


def body_of(html: str) -> Element | None:
    """Parse a fragment; return the body that the parser puts around it, None where it finds nothing there."""
    parser = etree.HTMLParser()
    try:
        parser.feed(html.removeprefix("\ufeff"))
        root = parser.close()
    except (etree.LxmlError, UnicodeError):
        return None
    body = root.find("body") if root is not None else None
    return Element(body) if body is not None else None


def _texts(root: etree._Element) -> Iterator[str]:
    silent: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if silent is None and element is not root and element.tag in _NO_TEXT:
                silent = element
            elif silent is None and element.text:
                yield _spaced(element.text)
            continue
        if event == "end" and element is silent:
            silent = None
        if silent is None and element is not root and element.tail:
            yield _spaced(element.tail)


def _spaced(text: str) -> str:
    if text.strip(_ASCII_SPACES):
        return text
    return "\n" if "\n" in text else " "
