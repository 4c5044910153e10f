"""Where printed tables stand in a text, and their rows as cells: paragraphs joined by " | " (facts.md §1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROW = re.compile(r"[^\n]*\S \| [^\n]*|\| [^\n]*\S \|[^\n]*|\|[ |]*\S[^\n|]*")
_CELL = re.compile(r"[^|]*")
_FIGURE = re.compile(r"(?:^|\|)\s*[+-]?\s?(?!(?:19|20)\d{2}\s*(?:\||$))\d[\d.,]*\s*%?\s*(?=\||$)")
_SECTION = 100
"""Characters of a line that parts a table's rows, at most."""
_SENTENCE_END = (".", "!", "?", ";", "…")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A run of row paragraphs: `plain[start:end]`, its rows as offsets.

    A short line between rows is a row of one cell: it says what the rows below it are about.
    """

    start: int
    end: int
    rows: tuple[Span, ...]


def find_tables(plain: str) -> list[Table]:
    """Find the tables of a levelled text: two or more row paragraphs, with nothing between but such lines."""
    if " | " not in plain:
        return []
    tables: list[Table] = []
    rows: list[Span] = []
    line: Span | None = None
    for match in re.finditer(r"[^\n]+", plain):
        here = match.span()
        if _ROW.fullmatch(plain, *here):
            # A line and then words alone is the caption and the head of another table.
            if line is not None and rows and not _FIGURE.search(plain[slice(*here)]):
                _end(tables, rows)
                rows = []
            elif line is not None and rows:
                rows.append(line)
            line = None
            rows.append(here)
        elif rows and line is None and _is_section(plain[slice(*here)]):
            line = here
        else:
            _end(tables, rows)
            rows, line = [], None
    _end(tables, rows)
    return tables


def cells_of(plain: str, start: int, end: int) -> list[Span]:
    """Return the cells of the row `plain[start:end]`, each without the blanks around it; empty ones too."""
    cells = []
    while start <= end:
        match = _CELL.match(plain, start, end)
        stop = match.end() if match else end
        first, last = start, stop
        while first < last and plain[first] == " ":
            first += 1
        while last > first and plain[last - 1] == " ":
            last -= 1
        cells.append((first, last))
        start = stop + 1
    return cells


def _is_section(line: str) -> bool:
    return len(line) <= _SECTION and not line.rstrip().endswith(_SENTENCE_END)


def _end(tables: list[Table], rows: list[Span]) -> None:
    if len(rows) > 1:
        tables.append(Table(rows[0][0], rows[-1][1], tuple(rows)))
