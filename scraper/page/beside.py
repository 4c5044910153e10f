"""What stands beside the text of a page that nobody described: date, lead, signature, captions, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scraper.html import CAPTION_CLASS, Node, attribute, many, text
from scraper.page.dates import PageDate, date_line, iso_datetime
from scraper.page.generic import holds, in_furniture

_LINES = (
    "h1, h2, h3, h4, p, div, span, td, li, time, small, em, i, b, strong, font, label, section, article,"
    " center, dd, tbody, table, main, figure, [itemprop=headline]"
)
_SURE = 0.85
_SIGNING = ("author", "tacgia", "tac-gia", "nguontin")
_SIGNED = ", ".join([
    "[rel=author]", "[itemprop=author]", ".source", ".nguon", "[align=right]", ".text-right",
    "[style*='text-align:right']", "[style*='text-align: right']",
    *(f"[{name}*='{word}' i]" for name in ("class", "id") for word in _SIGNING),
])  # fmt: skip
_ATTACHED = "[class*=attach] a[href], [class*=dinh-kem] a[href], [class*=download] a[href], a[download]"
_LEAD = ", ".join([
    ".sapo", ".hometext", ".lead", ".article-summary", ".entry-summary", "[itemprop=description]",
    *(
        f"[class*='{word}' i]"
        for word in ("sapo", "brief", "trichyeu", "tomtat", "hometext", "summary", "-desc", "detail-des")
    ),
])  # fmt: skip
_LABELLED = re.compile(r"(?:tác giả|nguồn(?: tin)?|người viết)\s*:\s*\S", re.IGNORECASE)
_SHORT = 140
_MANY = 300
"""Dated lines after which a page is a calendar: its article's own is not looked for any more."""


def date_near(
    root: Node, headline: Node | None, body: Node | None = None, fetched_on: date | None = None
) -> PageDate | None:
    """Return the date that the page prints beside its article.

    A line between headline and text counts most, then one that opens the text, the last one before the
    headline, and one below the text that says what it is. Lines in headers, menus, footers and lists of other
    news are passed over, and so is the day of reading where it stands above the headline: a clock.

    Args:
        root: The page.
        headline: The element that prints the headline.
        body: The element of the text.
        fetched_on: The day on which the page was read.
    """
    above: PageDate | None = None
    within: PageDate | None = None
    below: PageDate | None = None
    passed_headline = headline is None and body is None
    passed_body = False
    # The element of a page without much text is all about the headline: its lines are the article's.
    is_whole = headline is not None and body is not None and holds(body, headline)
    seen = 0
    for node in many(root, _LINES):
        if headline is not None and node.mem_id == headline.mem_id:
            passed_headline = True
        if body is not None and node.mem_id == body.mem_id:
            passed_body = True
            continue
        found = _dated(node)
        seen += found is not None
        if seen > _MANY:
            break
        if found is None or in_furniture(node):
            continue
        in_body = passed_body and body is not None and holds(body, node)
        if in_body and not is_whole:
            within = within or (found if found.confidence >= _SURE else None)
        elif passed_body and not in_body:
            below = below or (found if found.confidence >= 0.9 else None)
        elif passed_headline or found.confidence >= 0.95:
            return found
        elif fetched_on is None or found.day != fetched_on:
            above = found
    return within or above or below


def _dated(node: Node) -> PageDate | None:
    raw = node.text(deep=True)
    if len(raw) > 400 or not any(char.isdigit() for char in raw):
        return None
    line = text(node)
    return date_line(line) if len(line) <= _SHORT else None


def timed(root: Node, found: PageDate | None) -> PageDate | None:
    """Return a date with the hour where it has none and a time element gives the same day's."""
    if found is None or "T" in found.iso:
        return found
    element = time_element(root)
    return element if element is not None and element.iso[:10] == found.iso and "T" in element.iso else found


def time_element(root: Node) -> PageDate | None:
    """Return the date of the first time element that stands in no list of other articles."""
    for node in many(root, "time[datetime]"):
        iso = iso_datetime(attribute(node, "datetime"))
        if iso and not in_furniture(node):
            return PageDate(iso, "time-element", 0.85)
    return None


def signature_lines(region: Node, body: Node | None) -> list[str]:
    """Return the lines that sign an article beside its text: labelled, named for it, or set to the right."""
    lines: list[str] = []
    for node in many(region, _SIGNED):
        if len(node.text(deep=True)) < 300 and not in_furniture(node) and not _inside(body, node):
            lines.append(text(node))
    for node in many(region, "p, span, li, em, i, strong, div, td"):
        if len(node.text(deep=True)) < 100 and _LABELLED.match(line := text(node)) and not in_furniture(node):
            lines.append(line)
    return [line for line in lines if line and len(line) < 100]


def lead(region: Node, body: Node | None) -> Node | None:
    """Return the element that is named for the lead ("sapo") and holds one, above the text or in it."""
    for node in many(region, _LEAD):
        if node.tag == "meta" or (body is not None and holds(node, body)):
            continue
        if 30 <= len(text(node)) <= 1_500 and not in_furniture(node):
            return node
    return None


def captions(region: Node, body: Node | None) -> list[Node]:
    """Return the elements outside the text that are named for captions."""
    nodes = (
        node
        for node in many(region, "figcaption, [class*=caption i], [class*=chu-thich i], [class*=chuthich i]")
        if node.tag == "figcaption" or CAPTION_CLASS.search(node.attributes.get("class") or "")
    )
    return [node for node in nodes if not _inside(body, node) and not in_furniture(node)]


def attachment_links(region: Node) -> Iterator[Node]:
    """Yield the links of blocks that are named for attachments."""
    return (node for node in many(region, _ATTACHED) if not in_furniture(node))


def document_links(region: Node, documents: re.Pattern[str]) -> Iterator[str]:
    """Yield the addresses of links to documents, outside lists of other articles; `documents` finds one."""
    for node in many(region, "a[href]"):
        href = node.attributes.get("href") or ""
        if documents.search(href) and not in_furniture(node):
            yield href


def _inside(body: Node | None, node: Node) -> bool:
    return body is not None and holds(body, node)
