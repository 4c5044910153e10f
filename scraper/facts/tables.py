"""Reads the figures of printed tables: paragraphs whose cells are joined by " | ", one a row (facts.md §1).

The grammar: a table is two or more such paragraphs after one another (`table_rows`); the one or two rows of
words that it begins with are the head (`table_heads`); every later row is a name, perhaps a unit, and cells
under the head's columns; a row of one cell says what the rows below it are about. A dash before a name
("- Thu nội địa"), or "trong đó", makes it a part of the last name without one. What the head does not explain
is a problem, never a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scraper.facts.districts import AreaReading
from scraper.facts.fitting import fits, traits
from scraper.facts.table_heads import NAME_HEAD, Column, joined_head, paired_heads, read_head, read_unit_words
from scraper.facts.table_rows import Span, Table, cells_of
from scraper.items import Evidence, Observation, Problem
from scraper.vietnamese.numbers import DIGITS, parse_number
from scraper.vietnamese.periods import shift_years
from scraper.vietnamese.units import Unit, read_unit
from scraper.vietnamese.vocabulary import find_indicators

_NUMBER = re.compile(rf"\s*([+-]?)\s?({DIGITS})\s*(%?)\s*")
_EMPTY = re.compile(r"[\s.\-…xX*]*")
_COUNTER = re.compile(r"\s*(?:\(?[a-z]\)?|\(?\d{1,2}\)?(?:\s?=.*)?)\s*")
_ORDER = re.compile(r"\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])[.)]\s+)?")
_PART_OF = re.compile(r"\s*(?:[-+*•]\s*|(?:trong đó|riêng|tr\.?đó)(?!\w):?\s*-?\s*)+")
_TABLE_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s?:\s?([^().;,\n]{1,30})")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_FIGURE = re.compile(r"\s*[+-]?\s?(?!(?:19|20)\d{2}\s*(?:$|\|)|\d{1,2}\s?(?:tháng|quý|năm))\d")
"""What a cell of figures begins with; a head may be a year or "6 tháng"."""
_GROWTHS = frozenset({"grdp_growth", "economic_growth"})
_AMOUNTS = frozenset({"level", "past", "plan"})


@dataclass(frozen=True, slots=True)
class _Name:
    """What a row is about."""

    text: str
    key: str
    breakdown: str | None
    area: str | None
    unit: Unit | None


@dataclass(slots=True)
class _Frame:
    """What a table says of all its cells."""

    columns: Sequence[Column]
    unit: Unit | None
    start: int
    subject: str | None
    """The indicator of a table of areas, by the line above it."""
    area: str | None = None
    """What the rows below the last line across the table are about."""


class TableReader:
    """Reads the tables of one text."""

    def __init__(
        self,
        text: str,
        plain: str,
        areas: AreaReading,
        published: date,
        period_near: Callable[[int], tuple[str, str]],
    ) -> None:
        """`period_near`: gives the period, and its rule, of a table that begins there and names none."""
        self.text, self.plain, self.areas, self.published = text, plain, areas, published
        self.period_near = period_near
        self.is_city = len(areas.ref_area) == 2 or areas.ref_area.startswith("tỉnh")
        self.found: list[Observation] = []
        self.problems: list[Problem] = []

    def read(self, table: Table) -> None:
        """Read one table into `found` and `problems`."""
        rows = [cells_of(self.plain, *row) for row in table.rows]
        width = max(len(row) for row in rows)
        first = next((i for i, row in enumerate(rows) if sum(a < b for a, b in row) > 1), 0)
        columns, below = self._head(rows[first:], width)
        if columns is None:
            detail = "a table whose columns have no known heads" if below < 2 else "a head of two rows"
            self._problem("table_head_not_understood", detail, *table.rows[first])
            return
        columns = self._with_names(columns, rows[first + below :])
        caption = self.plain.rfind("\n", 0, max(0, table.start - 2)) + 1
        printed = _TABLE_UNIT.search(self.plain, caption, table.rows[first + below - 1][1])
        unit = read_unit_words(printed[1]) if printed else None
        subject = self._subject_of(caption, table.start)
        frame = _Frame(columns, unit, table.start, subject)
        parent: _Name | None = None
        for row in rows[first + below :]:
            parent = self._read_row(row, frame, parent)

    def _head(self, rows: Sequence[Sequence[Span]], width: int) -> tuple[list[Column] | None, int]:
        """Return the columns (None: not understood) and how many rows their heads take."""
        depth = next((i for i, row in enumerate(rows) if self._is_data(row)), len(rows))
        texts = [[self.plain[a:b] for a, b in row] + [""] * (width - len(row)) for row in rows[:2]]
        printed = [[self.text[a:b] for a, b in row] + [""] * (width - len(row)) for row in rows[:2]]
        pairs: list[tuple[int, int | None]] | None = [(i, None) for i in range(width)]
        below = 1
        if depth > 1 and not self._is_line(rows[1]):
            pairs = paired_heads(texts[0], texts[1], len(rows[0]), len(rows[1]))
            below = 2
        if not depth or (depth > 2 and below == 2 and not self._is_line(rows[2])) or pairs is None:
            return None, below
        columns = read_head(
            [joined_head(texts[0], texts[-1], *pair) for pair in pairs],
            [joined_head(printed[0], printed[-1], *pair) for pair in pairs],
            self.published,
            self.is_city,
        )
        is_headed = any(column.role not in ("name", "unit", "numbering", "") for column in columns)
        return (columns if is_headed else None), below

    def _with_names(self, columns: list[Column], rows: Sequence[Sequence[Span]]) -> list[Column]:
        """Take the second of two columns of words for the names: the first says what group they are of."""
        named = next((i for i, column in enumerate(columns) if column.role == "name"), None)
        if named is None or named + 1 >= len(columns):
            return columns
        if not NAME_HEAD.match(columns[named + 1].label.lower()):
            return columns
        below = [self.plain[slice(*row[named + 1])] for row in rows if len(row) > named + 1]
        if not below or any(not words or re.search(r"\d|^\W*$", words) for words in below):
            return columns
        moved = [*columns]
        moved[named], moved[named + 1] = Column("numbering"), columns[named]
        return moved

    def _is_data(self, row: Sequence[Span]) -> bool:
        """Tell whether a row holds figures, or marks in the place of figures, beside its name."""
        cells = [cell for cell in row[1:] if cell[0] < cell[1]]
        if self._counts_columns(row):
            return False
        return any(_EMPTY.fullmatch(self.plain, *cell) or _FIGURE.match(self.plain, *cell) for cell in cells)

    def _is_line(self, row: Sequence[Span]) -> bool:
        """Tell whether a row is one thing said across the table, or counts its columns ("A | B | 1 | 2")."""
        filled = [cell for cell in row if cell[0] < cell[1]]
        if len(filled) == 2 and _COUNTER.fullmatch(self.plain, *filled[0]):
            return True
        return len(filled) < 2 or self._counts_columns(row)

    def _counts_columns(self, row: Sequence[Span]) -> bool:
        return all(_COUNTER.fullmatch(self.plain, *cell) or cell[0] == cell[1] for cell in row)

    def _subject_of(self, start: int, end: int) -> str | None:
        """Return the one indicator that the line above a table names; None where it names none or several."""
        keys = {found.key for found in find_indicators(self.plain, start, end)}
        return keys.pop() if len(keys) == 1 else None

    def _read_row(
        self,
        row: Sequence[Span],
        frame: _Frame,
        parent: _Name | None,
    ) -> _Name | None:
        columns = frame.columns
        if self._counts_columns(row):
            return parent
        filled = [cell for cell in row if cell[0] < cell[1]]
        if len(filled) == 1 or (len(filled) == 2 and self._is_line(row)):
            section = self._name(*filled[-1], None)
            frame.area = section.area
            return section
        named = next((i for i, c in enumerate(columns) if c.role == "name"), 0)
        if named >= len(row) or row[named][0] == row[named][1]:
            return parent
        name = self._name(*row[named], parent)
        unit = name.unit
        for cell, column in zip(row, columns, strict=False):
            if column.role == "unit":
                unit = read_unit_words(self.plain[cell[0] : cell[1]]) or unit
        for cell, column in zip(row, columns, strict=False):
            if column.role not in ("name", "unit", "numbering"):
                self._read_cell(row[0][0], cell, column, name, unit or frame.unit, frame)
        is_part = bool(_PART_OF.match(self.plain, *row[named]))
        return parent if is_part and parent is not None else name

    def _name(self, start: int, end: int, parent: _Name | None) -> _Name:
        part = _PART_OF.match(self.plain, start, end)
        if part:
            start = part.end()
        elif order := _ORDER.match(self.plain, start, end):
            start = order.end()
        unit = None
        if bracket := _IN_BRACKETS.search(self.plain, start, end):
            unit = read_unit(f" {bracket[1].strip()}", 0)
            end = bracket.start() if unit is not None else end
        text = self.text[start:end].strip(" ,:;-")
        area = next(
            (m.ref for m in self.areas.mentions_in(start, end) if m.end - m.start >= 0.7 * (end - start)),
            None,
        )
        found = find_indicators(self.plain, start, end)
        key = found[0].key if found else "other"
        breakdown = None
        if found and (rest := self.text[found[0].end : end].strip(" ,:;-")) and len(rest.split()) > 1:
            breakdown = rest
        if not found and part and parent is not None and parent.key != "other":
            key, breakdown = parent.key, text
        return _Name(text, key, breakdown, area, unit)

    def _read_cell(
        self,
        row_start: int,
        cell: tuple[int, int],
        column: Column,
        name: _Name,
        unit: Unit | None,
        frame: _Frame,
    ) -> None:
        if _EMPTY.fullmatch(self.plain, *cell):
            return
        number = self._number(*cell)
        if number is None:
            if re.search(r"\d", self.plain[cell[0] : cell[1]]):
                self._problem("cell_not_understood", "a table's cell that is no number", row_start, cell[1])
            return
        value, own_unit = number
        if not column.role:
            self._problem("column_not_understood", "a column whose head is not known", row_start, cell[1])
            return
        measured = self._measure(value, column, name, column.unit or own_unit or unit)
        if measured is None:
            self._problem("unit_not_understood", "a table's number without a unit", row_start, cell[1])
            return
        measure, base, code, mult, sure = measured
        period, rule = (column.period, "head") if column.period else self.period_near(frame.start)
        if not column.period and column.role in ("plan", "past"):
            period = period[:4] if column.role == "plan" else shift_years(period, -1)
        key, label, breakdown = name.key, name.text, name.breakdown
        subject = column.indicator or (frame.subject if name.area else None)
        if subject is not None and key == "other":
            key, label = subject, f"{column.label} {name.text}"
            breakdown = None if name.area else name.text
        elif key == "other" and name.area:
            self._problem("area_without_indicator", "a figure named by an area alone", row_start, cell[1])
            return
        if key != "other" and not fits(key, code):
            key, breakdown, sure = "other", None, sure - 0.2
        self.found.append(
            Observation(
                indicator_name=label[:200],
                indicator=key,
                breakdown=breakdown,
                measure=measure,
                base=base,
                obs_value=value,
                obs_value_upper=None,
                unit_measure=code,
                unit_mult=mult,
                bound="exact",
                obs_status=column.status,
                time_period=period,
                ref_area=name.area or frame.area or self.areas.ref_area,
                evidence=Evidence(self.text[row_start : cell[1]], row_start, cell[1]),
                confidence=round(sure * (1.0 if rule == "head" else 0.93), 2),
                rule=f"table/{column.role}/{rule}",
            )
        )

    def _measure(
        self, value: Decimal, column: Column, name: _Name, unit: Unit | None
    ) -> tuple[str, str | None, str, int, float] | None:
        """Give measure, base, unit code, power of ten and sureness of a cell; None without a unit."""
        percent = unit is not None and unit.code == "percent"
        if column.role == "plan_ratio":
            return "plan_ratio", column.base, "percent", 0, 0.96
        if column.role == "multiple":
            if value < 0:
                return "change_rate", column.base, "percent", 0, 0.8
            if column.unit is not None and column.unit.code in ("times", "lần"):
                return "multiple", column.base, "times", 0, 0.9
            return "multiple", column.base, "percent", 0, 0.95
        if column.role == "change":
            if column.unit is not None and not percent:
                return "change_abs", column.base, column.unit.code, column.unit.mult, 0.85
            return "change_rate", column.base, "percent", 0, 0.9
        if column.role == "share":
            return "share", None, "percent", 0, 0.88
        if unit is None:
            return None
        is_rate, _, is_growth = traits(name.key, name.text)
        if percent and (
            is_growth or name.key in _GROWTHS or re.search(r"tốc độ|tăng trưởng", name.text.lower())
        ):
            return "change_rate", "same_period", "percent", 0, 0.9
        if percent:
            return "share", None, "percent", 0, 0.9 if is_rate else 0.8
        return "level", None, unit.code, unit.mult, 0.95 if column.role == "level" else 0.9

    def _number(self, start: int, end: int) -> tuple[Decimal, Unit | None] | None:
        match = _NUMBER.match(self.plain, start, end)
        if match is None:
            return None
        value = parse_number(match[2]) * (-1 if match[1] == "-" else 1)
        if match[3]:
            return (value, Unit("percent", 0, match.end())) if match.end() == end else None
        if match.end() == end:
            return value, None
        unit = read_unit(self.plain, match.end(2))
        return (value, unit) if unit is not None and unit.end == end else None

    def _problem(self, kind: str, detail: str, start: int, end: int) -> None:
        self.problems.append(Problem("facts", kind, detail, self.text[start:end]))
