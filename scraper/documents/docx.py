"""The text and tables of a DOCX, in their order. The one door to python-docx."""

from __future__ import annotations

from io import BytesIO

from docx import Document as open_docx
from docx.table import Table, _Cell

from scraper.documents.text import Text

_DEEPEST = 3
"""Tables within tables that are gone into."""


def read_docx(content: bytes) -> Text:
    """Return the text of a DOCX; raises what python-docx raises where it is none."""
    text = Text()
    text.pages = 1
    for part in open_docx(BytesIO(content)).iter_inner_content():
        if text.is_full:
            break
        if isinstance(part, Table):
            _add_table(text, part)
        else:
            text.add(part.text)
    return text


def _add_table(text: Text, table: Table) -> None:
    seen = set()
    for row in table.rows:
        if text.is_full:
            return
        words = []
        for cell in row.cells:  # A merged cell is given once for each column and row that it spans.
            words.append("" if cell._tc in seen else _words(cell, _DEEPEST))
            seen.add(cell._tc)
        text.add_row(words)


def _words(cell: _Cell, depth: int) -> str:
    words = [paragraph.text for paragraph in cell.paragraphs]
    if depth:
        words += [
            _words(inner, depth - 1) for table in cell.tables for row in table.rows for inner in row.cells
        ]
    return " ".join(words)
