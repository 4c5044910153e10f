"""An article's body as blocks: paragraphs, table rows, images and captions, cleaned of pasted markup."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import PreformattedString

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
_SENTENCE_END = re.compile(r"[.!?:;…”»\")]$")
_STARTS_ITEM = re.compile(r"[-–+•*·]|\d{1,2}[.)]\s|[a-zđ]\)\s")
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
            if _is_hidden(attributes) or _is_furniture(tag, attributes):
                return
            setting = _setting_of(name, attributes, setting)
        elif name in _SLANTED or name == "center" or name == "a":
            setting = _setting_of(name, attributes, setting)
        if name == "table" and isinstance(tag, Tag):
            self.flush()
            self._table(tag, setting)
        elif name in _BLOCKS:
            self.flush()
            self._image_here = False
            self.visit(tag, setting)
            self.flush()
            self._image_here = False
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
        rows = [_cells(row) for row in _rows(table)]
        filled = [[cell for cell in row if cell.get_text(strip=True)] for row in rows]
        is_picture = table.find(list(_IMAGES)) is not None
        wide = max((len(row) for row in filled), default=0)
        is_columns = (
            any(len(cell.get_text()) > _LONG_CELL for row in filled for cell in row) and len(rows) <= 2
        )
        if wide <= 1 or is_picture or is_columns or table.find("table") is not None:
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


def _rows(table: Tag) -> Iterator[Tag]:
    yield from table.find_all("caption", recursive=False)
    yield from (row for row in table.find_all("tr") if row.find_parent("table") is table)


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
    said = str(cell.get(name) or "1").strip()
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() and len(said) < 5 else 1


def _cell_text(cell: Tag) -> str:
    walk = _Walk()
    walk.visit(cell, _Setting())
    walk.flush()
    return " ".join(block.text for block in walk.blocks if block.kind != "image")


def _lines(text: str) -> Iterator[str]:
    """Part a text at its line breaks: two always part it, one where a sentence ends or an item begins."""
    for piece in re.split(r"\n[\s\u00a0]*\n", text):
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


def _setting_of(name: str, attributes: Mapping[str, object], outer: _Setting) -> _Setting:
    style = str(attributes.get("style") or "")
    label = _label(attributes)
    align = str(attributes.get("align") or "").lower()
    centred = (
        name == "center" or align == "center" or "text-center" in label or bool(_STYLE_CENTRED.search(style))
    )
    aside = align == "right" or "text-right" in label or bool(_STYLE_RIGHT.search(style))
    return _Setting(
        centred=centred or (outer.centred and not aside),
        aside=aside or (outer.aside and not centred),
        slanted=outer.slanted or name in _SLANTED or bool(_STYLE_SLANTED.search(style)),
        linked=outer.linked or name == "a",
        caption=outer.caption
        or name == "figcaption"
        or CAPTION_MARK in attributes
        or bool(label and CAPTION_CLASS.search(label)),
    )


def _label(attributes: Mapping[str, object]) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()


def _is_hidden(attributes: Mapping[str, object]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(str(attributes.get("style") or "")))


def _is_furniture(tag: Element | Tag, attributes: Mapping[str, object]) -> bool:
    label = _label(attributes)
    if not label or tag.name in ("body", "td", "th", "tr", "tbody"):
        return False
    if not _FURNITURE_CLASS.search(label):
        return bool(_PRINT_CLASS.search(label)) and len(tag.get_text()) < _SHORT
    # A theme's wrapper may bear such a word too; furniture holds no long paragraphs of its own.
    paragraphs = tag.paragraphs(20) if isinstance(tag, Element) else tag.find_all("p", limit=20)
    return not any(len(p.get_text()) > _LONG_CELL for p in paragraphs)
