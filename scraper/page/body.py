"""The body of an article: its paragraphs, captions and byline, taken apart from one element of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.html import CAPTION_MARK, Block, Node, blocks, main_paragraphs, many
from scraper.page.boilerplate import cut
from scraper.page.bylines import Byline, split_byline
from scraper.page.captions import split_captions
from scraper.page.dates import date_line, is_header_clock
from scraper.page.generic import holds, is_cut_short
from scraper.portal import Layout
from scraper.vietnamese.text import fold

_SHORT_TEXT = 200
_THIN_TEXT = 80
_SITE_NAME = re.compile(r"(?:cong|trang) (?:thong tin|tin tuc|ttdt)\b")
_PROSE = 80
_HEAD = 15
"""Blocks at the beginning of a broad element among which the headline may stand."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an article, parted."""

    paragraphs: tuple[str, ...]
    """Paragraphs and table rows, in page order."""
    captions: tuple[str, ...]
    byline: Byline
    has_image: bool

    @property
    def length(self) -> int:
        """Characters of all paragraphs."""
        return sum(map(len, self.paragraphs))


def read_body(node: Node | None, layout: Layout | None, headline: str, description: Node | None) -> Body:
    """Read the body's element: furniture out, captions and byline apart.

    The element is changed: what the layout removes, and the description where it lies within, are taken out.
    """
    found = _blocks(node, layout, description) if node is not None else []
    return _parted(found, layout, headline)


def second_opinion(root: Node, body: Body, headline: str) -> Body:
    """Return what trafilatura finds on the page where the body is next to nothing and that is much more."""
    if body.length >= _SHORT_TEXT:
        return body
    lines = main_paragraphs(root.html or "")
    # Where there is no text, it may take the teasers of other articles for one.
    whole = [Block("text", line) for line in lines if not is_cut_short(line)]
    other = _parted(whole, None, headline)
    # Menus and lists of news are short lines: only prose outweighs what was found.
    if sum(len(line) for line in other.paragraphs if len(line) >= _PROSE) <= 2 * body.length + _SHORT_TEXT:
        return body
    return Body(other.paragraphs, other.captions or body.captions, other.byline, body.has_image)


def content_kind(body: Body, attachments: Sequence[str]) -> str:
    """Return text, attachment_only, image_only or empty: what the article's substance is."""
    if body.length >= _SHORT_TEXT:
        return "text"
    if attachments:
        return "attachment_only"
    if (body.has_image or body.captions) and body.length < _THIN_TEXT:
        return "image_only"
    return "text" if body.length else "empty"


def _blocks(node: Node, layout: Layout | None, description: Node | None) -> list[Block]:
    if layout is not None:
        for css in layout.remove:
            for each in many(node, css):
                each.decompose()
        if layout.caption:
            for each in many(node, layout.caption):
                each.attrs[CAPTION_MARK] = ""
    if description is not None and holds(node, description):
        description.decompose()
    return blocks(node.html or "")


def _parted(found: Sequence[Block], layout: Layout | None, headline: str) -> Body:
    if layout is None:
        found = _below_headline(found, headline)
    own = cut(_without_repeats(found, headline), layout.stop if layout else ())
    own = [block for block in own if block.kind != "text" or not _is_date(block.text)]
    kept, captions = split_captions(own)
    kept, byline = split_byline(kept)
    has_image = any(block.kind == "image" for block in found)
    return Body(tuple(block.text for block in kept), captions, byline, has_image)


def _below_headline(found: Sequence[Block], headline: str) -> Sequence[Block]:
    """Drop what stands above the headline where the element of the text holds that too, and a site's name."""
    title = fold(headline)
    while found and found[0].kind in ("text", "row") and _is_site_name(found[0].text):
        found = found[1:]
    for position, block in enumerate(found[:_HEAD]):
        if block.kind in ("text", "row") and title and _prints(block.text, headline, title):
            return found[position + 1 :]
    return found


def _prints(line: str, headline: str, title: str) -> bool:
    """Tell whether a line is the headline (`title`: folded), alone or with the day after it."""
    if len(line) > len(headline) + 1 and line.casefold().startswith(headline.casefold()):
        return date_line(line[len(headline) :].strip(" -–|")) is not None
    return fold(line) == title


def _is_site_name(line: str) -> bool:
    return len(line) < 90 and line[-1] not in ".:;," and bool(_SITE_NAME.match(fold(line)))


def _is_date(line: str) -> bool:
    return date_line(line) is not None or is_header_clock(line)


def _without_repeats(found: Sequence[Block], headline: str) -> list[Block]:
    """Drop the headline above the text, and a paragraph printed twice in a row: VNPT prints the lead so."""
    title = fold(headline)
    kept: list[Block] = []
    last = ""
    for block in found:
        if block.kind == "text":
            own = block.text.casefold()
            if own == last or (not last and abs(len(own) - len(title)) < 8 and fold(own) == title):
                continue
            last = own
        kept.append(block)
    return kept
