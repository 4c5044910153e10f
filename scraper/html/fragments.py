"""An article's body as blocks: paragraphs, table rows, images and captions, cleaned of pasted markup."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString

from scraper.html.elements import Element, body_of
from scraper.vietnamese.text import squeeze

warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)

CAPTION_MARK = "data-cityledger-caption"
"""Attribute that tells a caption which a portal's own selector found."""


@dataclass(slots=True)
class Block:
    """One block of the body, in page order: what kind it is, its text, and how it was set."""

    kind: str
    """text, row (of a table), image or caption."""
    text: str
    """One line, squeezed; of an image its alternative text."""
    centred: bool = False
    italic: bool = False
    """The whole text is slanted, or small as captions are."""
    aside: bool = False
    """Set to the right, as bylines are."""
    with_image: bool = False
    """Stands in the same paragraph or cell as the image before it."""
    linked: float = 0.0
    """Share of the text that is links."""


_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "form", "button", "select", "input",
    "textarea", "svg", "object", "embed", "audio", "video", "nav", "aside", "footer", "head", "title",
    "xml", "map", "canvas", "amp-ad", "amp-iframe", "amp-social-share", "amp-sidebar", "amp-video",
    "amp-youtube", "ins", "dialog",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "main", "center", "blockquote", "pre", "address", "ul",
    "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "hr",
    "tr", "td", "th", "table", "tbody", "thead", "tfoot", "caption", "details", "summary", "fieldset",
    "o:p", "body",
})  # fmt: skip
_IMAGES = frozenset(["img", "amp-img", "picture", "amp-anim"])
_SLANTED = frozenset(["i", "em", "small", "cite", "figcaption"])
CAPTION_CLASS = re.compile(
    r"\b(?:wp-caption-text|wp-caption-dd|caption-text|image-?caption|photo-?caption|img-(?:title|caption)"
    r"|pcaption|desc-?img|chu-?thich(?:-anh)?|note-?img|picture-caption)\b",
    re.IGNORECASE,
)
_FURNITURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:share(?:daddy|bar|-\w+)?|sharing|social(?:-\w+)?|addtoany\w*|sharethis\w*|fb-(?:like|share|comments)"
    r"|zalo-share\S*|(?:\w+-)?relate[ds]?(?:-?posts?|-news|-\w+)?|jp-relatedposts|tin-?khac|tin-?lien-?quan|other-?news|tags?"
    r"|tag-?(?:list|cloud|links)|tagcloud|post-tags|comments?(?:-\w+)?|respond|breadcrumbs?|taglib-\S+|rating\S*|post-?ratings"
    r"|(?:ez-)?toc\S*|view-?count\w*|post-views|luot-?xem|qr-?code\S*|toolbar|tool-?news|advert\w*|adsbygoogle|banner"
    r"|navigation|pagination|pager|nav-links|newsletter|subscribe)(?=$|[\s_-])",
    re.IGNORECASE,
)
_PRINT_CLASS = re.compile(r"(?:^|[\s_-])print(?:-?\w+)?(?=$|[\s_-])", re.IGNORECASE)
"""Links that print, and the whole text on a print page."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STYLE_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_STYLE_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
_STYLE_SLANTED = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_TABLE = re.compile("<table", re.IGNORECASE)
_TWO_BREAKS = re.compile(r"\n[\s\u00a0]*\n")
_SENTENCE_END = re.compile(r"[.!?:;…”»\")]$")
_STARTS_ITEM = re.compile(r"[-–+•*·]|\d{1,2}[.)]\s|[a-zđ]\)\s")
_NO_FURNITURE = frozenset({"body", "td", "th", "tr", "tbody"})
_LONGEST_KEPT = 400
"""Characters of attributes; longer ones are looked at each time."""
_MAX_WALK = 200
_LONG_CELL = 300
_SHORT = 120
_WIDEST = 60
"""Columns or rows that a cell is believed to span."""
_MOST_COLUMNS = 100
"""Beyond them a cell stands for itself alone: a page of 1 MB could make a gigabyte of empty cells."""


def blocks(html: str) -> list[Block]:
    """Return the blocks of an HTML fragment, in page order, each non-empty (an image may have no text).

    Known furniture (share bars, related lists, tags, forms) is left out by element and class name. A table of
    data is a row block a row, cells joined by ' | '; a table that only arranges pictures or columns is its
    cells.
    """
    # BeautifulSoup's tree costs far more than parsing: made where tables are searched, or lxml gives up.
    plain = None if _TABLE.search(html) else body_of(html)
    walk = _Walk()
    walk.visit(plain or _soup(html), _Setting())
    walk.flush()
    return walk.blocks


class _Builder(LXMLTreeBuilder):
    """BeautifulSoup's way over lxml, less the namespaces that only XML has."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # type: ignore[override]
        assert self.soup is not None
        self.soup.handle_starttag(tag, None, None, self.attribute_dict_class(attributes))

    def end(self, tag: str) -> None:  # type: ignore[override]
        assert self.soup is not None
        self.soup.handle_endtag(tag)


