"""Months as the lists of meetings and articles are cut: a calendar of how many there were in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from warehouse.publication.site.english import MONTHS
from warehouse.publication.site.page import Page

Row = TypeVar("Row")

UNDATED = "undated"
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Month:
    """A month with something in it."""

    key: str
    """2023-04, or `undated` for what has no day."""
    count: int
    shade: int
    """How dark its cell is, 1 to 5."""
    page: str

    @property
    def name(self) -> tuple[str, str]:
        """What it is called in both languages."""
        if self.key == UNDATED:
            return "Không rõ ngày", "Undated"
        year, month = self.key.split("-")
        return f"Tháng {int(month)}/{year}", f"{MONTHS[int(month) - 1]} {year}"

    @staticmethod
    def key_of(day: date | None) -> str:
        """Give the key of a day's month."""
        return f"{day:%Y-%m}" if day else UNDATED


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years, newest first, each with its twelve months; None where a month has nothing."""

    years: list[tuple[int, int, list[Month | None]]]
    """Year, how many in it, its months."""
    undated: Month | None

    def months(self) -> Iterator[Month]:
        """Give every month that has something, newest first, then what has no day."""
        for _, _, months in self.years:
            yield from (month for month in reversed(months) if month)
        if self.undated:
            yield self.undated

    def before(self, month: Month) -> Month | None:
        """Give the last month before one that has something."""
        return self._beside(month, 1)

    def after(self, month: Month) -> Month | None:
        """Give the next month after one that has something."""
        return self._beside(month, -1)

    def _beside(self, month: Month, step: int) -> Month | None:
        dated = [one for one in self.months() if one.key != UNDATED]
        if month not in dated:
            return None
        place = dated.index(month) + step
        return dated[place] if 0 <= place < len(dated) else None


def calendar_of(days: Iterable[date | None], page: Callable[[str], str]) -> Calendar:
    """Count days by month.

    Args:
        days: The day of each thing; None where it has none.
        page: Gives the address of a month's page by its key.
    """
    counts = Counter(Month.key_of(day) for day in days)
    dated = [count for key, count in counts.items() if key != UNDATED]
    most = max(dated, default=1)

    def month(key: str) -> Month | None:
        count = counts.get(key, 0)
        shade = 1 + (count - 1) * _SHADES // most if key != UNDATED else 1
        return Month(key, count, min(shade, _SHADES), page(key)) if count else None

    years = sorted({int(key[:4]) for key in counts if key != UNDATED}, reverse=True)
    spans = range(years[0], years[-1] - 1, -1) if years else range(0)
    rows = []
    for year in spans:
        months = [month(f"{year}-{number:02d}") for number in range(1, 13)]
        if any(months):
            rows.append((year, sum(one.count for one in months if one), months))
    return Calendar(rows, month(UNDATED))


def month_pages(
    calendar: Calendar,
    rows: Iterable[Row],
    day: Callable[[Row], date | None],
    template: str,
    line: Callable[[Row], object],
) -> Iterator[Page]:
    """Give a page for each month: its lines, and the months before and after it.

    Args:
        calendar: Of the same rows.
        rows: Ordered by day, newest first, those without a day last.
        day: Gives a row's day.
        template: The page's template.
        line: Gives what a template shows of a row.
    """
    by_month = {month.key: month for month in calendar.months()}
    for key, some in groupby(rows, key=lambda row: Month.key_of(day(row))):
        month = by_month[key]
        context = {
            "month": month,
            "before": calendar.before(month),
            "after": calendar.after(month),
            "lines": [line(row) for row in some],
        }
        yield Page(month.page, template, context)
