"""Whole pages, read by selectolax: strict selectors, text, links; hostile markup is refused here."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from scraper.errors import PageRefused, SelectorError
from scraper.html.encoding import decode, plain_utf8, utf16_order
from scraper.vietnamese.text import fold, squeeze

Node = LexborNode
"""An element of a parsed page."""

MAX_BYTES = 8_000_000
"""A longer page is refused: the longest articles seen with embedded pictures stay below 3 MB."""

MAX_DEPTH = 1_000
"""Deeper nesting is no article; libraries that walk recursively would break on it."""

_NO_ADDRESS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_LINKS = ("javascript:", "mailto:", "tel:", "data:", "about:", "blob:", "#")
_NEXT_CSS = "link[rel~=next], a[rel~=next], a.next, li.next > a, .next > a, a.page-next, .pagination-next > a"
_NEXT_TEXT = re.compile(r"(?:trang (?:sau|tiep|ke)|sau|tiep(?: theo)?|ke tiep|next(?: page)?)?[\s>›»→]*")


def is_selector(css: str) -> bool:
    """Tell whether the text is a CSS selector that can be used on a page."""
    try:
        LexborHTMLParser("<p></p>").css(css)
    except SelectolaxError:
        return False
    return True


def parse(html: bytes | str, content_type: str | None = None) -> Node:
    """Parse a page and return its root element; raise PageRefused where it is no page that can be read.

    Bounds: at most MAX_BYTES, MAX_DEPTH levels; broken markup is mended as browsers mend it.
    """
    if len(html) > MAX_BYTES:
        raise PageRefused(f"the page is too large: {len(html):,} bytes, at most {MAX_BYTES:,} are read")
    if isinstance(html, bytes) and _is_binary(html):
        raise PageRefused("the page is binary, no HTML")
    page, source = _decoded(html, content_type)
    if not page.strip():
        raise PageRefused("the page is empty")
    _refuse_traps(page)
    root = LexborHTMLParser(source).root
    if root is None:
        raise PageRefused("the page holds no element")
    return root


def _decoded(html: bytes | str, content_type: str | None) -> tuple[str, bytes | str]:
    """Return a page's text and what its parser is given: it works on UTF-8, and encodes every text anew."""
    if isinstance(html, str):
        return html, html
    page = plain_utf8(html)
    if page is not None:
        return page, html
    page = decode(html, content_type)
    return page, page


def many(node: Node, css: str) -> list[Node]:
    """Return every element that the selector finds, in page order; raise SelectorError on a bad selector."""
    try:
        return node.css(css)
    except SelectolaxError as error:
        raise SelectorError(f"{css}: no CSS selector") from error


def one(node: Node, css: str) -> Node:
    """Return the one element that the selector finds; raise SelectorError where there are none or several.

    Several that print the same text count as one: templates repeat a headline for small screens.
    """
    return one_of(many(node, css), css)


def one_of(found: list[Node], css: str) -> Node:
    """Return the one element of what a selector found, as `one` does."""
    if not found:
        raise SelectorError(f"{css}: nothing found")
    if len(found) > 1 and len({text(each) for each in found}) > 1:
        raise SelectorError(f"{css}: {len(found)} elements found, one expected")
    return found[0]


def text(node: Node) -> str:
    """Return the text of an element in one line, NFC, white space squeezed; scripts and styles left out."""
    if node.css_first("script, style, template") is None:
        return squeeze(node.text(deep=True))
    return squeeze("".join(_texts(node)))


def _texts(node: Node) -> list[str]:
    parts: list[str] = []
    for each in node.traverse(include_text=True):
        if each.is_text_node:
            parent = each.parent
            if parent is None or parent.tag not in ("script", "style", "template"):
                parts.append(each.text_content or "")
    return parts


def links(html: bytes, base_url: str, selector: str | None = None) -> list[str]:
    """Return the absolute http(s) addresses that a page links to, in page order, each once.

    `selector` names the links, or elements that hold them; None takes all. An unreadable page has none.
    """
    try:
        root = parse(html)
    except PageRefused:
        return []
    base = base_of(root, base_url)
    if selector is None:
        anchors = many(root, "a[href], area[href]")
    else:
        anchors = [
            a for node in many(root, selector) for a in ([node] if node.tag == "a" else many(node, "a[href]"))
        ]
    found = (absolute(anchor.attributes.get("href"), base) for anchor in anchors)
    return list(dict.fromkeys(url for url in found if url))


def next_page(html: bytes, base_url: str) -> str | None:
    """Return the address of a listing's next page, by rel=next or the link that says so, or None."""
    try:
        root = parse(html)
    except PageRefused:
        return None
    base = base_of(root, base_url)
    for node in many(root, _NEXT_CSS):
        url = absolute(node.attributes.get("href"), base)
        if url and url != base_url:
            return url
    for node in many(root, "a[href]"):
        label = text(node)
        if label and len(label) < 20 and _NEXT_TEXT.fullmatch(fold(label)):
            url = absolute(node.attributes.get("href"), base)
            if url and url != base_url:
                return url
    return None


def absolute(href: str | None, base_url: str) -> str | None:
    """Resolve a link against its page; None where it is none or leads to no http(s) address."""
    href = "".join((href or "").split("\n")).strip()
    if not href or href.lower().startswith(_NOT_LINKS):
        return None
    try:
        url = urljoin(base_url, href)
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or _NO_ADDRESS.search(url):
        return None
    return url.partition("#")[0].replace(" ", "%20")


def attribute(node: Node, name: str) -> str | None:
    """Return an attribute's value, squeezed, or None where it is absent or empty."""
    return squeeze(node.attributes.get(name) or "") or None


def base_of(root: Node, base_url: str) -> str:
    """Return the address that the page's links are relative to: its own, or that of its base element."""
    node = root.css_first("base[href]")
    return (node is not None and absolute(node.attributes.get("href"), base_url)) or base_url


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_NOT_NESTING = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option",
})  # fmt: skip
_MANY_TAGS = 5 * MAX_DEPTH
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")


_BINARY_STARTS = (
    b"%PDF", b"PK\x03\x04", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"RIFF", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_CONTROLS = bytes([*range(1, 9), *range(14, 27)])


def _is_binary(body: bytes) -> bool:
    """Tell whether the bytes are a file of another sort, or hold control characters that no text holds."""
    if body.startswith(_BINARY_STARTS):
        return True
    head = body[:4_000]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    zeros = head.count(0)
    is_utf16 = bool(zeros) and utf16_order(body) is not None
    return controls > len(head) * 0.02 or (zeros > len(head) * 0.02 and not is_utf16)


def _refuse_traps(page: str) -> None:
    """Refuse what makes any parser slow: thousands of levels, or thousands of attributes in one tag."""
    if page.count("<") > _MANY_TAGS:
        depth = 0
        for match in _TAG.finditer(page):
            if match.group(2).lower() not in _NOT_NESTING:
                depth = max(depth - 1, 0) if match.group(1) else depth + 1
                if depth > MAX_DEPTH:
                    raise PageRefused(f"the page is nested more than {MAX_DEPTH:,} deep")
    if len(page) > 200_000:
        for match in _LONG_TAG.finditer(page):
            if len(match.group().split()) > 5_000:
                raise PageRefused("a tag of the page has thousands of attributes")
