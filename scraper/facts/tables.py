"""Reads the figures of printed tables: paragraphs whose cells are joined by " | ", one a row (facts.md §1).

The grammar: a table is two or more such paragraphs after one another; its first row with words alone is the
head (`table_heads`); every later row is a name, perhaps a unit, and cells under the head's columns. A dash
before a name ("- Thu nội địa"), or "trong đó", makes it a part of the last name without one. What the head
does not explain is a problem, never a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scraper.facts.districts import AreaReading
from scraper.facts.fitting import fits, traits
from scraper.facts.table_heads import Column, read_head, read_unit_words
from scraper.items import Evidence, Observation, Problem
from scraper.vietnamese.numbers import DIGITS, parse_number
from scraper.vietnamese.periods import shift_years
from scraper.vietnamese.units import Unit, read_unit
from scraper.vietnamese.vocabulary import find_indicators

_ROW = re.compile(r"[^\n]*\S \| [^\n]*|\| [^\n]*\S \|[^\n]*")
_CELL = re.compile(r"[^|]*")
_NUMBER = re.compile(rf"\s*([+-]?)\s?({DIGITS})\s*(%?)\s*")
_EMPTY = re.compile(r"[\s.\-…xX*]*")
_COUNTER = re.compile(r"\s*(?:\(?[a-z]\)?|\(?\d{1,2}\)?(?:\s?=.*)?)\s*")
_ORDER = re.compile(r"\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])[.)]\s+)?")
_PART_OF = re.compile(r"\s*(?:[-+*•]\s*|(?:trong đó|riêng|tr\.?đó)(?!\w):?\s*-?\s*)+")
_TABLE_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s?:\s?([^().;,\n]{1,30})")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_GROWTHS = frozenset({"grdp_growth", "economic_growth"})
_AMOUNTS = frozenset({"level", "past", "plan"})


@dataclass(frozen=True, slots=True)
class Table:
    """A run of row paragraphs: `plain[start:end]`, its rows as offsets."""

    start: int
    end: int
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """What a row is about."""

    text: str
    key: str
    breakdown: str | None
    area: str | None
    unit: Unit | None


def find_tables(plain: str) -> list[Table]:
    """Find the tables of a levelled text: two or more row paragraphs with nothing between them."""
    if " | " not in plain:
        return []
    tables: list[Table] = []
    rows: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\n]+", plain):
        if _ROW.fullmatch(plain, match.start(), match.end()):
            rows.append(match.span())
            continue
        if len(rows) > 1:
            tables.append(Table(rows[0][0], rows[-1][1], tuple(rows)))
        rows = []
    if len(rows) > 1:
        tables.append(Table(rows[0][0], rows[-1][1], tuple(rows)))
    return tables


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
        rows = [self._cells(*row) for row in table.rows]
        width = max(len(row) for row in rows)
        head = next((i for i, row in enumerate(rows) if len(row) == width), 0)
        columns = self._columns(rows[head])
        is_headed = sum(c.role not in ("name", "unit", "numbering", "") for c in columns) > 0
        if not is_headed or any(self._number(*cell) is not None for row in rows[:head] for cell in row):
            self._problem(
                "table_head_not_understood", "a table whose columns have no known heads", *table.rows[0]
            )
            return
        if len(rows) > head + 1 and self._is_second_head(rows[head + 1], width):
            self._problem("table_head_not_understood", "a table with a head of two rows", *table.rows[head])
            return
        caption = self.plain.rfind("\n", 0, max(0, table.start - 2)) + 1
        printed = _TABLE_UNIT.search(self.plain, caption, table.rows[head][1])
        unit = read_unit_words(printed[1]) if printed else None
        parent: _Name | None = None
        for row in rows[head + 1 :]:
            parent = self._read_row(row, columns, unit, parent, table.start)

    def _cells(self, start: int, end: int) -> list[tuple[int, int]]:
        cells = []
        while start <= end:
            match = _CELL.match(self.plain, start, end)
            stop = match.end() if match else end
            first, last = start, stop
            while first < last and self.plain[first] == " ":
                first += 1
            while last > first and self.plain[last - 1] == " ":
                last -= 1
            cells.append((first, last))
            start = stop + 1
        return cells

    def _columns(self, row: Sequence[tuple[int, int]]) -> list[Column]:
        cells = [self.plain[a:b] for a, b in row]
        return read_head(cells, [self.text[a:b] for a, b in row], self.published, self.is_city)

    def _is_second_head(self, row: Sequence[tuple[int, int]], width: int) -> bool:
        """Tell whether a row goes on with the head: it is shorter, and holds words alone."""
        words = [self.plain[a:b] for a, b in row if a < b]
        return len(row) < width and len(words) > 1 and not any(re.fullmatch(_NUMBER, w) for w in words)

    def _read_row(
        self,
        row: Sequence[tuple[int, int]],
        columns: Sequence[Column],
        table_unit: Unit | None,
        parent: _Name | None,
        table_start: int,
    ) -> _Name | None:
        if all(_COUNTER.fullmatch(self.plain, *cell) or cell[0] == cell[1] for cell in row):
            return parent  # the row that counts the columns: "A | B | 1 | 2"
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
                self._read_cell(row[0][0], cell, column, name, unit or table_unit, table_start)
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
        table_start: int,
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
        period, rule = (column.period, "head") if column.period else self.period_near(table_start)
        if not column.period and column.role in ("plan", "past"):
            period = period[:4] if column.role == "plan" else shift_years(period, -1)
        key, label, breakdown = name.key, name.text, name.breakdown
        if column.indicator is not None and key == "other":
            key, label = column.indicator, f"{column.label} {name.text}"
            breakdown = None if name.area else name.text
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
                ref_area=name.area or self.areas.ref_area,
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
