"""The main part of a page that nobody described: the element of densest text, and furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scraper.html import Node, many, text
from scraper.page.dates import date_line

_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:\S*?relate[ds]?(?:[\s_-]\S*)?|(?:tin-?)?lien-?quan\S*|tin-?khac\S*|cung-?chuyen-?muc\S*|other\S*"
    r"|timeline|sidebar\S*|side-?bar|footer\S*"
    r"|header-?top|top-?bar|menu\S*"
    r"|nav\S*|breadcrumbs?|comments?\S*|share\S*|social\S*|tags?|banner\S*|clock|ticker|marquee|most\S*"
    r"|popular|hot-?news|weather"
    r"|(?:string)?rating\S*|vote\S*|list_detail|footerOfNewDetail|copyright|search\S*|login\S*|modal\S*"
    r"|cookie\S*|advert\S*)(?=$|[\s_-])"
    # A page builder calls every block a widget ("elementor-widget"): only one that is nothing else counts.
    r"|(?:^|\s)widget(?=$|[\s_-])",
    re.IGNORECASE,
)
_META = re.compile(r"\b(?:\w+-|node__)?(?:meta|submitted)\b")
_NO_PLACE = frozenset({"header", "nav", "footer", "aside", "select", "option", "button"})
_PARAGRAPHS = "p, td, li, blockquote, div, section, article"
_MIN_TEXT = 25
_BROAD = frozenset({"body", "html", "main"})
_ALIKE = 3
_SHARES = (1.0, 0.45, 0.2, 0.0, 0.0)
"""What a text counts for in its parent, in the parent's parent …: paragraphs may be wrapped one by one."""
_THIN = 150
"""Characters; less is a line of a menu as easily as the text of an article."""
_NEAR = 6
"""Elements about a headline that are looked at for what belongs to it."""


def densest(root: Node) -> Node | None:
    """Return the element that holds most of the page's running text that is no link, or None."""
    marked = [node for node in many(root, "[itemprop=articleBody]") if len(text(node)) > 100]
    if len(marked) == 1:
        return marked[0]
    scores: dict[int, tuple[float, Node]] = {}
    counts: dict[int, int] = {}
    for node in many(root, _PARAGRAPHS):
        length = _own_text(node)
        if length < _MIN_TEXT or in_furniture(node) or is_cut_short(text(node)):
            continue
        # Bare text between <br> makes an element the container of paragraphs; else it is one itself.
        step = node if _has_breaks(node) else node.parent
        for share in _SHARES:
            if step is None or step.tag in ("html", None):
                break
            held = scores.get(step.mem_id, (0.0, step))
            scores[step.mem_id] = (held[0] + length * share, step)
            counts[step.mem_id] = counts.get(step.mem_id, 0) + 1
            step = step.parent
    if not scores:
        return None
    best = max(scores.values(), key=lambda item: item[0] * (0.5 if item[1].tag in _BROAD else 1.0))
    return _unwrapped(best[1], counts)


def is_cut_short(line: str) -> bool:
    """Tell whether a text breaks off, as the teaser of another article does."""
    return line.rstrip(" ])").endswith(("…", "..."))


def _unwrapped(node: Node, counts: Mapping[int, int]) -> Node:
    """Return what holds the paragraphs where each is wrapped by itself, as page builders do; else the node.

    `counts` are the paragraphs in an element.
    """
    step = node
    while counts.get(step.mem_id) == 1 and step.parent is not None and step.parent.tag not in _BROAD:
        outer = step.parent
        if counts.get(outer.mem_id, 0) >= _ALIKE:
            mark = step.attributes.get("class")
            alike = [
                child
                for child in outer.iter()
                if child.tag == step.tag
                and child.attributes.get("class") == mark
                and counts.get(child.mem_id) == 1
            ]
            return outer if len(alike) >= _ALIKE else node
        step = outer
    return node


def main_part(body: Node | None, headline: Node) -> Node | None:
    """Return the element of the text; where a page has next to none, the one about its headline."""
    near = around(headline)
    if body is None or near is None:
        return body or near
    line = text(body)
    if len(line) >= _THIN or holds(body, near):
        return body
    return body if holds(near, body) and not holds(body, headline) and date_line(line) is None else near


def around(headline: Node) -> Node | None:
    """Return the smallest element about a headline that holds a picture, a document or text beside it."""
    own = len(text(headline))
    step = headline.parent
    for _ in range(_NEAR):
        if step is None or step.tag in _BROAD:
            return None
        if step.css_first("img, amp-img, a[href$='.pdf']") is not None or len(text(step)) > own + _MIN_TEXT:
            return step
        step = step.parent
    return None


def region(root: Node, headline: Node | None, body: Node | None) -> Node:
    """Return the smallest element that holds headline and body: what signs and accompanies the article."""
    if body is None:
        return (headline is not None and around(headline)) or root
    if headline is None:
        return body.parent or body
    above = {step.mem_id for step in _upward(headline)}
    for step in _upward(body):
        if step.mem_id in above:
            # A page's headline and text may share nothing but the page: then its sides are not the article's.
            return (body.parent or body) if step.tag in _BROAD else step
    return body.parent or body


def holds(outer: Node, inner: Node) -> bool:
    """Tell whether an element is another one or lies within it."""
    return any(step.mem_id == outer.mem_id for step in _upward(inner))


def _upward(node: Node) -> Iterator[Node]:
    step: Node | None = node
    while step is not None:
        yield step
        step = step.parent


def in_furniture(node: Node) -> bool:
    """Tell whether an element stands in a header, menu, footer, sidebar or list of other articles."""
    step: Node | None = node
    while step is not None and step.tag not in ("body", "html"):
        if step.tag in _NO_PLACE and not _of_article(step):
            return True
        values = step.attributes
        label = f"{values.get('class') or ''} {values.get('id') or ''}"
        if len(label) > 1 and _FURNITURE.search(label):
            return True
        step = step.parent
    return False


def _of_article(node: Node) -> bool:
    """Tell whether a header, or a footer of one line or named for what it says, is an article's own."""
    if node.tag not in ("header", "footer"):
        return False
    is_meta = bool(_META.search(node.attributes.get("class") or ""))
    if node.tag == "footer" and not is_meta and len(text(node)) > _THIN:
        return False
    parent = node.parent
    near = parent is not None and "article" in (parent.attributes.get("class") or "")
    return near or any(step.tag in ("article", "main") for step in _upward(node))


def _has_breaks(node: Node) -> bool:
    child = node.first_child
    while child is not None:
        if child.tag == "br":
            return True
        child = child.next
    return False


def _own_text(node: Node) -> int:
    """Count the characters that stand in the element itself or its inline children, links left out."""
    length = 0
    child = node.first_child
    while child is not None:
        if child.is_text_node:
            length += len((child.text_content or "").strip())
        elif child.tag in ("b", "strong", "i", "em", "span", "font", "u", "sup", "sub"):
            length += len(child.text(deep=True).strip())
        child = child.next
    return length
