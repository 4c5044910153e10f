"""The text layer and the ruled tables of a PDF. The one door to pdfplumber."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pdfplumber

from scraper.documents.limits import PAGES
from scraper.documents.text import Text

_ENDS = re.compile(r"[.;:!?…]$")
_BEGINS = re.compile(r"(?:[-+*•–]|\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s")
_SHORT = 0.75
"""Of the longest line of its page: a line shorter than this ends a paragraph."""
_EDGE = 1.0


def read_pdf(content: bytes) -> Text:
    """Return the text of a PDF: lines joined to paragraphs, ruled tables as rows, in the order of the page.

    Raises what pdfplumber raises where it is none, or protected.
    """
    text = Text()
    with pdfplumber.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            text.pages += 1
            if text.pages > PAGES:
                text.cut = f"it has more than {PAGES} pages"
            if not text.is_full:
                _add_page(text, page)
            page.close()
            if text.is_full:
                break
    return text


def _add_page(text: Text, page: Any) -> None:  # noqa: ANN401 - pdfplumber's own type
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    boxes = [table.bbox for table in tables]
    lines = [
        (line["top"], line["text"], line["x1"] - line["x0"])
        for line in page.filter(lambda thing: not _within(thing, boxes)).extract_text_lines(
            return_chars=False
        )
    ]
    blocks: list[tuple[float, Any]] = [(top, words) for top, words in _paragraphs(lines)]
    blocks += [(table.bbox[1], table) for table in tables]
    for _, block in sorted(blocks, key=lambda one: one[0]):
        if isinstance(block, str):
            text.add(block)
        else:
            for row in block.extract():
                text.add_row(row)


def _within(thing: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    if thing.get("object_type") != "char":
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(
        left - _EDGE <= x <= right + _EDGE and top - _EDGE <= y <= bottom + _EDGE
        for left, top, right, bottom in boxes
    )


def _paragraphs(lines: list[tuple[float, str, float]]) -> list[tuple[float, str]]:
    """Join the lines of a page to paragraphs: on goes what is long, ends in no stop, and begins no item."""
    longest = max((width for *_, width in lines), default=0.0)
    found: list[tuple[float, str]] = []
    goes_on = False
    for top, words, width in lines:
        if goes_on and not _BEGINS.match(words):
            found[-1] = (found[-1][0], f"{found[-1][1]} {words}")
        else:
            found.append((top, words))
        goes_on = width >= _SHORT * longest and not _ENDS.search(words.rstrip())
    return found
