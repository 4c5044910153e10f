"""A page that somebody saved as text: put back into the least markup, so that the article reader takes it."""

from __future__ import annotations

import re
from html import escape

from scraper.html import decode
from scraper.vietnamese.text import squeeze

_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|article|span|table|br)\b", re.IGNORECASE)
_TITLE_LINE = re.compile(r"^QR CODE:\s*(.+)", re.IGNORECASE)
_SNIFFED = 4096
_LONGEST_TITLE = 300


def is_saved_text(body: bytes) -> bool:
    """Say whether bytes are text without any markup."""
    return b"\0" not in body[:_SNIFFED] and not _TAG.search(decode(body[:_SNIFFED], None))


def page_of_text(body: bytes) -> bytes:
    """Return a page of the text's lines, one a paragraph.

    A portal's text prints the title once more beside its QR code; without that, a first line that is no date
    line and no long paragraph is the title.
    """
    lines = [line for line in map(squeeze, decode(body, None).splitlines()) if line]
    printed = (match.group(1) for line in lines if (match := _TITLE_LINE.match(line)))
    title = next(printed, None)
    if title is None and lines and len(lines[0]) <= _LONGEST_TITLE and not lines[0].startswith("Print "):
        title = lines.pop(0)
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    heading = f"<h1>{escape(title)}</h1>\n" if title else ""
    return f'<!doctype html><meta charset="utf-8"><article>{heading}{paragraphs}</article>'.encode()