def _soup(html: str) -> Tag:
    """Return BeautifulSoup's body of a fragment."""
    return _body(BeautifulSoup(html, builder=_Builder, multi_valued_attributes=None))


def _body(soup: BeautifulSoup) -> Tag:
    """Return the body that the parser puts around a fragment; `soup.body` would ask every element for it."""
    for outer in soup.contents:
        for element in outer.contents if isinstance(outer, Tag) else ():
            if isinstance(element, Tag) and element.name == "body":
                return element
    return soup.body or soup


@dataclass(slots=True, frozen=True)
class _Setting:
    """What the elements around a text say of it."""

    centred: bool = False
    aside: bool = False
    slanted: bool = False
    linked: bool = False
    caption: bool = False


@dataclass(slots=True, frozen=True)
class _Marks:
    """What an element's own name and attributes say."""

    hidden: bool
    furniture: str | None
    """named (for furniture), print (for printing) or None."""
    centred: bool
    aside: bool
    slanted: bool
    linked: bool
    caption: bool

    def within(self, outer: _Setting) -> _Setting:
        """Return the setting of what stands in the element, by that of the element itself."""
        if not (self.centred or self.aside or self.slanted or self.linked or self.caption):
            return outer
        return _Setting(
            centred=self.centred or (outer.centred and not self.aside),
            aside=self.aside or (outer.aside and not self.centred),
            slanted=outer.slanted or self.slanted,
            linked=outer.linked or self.linked,
            caption=outer.caption or self.caption,
        )


class _Walk:
    """Walks a cleaned tree once; text gathers until an element of its own closes it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._slanted = self._linked = self._length = 0
        self._setting = _Setting()
        self._image_here = False
        self._depth = 0

    def visit(self, node: Element | Tag, setting: _Setting) -> None:
        self._depth += 1
        for child in node.children:
            if isinstance(child, (Element, Tag)):
                self._element(child, setting)
            elif not isinstance(child, PreformattedString):
                self._text(str(child), setting)
        self._depth -= 1

    def _element(self, tag: Element | Tag, setting: _Setting) -> None:
        name = tag.name
        if name in _SKIPPED or self._depth > _MAX_WALK:
            return
        if name == "br":
            self._parts.append("\n")
            return
        if name in _IMAGES:
            self._image(tag)
            return
        attributes = tag.attrs
        if attributes:
            marks = _marks_of(name, attributes)
            if marks.hidden or (marks.furniture and _is_furniture(tag, marks)):
                return
            setting = marks.within(setting)
        elif name in _SLANTED or name == "center" or name == "a":
            setting = _marks(name).within(setting)
        if name == "table" and isinstance(tag, Tag):
            self.flush()
            self._table(tag, setting)
        elif name in _BLOCKS:
            self._close()
            self.visit(tag, setting)
            self._close()
        else:
            self.visit(tag, setting)

    def _text(self, value: str, setting: _Setting) -> None:
        self._parts.append(value.replace("\n", " "))
        size = len(value.strip())
        if size:
            self._setting = setting
            self._length += size
            self._slanted += size if setting.slanted else 0
            self._linked += size if setting.linked else 0

    def _image(self, tag: Element | Tag) -> None:
        self.flush()
        alt = tag.attrs.get("alt")
        self.blocks.append(Block("image", squeeze(alt) if isinstance(alt, str) else ""))
        self._image_here = True

    def _close(self) -> None:
        """End a block's element: what comes next does not stand with an image before it."""
        if self._parts:
            self.flush()
        self._image_here = False

    def flush(self) -> None:
        """Close the text gathered so far: one block, or several where line breaks part paragraphs."""
        if self._length:
            setting = self._setting
            for line in _lines("".join(self._parts)):
                self.blocks.append(
                    Block(
                        kind="caption" if setting.caption else "text",
                        text=line,
                        centred=setting.centred,
                        italic=self._slanted >= self._length * 0.9,
                        aside=setting.aside,
                        with_image=self._image_here,
                        linked=self._linked / self._length,
                    )
                )
        self._parts.clear()
        self._slanted = self._linked = self._length = 0

    def _table(self, table: Tag, setting: _Setting) -> None:
        within = [each for each in table.descendants if isinstance(each, Tag)]
        names = {each.name for each in within}
        rows = [_cells(row) for row in _rows(table, within)]
        filled = [[cell for cell in row if next(cell.stripped_strings, None)] for row in rows]
        is_picture = not names.isdisjoint(_IMAGES)
        wide = max(map(len, filled), default=0)
        is_columns = len(rows) <= 2 and any(
            len(cell.get_text()) > _LONG_CELL for row in filled for cell in row
        )
        if wide <= 1 or is_picture or is_columns or "table" in names:
            for row in rows:
                for cell in row:
                    self.visit(
                        cell, _inner(setting, caption=setting.caption or (is_picture and not is_columns))
                    )
                    self.flush()
            self._image_here = False
            return
        for texts in _grid(rows):
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                self.blocks.append(Block("row", " | ".join(texts).strip()))


