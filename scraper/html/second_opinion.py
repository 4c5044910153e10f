"""What trafilatura takes for the article of a page: asked last, for it costs thirty times a selector."""

from __future__ import annotations

import logging

from scraper.html.pages import MAX_DEPTH
from scraper.vietnamese.text import squeeze

# Its complaints about broken pages are no news: what it cannot read is recorded as a problem by the caller.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


MAX_CHARACTERS = 400_000
MAX_CELLS = 3_000
"""Above these its cost grows with the square of the page."""


def main_paragraphs(page: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article; none where it fails or would be slow."""
    if len(page) > MAX_CHARACTERS or page.count("<td") > MAX_CELLS or page.count("<div") > 2 * MAX_DEPTH:
        return []
    # Imported here: it takes half a second, and most runs never need it.
    from trafilatura import extract

    try:
        found = extract(page, include_comments=False, include_tables=True, favor_precision=True)
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        return []
    return [line for part in (found or "").split("\n") if (line := _row(squeeze(part)))]


def _row(line: str) -> str:
    """Put a table's row as trafilatura writes it ("| a | b |", "|---|---|") into our form."""
    if not (line.startswith("|") and line.endswith("|")):
        return line
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return "" if all(set(cell) <= set("-: ") for cell in cells) else " | ".join(cells).rstrip(" |")
