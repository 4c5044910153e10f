"""An article found without a portal's selectors: the headline, the date line beside it, the densest text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.html import Node, attribute, many, text
from scraper.page.dates import PageDate, date_line, iso_datetime
from scraper.page.metadata import Metadata, without_site
from scraper.vietnamese.text import fold

_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:related\S*|lien-?quan|tin-?khac|other\S*|sidebar\S*|side-?bar|widget\S*|footer\S*"
    r"|header-?top|top-?bar|menu\S*"
    r"|nav\S*|breadcrumbs?|comments?\S*|share\S*|social\S*|tags?|banner\S*|clock|ticker|marquee|most\S*"
    r"|popular|hot-?news|weather"
    r"|(?:string)?rating\S*|vote\S*|list_detail|footerOfNewDetail|copyright|search\S*|login\S*|modal\S*"
    r"|cookie\S*|advert\S*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NO_PLACE = frozenset({"header", "nav", "footer", "aside", "select", "option", "button"})
_SIGNED = "[rel=author], [itemprop=author], .author, .author-name, .author-detail, .tac-gia, .source, .nguon"
_ATTACHED = "[class*=attach] a[href], [class*=dinh-kem] a[href], [class*=download] a[href], a[download]"
_LEAD = ".sapo, .hometext, .lead, .article-summary, .entry-summary, [itemprop=description]"
_LABELLED = re.compile(r"(?:tác giả|nguồn(?: tin)?|người viết)\s*:\s*\S", re.IGNORECASE)
_PARAGRAPHS = "p, td, li, blockquote, div, section, article"
_MIN_TEXT = 25
_BROAD = frozenset({"body", "html", "main"})


def headline_of(root: Node, metadata: Metadata) -> tuple[str, Node | None]:
    """Return the headline and the element that prints it, where there is one; "" where there is no headline.

    A heading that the metadata repeat is sure; else the metadata's own, else the first heading, else the text
    after "QR CODE:", else the page's title.
    """
    told = metadata.headline()
    title_node = root.css_first("title")
    title = text(title_node) if title_node is not None else ""
    told_keys = [_key(value) for value in (told, title) if value]
    headings = [
        (node, line)
        for node in many(root, "h1, h2, [itemprop=headline]")
        if (4 if node.tag == "h1" else 10) <= len(line := text(node)) <= 400
    ]
    for node, line in headings:
        key = _key(line)
        if any(key == told_key or told_key.startswith(key + " ") for told_key in told_keys):
            return line, node
    if told:
        return told, None
    first = next(
        ((node, line) for node, line in headings if node.tag == "h1" and not in_furniture(node)), None
    )
    if first is not None:
        return first[1], first[0]
    qr_code = qr_headline(root)
    if qr_code:
        return qr_code, None
    return without_site(title) or "", None


def qr_headline(root: Node) -> str | None:
    """Return the title that WP-HP prints after "QR CODE:"."""
    for node in many(root, "p, div, li, figcaption, span"):
        own = node.text(deep=True)
        if len(own) < 600 and "QR CODE:" in own:
            return text(node).partition("QR CODE:")[2].strip() or None
    return None


def date_near(root: Node, headline: Node | None) -> PageDate | None:
    """Return the date that the page prints near its headline: a line after it, else one before it.

    Lines in headers, menus, footers and lists of other news are passed over.
    """
    before: PageDate | None = None
    passed = headline is None
    for node, line in _short_lines(root):
        if headline is not None and node.mem_id == headline.mem_id:
            passed = True
            continue
        found = date_line(line)
        if found is None or in_furniture(node):
            continue
        if passed or found.source == "print-line":
            return found
        before = found
    return before


def time_element(root: Node) -> PageDate | None:
    """Return the date of the first time element that stands in no list of other articles."""
    for node in many(root, "time[datetime]"):
        iso = iso_datetime(attribute(node, "datetime"))
        if iso and not in_furniture(node):
            return PageDate(iso, "time-element", 0.85)
    return None


def signature_lines(root: Node) -> list[str]:
    """Return the lines that sign an article outside its text: labelled ones, and elements named for it."""
    lines = [text(node) for node in many(root, _SIGNED) if not in_furniture(node)]
    for node in many(root, "p, span, li, em, i, strong, div"):
        if len(node.text(deep=True)) < 100 and _LABELLED.match(line := text(node)) and not in_furniture(node):
            lines.append(line)
    return [line for line in lines if line]


def lead(root: Node) -> Node | None:
    """Return the element that is named for the lead ("sapo") and holds one."""
    nodes = (node for node in many(root, _LEAD) if node.tag != "meta")
    return next((node for node in nodes if 30 <= len(text(node)) <= 1_500 and not in_furniture(node)), None)


def attachment_links(root: Node) -> list[Node]:
    """Return the links of blocks that are named for attachments."""
    return [node for node in many(root, _ATTACHED) if not in_furniture(node)]


def densest(root: Node) -> Node | None:
    """Return the element that holds most of the page's running text that is no link, or None."""
    marked = [node for node in many(root, "[itemprop=articleBody]") if len(text(node)) > 100]
    if len(marked) == 1:
        return marked[0]
    scores: dict[int, tuple[float, Node]] = {}
    for node in many(root, _PARAGRAPHS):
        length = _own_text(node)
        if length < _MIN_TEXT or in_furniture(node):
            continue
        # Bare text between <br> makes an element the container of paragraphs; else it is one itself.
        step = node if _has_breaks(node) else node.parent
        for share in (1.0, 0.45):
            if step is None or step.tag in ("html", None):
                break
            held = scores.get(step.mem_id, (0.0, step))
            scores[step.mem_id] = (held[0] + length * share, step)
            step = step.parent
    if not scores:
        return None
    best = max(scores.values(), key=lambda item: item[0] * (0.5 if item[1].tag in _BROAD else 1.0))
    return best[1]


def in_furniture(node: Node) -> bool:
    """Tell whether an element stands in a header, menu, footer, sidebar or list of other articles."""
    step: Node | None = node
    while step is not None and step.tag not in ("body", "html"):
        if step.tag in _NO_PLACE and not (step.tag == "header" and _in_article(step)):
            return True
        values = step.attributes
        label = f"{values.get('class') or ''} {values.get('id') or ''}"
        if len(label) > 1 and _FURNITURE.search(label):
            return True
        step = step.parent
    return False


def _in_article(node: Node) -> bool:
    parent = node.parent
    return parent is not None and (
        parent.tag in ("article", "main") or "article" in (parent.attributes.get("class") or "")
    )


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


def _short_lines(root: Node) -> Iterator[tuple[Node, str]]:
    for node in many(
        root, "h1, h2, p, div, span, td, li, time, small, em, i, b, strong, font, label, [itemprop=headline]"
    ):
        if node.tag in ("h1", "h2"):
            yield node, ""
            continue
        raw = node.text(deep=True)
        if len(raw) <= 400 and any(char.isdigit() for char in raw):
            line = text(node)
            if len(line) <= 140:
                yield node, line


def _key(line: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(line)).strip()