def _rows(table: Tag, within: Sequence[Tag]) -> Iterator[Tag]:
    """Yield a table's captions, then its own rows, of the elements within."""
    yield from (each for each in within if each.name == "caption" and each.parent is table)
    yield from (each for each in within if each.name == "tr" and _table_of(each) is table)


def _table_of(row: Tag) -> Tag | None:
    step = row.parent
    while step is not None and step.name != "table":
        step = step.parent
    return step


def _cells(row: Tag) -> list[Tag]:
    cells = [cell for cell in row.children if isinstance(cell, Tag) and cell.name in ("td", "th")]
    return cells or [row]


def _grid(rows: list[list[Tag]]) -> Iterator[list[str]]:
    """Yield the texts of a table's rows, each cell in its column: one that spans others leaves them empty."""
    held: dict[int, int] = {}  # column → rows below in which a cell from above still stands there
    for row in rows:
        texts: list[str] = []
        spans = {}
        for cell in row:
            while held.get(len(texts), 0) > 0:
                texts.append("")
            wide, high = 1, 1
            if len(texts) < _MOST_COLUMNS:
                wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(texts), len(texts) + wide):
                spans[column] = high
            texts += [_cell_text(cell), *[""] * (wide - 1)]
        for column in range(max(held, default=-1) + 1):
            held[column] -= held[column] > 0
        held = {**dict.fromkeys(range(len(texts)), 0), **held}
        held |= {column: high - 1 for column, high in spans.items()}
        yield texts


def _span(cell: Tag, name: str) -> int:
    if name not in cell.attrs:
        return 1
    said = str(cell.get(name) or "1").strip()
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() and len(said) < 5 else 1


def _cell_text(cell: Tag) -> str:
    if len(cell.contents) == 1 and type(cell.contents[0]) is NavigableString:
        return squeeze(cell.contents[0])
    walk = _Walk()
    walk.visit(cell, _Setting())
    walk.flush()
    return " ".join(block.text for block in walk.blocks if block.kind != "image")


def _lines(text: str) -> Iterator[str]:
    """Part a text at its line breaks: two always part it, one where a sentence ends or an item begins."""
    if "\n" not in text:
        if line := squeeze(text):
            yield line
        return
    for piece in _TWO_BREAKS.split(text):
        held = ""
        for part in piece.split("\n"):
            line = squeeze(part)
            if not line:
                continue
            if held and not (_SENTENCE_END.search(held) or _STARTS_ITEM.match(line)):
                held = f"{held} {line}"
                continue
            if held:
                yield held
            held = line
        if held:
            yield held


def _inner(setting: _Setting, *, caption: bool) -> _Setting:
    return _Setting(setting.centred, setting.aside, setting.slanted, setting.linked, caption)


def _marks_of(name: str, attributes: Mapping[str, object]) -> _Marks:
    style, align = str(attributes.get("style") or ""), str(attributes.get("align") or "")
    label = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
    kept = "hidden" in attributes, CAPTION_MARK in attributes
    if len(style) + len(label) + len(align) > _LONGEST_KEPT:
        return _marks.__wrapped__(name, style, label, align, *kept)
    return _marks(name, style, label, align, *kept)


@lru_cache(maxsize=4096)
def _marks(
    name: str, style: str = "", label: str = "", align: str = "", hidden: bool = False, caption: bool = False
) -> _Marks:
    """Return what an element's name and attributes say; a template's elements say the same on every page."""
    align = align.lower()
    if not label or name in _NO_FURNITURE:
        furniture = None
    elif _FURNITURE_CLASS.search(label):
        furniture = "named"
    else:
        furniture = "print" if _PRINT_CLASS.search(label) else None
    return _Marks(
        hidden=hidden or bool(_HIDDEN_STYLE.search(style)),
        furniture=furniture,
        centred=name == "center"
        or align == "center"
        or "text-center" in label
        or bool(_STYLE_CENTRED.search(style)),
        aside=align == "right" or "text-right" in label or bool(_STYLE_RIGHT.search(style)),
        slanted=name in _SLANTED or bool(_STYLE_SLANTED.search(style)),
        linked=name == "a",
        caption=name == "figcaption" or caption or bool(label and CAPTION_CLASS.search(label)),
    )


def _is_furniture(tag: Element | Tag, marks: _Marks) -> bool:
    """Tell whether an element that is named for furniture, or for printing, is that."""
    if marks.furniture == "print":
        return len(tag.get_text()) < _SHORT
    # A theme's wrapper may bear such a word too; furniture holds no long paragraphs of its own.
    paragraphs = tag.paragraphs(20) if isinstance(tag, Element) else tag.find_all("p", limit=20)
    return not any(len(p.get_text()) > _LONG_CELL for p in paragraphs)
