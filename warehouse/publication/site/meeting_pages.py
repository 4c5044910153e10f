"""A page for each meeting, and the meetings month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from warehouse.connect import Connection
from warehouse.publication.site import addresses
from warehouse.publication.site.links import Links
from warehouse.publication.site.months import Calendar, Month, calendar_of
from warehouse.publication.site.overview import clock, day_of
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.reported import NOTHING, Figure, Reported, figure, read_reported
from warehouse.publication.site.wording import MEETING_KINDS, MEETING_STATUS, Both, capitalised, period

PARTS_OF_DAY: dict[str, Both] = {
    "morning": ("buổi sáng", "morning"),
    "afternoon": ("buổi chiều", "afternoon"),
    "evening": ("buổi tối", "evening"),
}
NOTES: dict[str, Both] = {
    "chair": ("Chủ trì", "Chair"),
    "direct": ("Chỉ đạo", "Directed"),
    "report": ("Báo cáo", "Reported"),
    "speak": ("Phát biểu", "Spoke"),
    "attend": ("Tham dự", "Attended"),
}
_LATEST = 40


class _Meeting(NamedTuple):
    """The columns of `meeting_pages.sql`."""

    meeting_id: str
    name: str
    classification: str
    status: str
    organization: str | None
    ref_area: str | None
    area_name: str | None
    start_date: date | None
    end_date: date | None
    part_of_day: str | None
    location: str | None
    ordinal: int | None
    periods_reviewed: list[str]
    possibly_same_as: list[str]
    is_retracted: bool
    announced_at: datetime | None
    confirmed_at: datetime | None
    before_id: str | None
    before_date: date | None
    after_id: str | None
    after_date: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list."""

    day: str
    name: str
    kind: Both
    status: Both
    page: str
    more: str
    """The body, where the name does not hold it, and the area."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that tells of a meeting."""

    headline: str
    page: str
    url: str
    copy: str | None
    day: str
    portal: str
    status: Both
    quote: str
    is_copy: bool
    is_retracted: bool


def meeting_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the pages of the meetings of a share, and with the first share the lists of all of them."""
    connection = reading.connection
    rows = [_Meeting(*row) for row in connection.execute(sql("meeting_pages")).fetchall()]
    names = {row.meeting_id: row.name for row in rows}
    if share.number == 0:
        yield from _lists(rows)
    persons = _grouped(connection, "meeting_persons")
    mentions = _grouped(connection, "meeting_mentions")
    told = _grouped(connection, "meeting_reports")
    figures = {
        row.report_id: row
        for row in read_reported(
            connection, "reports.report_id in (select report_id from meeting_figures)", {}
        )
    }
    for row in rows[share.number :: share.of]:
        key = row.meeting_id
        yield _page(
            row,
            persons.get(key, []),
            [_mention(mention) for mention in mentions.get(key, [])],
            [(figures[report], is_sole) for _, report, is_sole in told.get(key, []) if report in figures],
            names,
            reading.links,
        )


def _page(
    row: _Meeting,
    persons: list[tuple[Any, ...]],
    mentions: list[Mention],
    reported: list[tuple[Reported, bool]],
    names: Mapping[str, str],
    links: Links,
) -> Page:
    by_note = [
        (NOTES.get(note, (note, note)), [(name, ", ".join(roles)) for _, name, roles, _ in some])
        for note, some in groupby(persons, key=lambda person: str(person[3]))
    ]
    context = {
        "name": row.name,
        "kind": MEETING_KINDS.get(row.classification, MEETING_KINDS["other"]),
        "status": MEETING_STATUS.get(row.status, NOTHING),
        "organization": row.organization,
        "area": capitalised(row.area_name) if row.area_name else None,
        "area_page": links.area(row.ref_area),
        "day": day_of(row.start_date),
        "iso_day": row.start_date.isoformat() if row.start_date else "",
        "last_day": day_of(row.end_date) if row.end_date and row.end_date != row.start_date else "",
        "part_of_day": PARTS_OF_DAY.get(row.part_of_day or "", NOTHING),
        "location": row.location,
        "ordinal": row.ordinal,
        "periods": [period(one) for one in row.periods_reviewed],
        "same": [(addresses.meeting(key), names[key]) for key in row.possibly_same_as if key in names],
        "is_retracted": row.is_retracted,
        "announced": clock(row.announced_at),
        "confirmed": clock(row.confirmed_at),
        "before": _neighbour(row.before_id, row.before_date),
        "after": _neighbour(row.after_id, row.after_date),
        "persons": by_note,
        "mentions": mentions,
        "figures": _figures([row for row, is_sole in reported if is_sole], links),
        "doubtful": _figures([row for row, is_sole in reported if not is_sole], links),
    }
    return Page(addresses.meeting(row.meeting_id), "meeting.html.j2", context)


def _figures(rows: list[Reported], links: Links) -> list[tuple[Figure, str, str]]:
    """Put figures into words, each with its article's page and headline."""
    return [
        (figure(row, str(place), links), addresses.article(row.article_id), row.headline)
        for place, row in enumerate(rows, 1)
    ]


def _neighbour(key: str | None, day: date | None) -> tuple[str, str] | None:
    return (addresses.meeting(key), day_of(day)) if key else None


def _mention(row: tuple[Any, ...]) -> Mention:
    _, article, headline, url, copy, day, portal, status, quote, is_copy, is_retracted = row
    return Mention(
        headline,
        addresses.article(article),
        url,
        copy,
        day_of(day),
        portal,
        MEETING_STATUS.get(status, NOTHING),
        quote,
        is_copy,
        is_retracted,
    )


def _lists(rows: list[_Meeting]) -> Iterator[Page]:
    newest = sorted(rows, key=lambda row: (row.start_date or date.min, row.meeting_id), reverse=True)
    calendar = calendar_of((row.start_date for row in rows), addresses.meeting_month)
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.classification] = kinds.get(row.classification, 0) + 1
    context = {
        "count": len(rows),
        "calendar": calendar,
        "kinds": sorted(
            ((MEETING_KINDS.get(kind, MEETING_KINDS["other"]), count) for kind, count in kinds.items()),
            key=lambda one: -one[1],
        ),
        "latest": [_line(row) for row in newest[:_LATEST]],
    }
    yield Page(addresses.MEETINGS, "meetings.html.j2", context)
    yield from _months(newest, calendar)


def _months(newest: list[_Meeting], calendar: Calendar) -> Iterator[Page]:
    by_month = {month.key: month for month in calendar.months()}
    for key, some in groupby(newest, key=lambda row: Month.key_of(row.start_date)):
        month = by_month[key]
        context = {
            "month": month,
            "before": calendar.before(month),
            "after": calendar.after(month),
            "lines": [_line(row) for row in some],
        }
        yield Page(month.page, "meeting_month.html.j2", context)


def _line(row: _Meeting) -> Line:
    body = row.organization if row.organization and row.organization not in row.name else None
    area = row.area_name if row.area_name and row.area_name not in f"{row.name} {body}" else None
    return Line(
        day_of(row.start_date),
        row.name,
        MEETING_KINDS.get(row.classification, MEETING_KINDS["other"]),
        MEETING_STATUS.get(row.status, NOTHING),
        addresses.meeting(row.meeting_id),
        " · ".join(part for part in (body, area) if part),
    )


def _grouped(connection: Connection, query: str) -> dict[str, list[tuple[Any, ...]]]:
    rows = connection.execute(sql(query)).fetchall()
    return {key: list(some) for key, some in groupby(rows, key=lambda row: str(row[0]))}
