"""The headline of a page that nobody described: what it repeats to machines, else what stands as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scraper.html import Node, many, text
from scraper.page.boilerplate import is_furniture
from scraper.page.dates import printed_date
from scraper.page.generic import holds, in_furniture
from scraper.page.metadata import Metadata, is_site, without_site
from scraper.vietnamese.text import fold

_HEADINGS = "h1, h2, h3, h4, [itemprop=headline]"
_NAMED = ", ".join(
    f"[{attribute}*='{word}' i]" for attribute in ("class", "id") for word in ("title", "tieu", "headline")
)
"""Elements that a template names for a title, in English or Vietnamese (tiêu đề)."""
_SET_OUT = "b, strong, font[size], [style*='font-size'], center, big"
_LINES = "p, td, div, span"
_LONGEST, _SHORTEST = 400, 10
_OPENING = 60
"""Characters (a section's name, a tool) that may stand before the headline where the text holds it."""
_WORDS = 5
"""Fewer words are a section's name as easily as a headline."""
_WEIGHT = {"h1": 3, "h2": 2, "h3": 1, "h4": 1}
_DATED_TAIL = re.compile(r"\s*[(\[][^()\[\]]{6,60}[)\]]\s*$")
_DATED = re.compile(r"\W*(?:(?:cap nhat|ngay|dang|luc|thu|chu nhat)\b.*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_MARK = "data-cityledger-body"


def headline_of(root: Node, metadata: Metadata, body: Node | None) -> tuple[str, Node | None]:
    """Return the headline and the element that prints it, where there is one; "" where there is no headline.

    A heading that the metadata repeat is sure; else the metadata's own words, the page's title where it names
    the site beside them, the last element before the text that is a heading or named for a title, the text
    after "QR CODE:", the last line before the text, set in bold or large or plain, and at last the title.

    Args:
        root: The page.
        metadata: What it says of itself.
        body: The element of its text, where one was found.
    """
    told = metadata.headline()
    title_node = root.css_first("title")
    title = text(title_node) if title_node is not None else ""
    plain = without_site(title) or ""
    standing = list(_standing(root, body))
    for told_text in (told, title):
        if told_text and (sure := _repeated(standing, _key(told_text))):
            return sure.line, sure.node
    if told and len(told.split()) >= _WORDS and not is_site(told):
        return told, None
    if plain != title and len(plain.split()) >= _WORDS and not is_site(plain):
        return plain, _printing(root, plain)
    if len(plain.split()) >= _WORDS and not is_site(plain) and (node := _printing(root, plain)) is not None:
        return plain, node
    if found := _nearest([each for each in standing if each.weight], body):
        if body is not None and found.node.tag not in _WEIGHT and len(found.line.split()) < _WORDS:
            # So few words that a template names for a title are a section's; a line below may be set out.
            found = _nearest(list(_lines_above(root, body, _SET_OUT)), body) or found
        return found.line, found.node
    if told and not is_site(told):
        return told, None
    if printed := qr_headline(root):
        return printed, None
    if (title and (node := _printing(root, title)) is not None) or not body:
        return plain, node if title else None
    for lines in (_SET_OUT, _LINES):
        if found := _nearest(list(_lines_above(root, body, lines)), body):
            return found.line, found.node
    return plain, None


def qr_headline(root: Node) -> str | None:
    """Return the title that WP-HP prints after "QR CODE:"."""
    for node in many(root, "p, div, li, figcaption, span"):
        own = node.text(deep=True)
        if len(own) < 600 and "QR CODE:" in own:
            return text(node).partition("QR CODE:")[2].strip() or None
    return None


class _Candidate(NamedTuple):
    line: str
    node: Node
    weight: int
    is_before: bool
    """Stands before the text."""


def _standing(root: Node, body: Node | None) -> Iterator[_Candidate]:
    """Yield the headings and the elements named for a title that may be the headline, in page order."""
    if body is not None:
        body.attrs[_MARK] = ""
    before = True
    for node in many(root, f"{_HEADINGS}, {_NAMED}, [{_MARK}]"):
        if body is not None and node.mem_id == body.mem_id:
            before = False
            continue
        if node.tag in ("body", "html", "title", "meta", "input", "a", "img", "link", "script"):
            continue
        line = text(node) if len(node.text(deep=True)) <= 2 * _LONGEST else ""
        if not (4 if node.tag == "h1" else _SHORTEST) <= len(line) <= _LONGEST:
            continue
        is_plain = node.tag not in _WEIGHT and node.attributes.get("itemprop") != "headline"
        if is_plain and (node.css_first(_HEADINGS) is not None or _leads_away(node, line)):
            continue
        weight = _WEIGHT.get(node.tag or "", 2)
        weight = 0 if in_furniture(node) or (weight == 1 and _leads_away(node, line)) else weight
        yield _Candidate(_undated(line), node, weight, before or body is None)
    if body is not None:
        del body.attrs[_MARK]


def _repeated(standing: Sequence[_Candidate], told: str) -> _Candidate | None:
    """Return the first heading that metadata repeat, alone or before the site's name."""
    for each in standing:
        key = _key(each.line)
        if key == told or (told.startswith(key + " ") and len(key.split()) >= _WORDS):
            return each
        if told.startswith(key + " ") and each.node.tag == "h1" and each.weight:
            return each
    return None


def _nearest(candidates: Sequence[_Candidate], body: Node | None) -> _Candidate | None:
    """Return the last candidate before the text; of those after its beginning, the first that opens it."""
    before = [each for each in candidates if each.is_before and len(each.line.split()) >= 3]
    for weight in (3, 2, 1):
        if kept := [each for each in before if each.weight >= weight]:
            # A section's name may be a heading too: what stands nearer to the text and is a title wins.
            last = [each for each in before if each.weight >= 2][-1:] or kept[-1:]
            return last[0] if weight < 3 or len(kept[-1].line.split()) < _WORDS else kept[-1]
    start = text(body)[: _LONGEST + _OPENING] if body is not None else ""
    after = [
        each
        for each in candidates
        if len(each.line.split()) >= _WORDS
        and (each.weight >= 2 or each.line in start[: len(each.line) + _OPENING])
    ]
    return next((each for each in candidates if each.weight == 3), after[0] if after else None)


def _printing(root: Node, line: str) -> Node | None:
    """Return the smallest element outside furniture that prints exactly this line."""
    wanted, found = _key(line), None
    for node in many(root, "p, td, div, span, b, strong, font"):
        if abs(len(node.text(deep=True).strip()) - len(line)) <= 8 and _key(text(node)) == wanted:
            found = None if in_furniture(node) else node
            if found is not None:
                break
    return found


def _lines_above(root: Node, body: Node, css: str) -> Iterator[_Candidate]:
    """Yield the lines above the text that may be a headline, of the elements that `css` finds."""
    body.attrs[_MARK] = ""
    nodes = many(root, f"{css}, [{_MARK}]")
    del body.attrs[_MARK]
    for node in nodes:
        if node.mem_id == body.mem_id:
            return
        line = text(node) if len(node.text(deep=True)) <= _LONGEST else ""
        is_line = len(line.split()) >= _WORDS and not _leads_away(node, line) and not printed_date(line)
        is_line = is_line and not is_furniture(line) and node.css_first("a[href], select, td, li") is None
        if is_line and not in_furniture(node) and not holds(node, body):
            yield _Candidate(line, node, 1, True)


def _leads_away(node: Node, line: str) -> bool:
    """Tell whether a line is one link whole, as the titles in lists of other articles are."""
    link = node.css_first("a[href]")
    return link is not None and len(text(link)) >= 0.9 * len(line)


def _undated(line: str) -> str:
    """Take a date in brackets off the end of a headline ("… (Cập nhật lúc: 20/05/2019 14:02)")."""
    tail = _DATED_TAIL.search(line)
    return line[: tail.start()] if tail and _DATED.match(fold(tail.group())) else line


def _key(line: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(line)).strip()
