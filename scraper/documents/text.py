"""A document's text as it is gathered: paragraphs, and rows of tables as paragraphs of cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from scraper.documents.limits import CELLS, CHARACTERS


class Text:
    """Paragraphs in their order; takes no more than the limits, and says what was left."""

    def __init__(self) -> None:
        self.pages = 0
        """Pages of a PDF, sheets of a workbook; 1 for a DOCX."""
        self.cut: str | None = None
        """Why not all of it was read."""
        self._paragraphs: list[str] = []
        self._characters = self._cells = 0

    @property
    def is_full(self) -> bool:
        """Whether a limit is reached."""
        return self.cut is not None

    def add(self, paragraph: str) -> None:
        """Take in a paragraph; white space is evened out, an empty one left."""
        line = " ".join(unicodedata.normalize("NFC", paragraph).split())
        if not line or self.is_full:
            return
        self._characters += len(line)
        if self._characters > CHARACTERS:
            self.cut = f"it has more than {CHARACTERS:,} characters"
            return
        self._paragraphs.append(line)

    def add_row(self, cells: Iterable[str | None]) -> None:
        """Take in a row of a table: a paragraph whose cells are joined by ' | '."""
        row = [" ".join((cell or "").replace("|", "/").split()) for cell in cells]
        self._cells += len(row)
        if self._cells > CELLS:
            self.cut = self.cut or f"it has more than {CELLS:,} cells"
        while row and not row[-1]:
            row.pop()
        if any(row):
            self.add(" | ".join(row) if len(row) > 1 else row[0])

    def joined(self) -> str:
        """Return the paragraphs, joined by a blank line."""
        return "\n\n".join(self._paragraphs)
