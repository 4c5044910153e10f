"""The articles month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from warehouse.publication.site import addresses
from warehouse.publication.site.months import calendar_of, month_pages
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.wording import Both, day_of

_LATEST = 40


class _Article(NamedTuple):
    """The columns of `article_lines.sql`."""

    article_id: str
    headline: str
    published_date: date | None
    portal_name: str
    figures: int
    meetings: int
    is_edited: bool
    is_retracted: bool
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list."""

    day: Both | None
    headline: str
    page: str
    portal: str
    figures: int
    meetings: int
    is_edited: bool
    is_retracted: bool
    is_copy: bool


def article_lists(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the calendar of articles and a list for each month."""
    rows = [_Article(*row) for row in reading.connection.execute(sql("article_lines")).fetchall()]
    calendar = calendar_of((row.published_date for row in rows), addresses.article_month)
    latest = [_line(row) for row in rows[:_LATEST]]
    yield Page(
        addresses.ARTICLES,
        "articles.html.j2",
        {
            "count": len(rows),
            "edited": sum(row.is_edited for row in rows),
            "gone": sum(row.is_retracted for row in rows),
            "calendar": calendar,
            "latest": latest,
        },
    )
    yield from month_pages(calendar, rows, lambda row: row.published_date, "article_month.html.j2", _line)


def _line(row: _Article) -> Line:
    return Line(
        day_of(row.published_date),
        row.headline,
        addresses.article(row.article_id),
        row.portal_name,
        row.figures,
        row.meetings,
        row.is_edited,
        row.is_retracted,
        row.is_copy,
    )
