"""A page for each meeting: who, when, where, what was reported, and the articles that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from warehouse.publication.site import addresses
from warehouse.publication.site.linked_data import described_meeting
from warehouse.publication.site.links import Links
from warehouse.publication.site.meeting_lists import kind_name
from warehouse.publication.site.page import Inputs, Page, Reading, Share
from warehouse.publication.site.queries import links_sql, sql
from warehouse.publication.site.reported import NOTHING, Figure, Reported, figure, reported_sql
from warehouse.publication.site.wording import MEETING_STATUS, Both, capitalised, clock, day_of, period

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
    is_retracted: bool
    announced_at: datetime | None
    confirmed_at: datetime | None
    before_id: str | None
    before_date: date | None
    after_id: str | None
    after_date: date | None


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that tells of a meeting."""

    headline: str
    page: str
    url: str
    copy: str | None
    day: Both | None
    portal: str
    status: Both
    quote: str
    is_copy: bool
    is_retracted: bool


def meeting_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the pages of the meetings of a share."""
    persons, mentions, told, same = (
        _grouped(reading.rows(sql(name), share.chosen))
        for name in ("meeting_persons", "meeting_mentions", "meeting_reports", "meeting_doubles")
    )
    reported = (Reported(*row) for row in reading.rows(_reported(), share.chosen))
    figures = {row.report_id: row for row in reported}
    places = {report: place for place, report in enumerate(figures)}
    for columns in reading.rows(sql("meeting_pages"), share.chosen):
        row = _Meeting(*columns)
        key = row.meeting_id
        yield _page(
            row,
            persons.get(key, []),
            [_mention(mention) for mention in mentions.get(key, [])],
            [
                (figures[report], is_sole)
                for _, report, is_sole in sorted(told.get(key, []), key=lambda one: places.get(one[1], -1))
                if report in figures
            ],
            [(addresses.meeting(other), name) for _, other, name in same.get(key, [])],
            reading.links,
        )


def _page(
    row: _Meeting,
    persons: list[tuple[Any, ...]],
    mentions: list[Mention],
    reported: list[tuple[Reported, bool]],
    same: list[tuple[str, str]],
    links: Links,
) -> Page:
    by_note = [
        (NOTES.get(note, (note, note)), [(name, ", ".join(roles)) for _, name, roles, _ in some])
        for note, some in groupby(persons, key=lambda person: str(person[3]))
    ]
    context = {
        "described": described_meeting(
            row.name,
            row.start_date,
            row.end_date,
            row.location or row.area_name,
            row.organization,
            row.status,
        ),
        "name": row.name,
        "kind": kind_name(row.classification),
        "status": MEETING_STATUS.get(row.status, NOTHING),
        "organization": row.organization,
        "area": capitalised(row.area_name) if row.area_name else None,
        "area_page": links.area(row.ref_area),
        "day": day_of(row.start_date),
        "iso_day": row.start_date.isoformat() if row.start_date else "",
        "last_day": day_of(row.end_date) if row.end_date and row.end_date != row.start_date else None,
        "part_of_day": PARTS_OF_DAY.get(row.part_of_day or "", NOTHING),
        "location": row.location,
        "ordinal": row.ordinal,
        "periods": [period(one) for one in row.periods_reviewed],
        "same": same,
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


def _neighbour(key: str | None, day: date | None) -> tuple[str, Both | None] | None:
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


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Mapping[str, list[tuple[Any, ...]]]:
    return {key: list(some) for key, some in groupby(rows, key=lambda row: str(row[0]))}


def _questions() -> list[str]:
    names = ("meeting_pages", "meeting_persons", "meeting_mentions", "meeting_reports", "meeting_doubles")
    figures = (
        f"select told.meeting_id, reported.* from ({_reported()}) as reported "  # noqa: S608 - our own names
        "inner join meeting_figures as told on reported.report_id = told.report_id"
    )
    return [*map(sql, names), figures, links_sql("meeting_links")]


def _reported() -> str:
    return reported_sql(
        "reports.report_id in (select report_id from meeting_figures "
        "where md5(meeting_id)[:2] between $first and $last "
        "and ($keys is null or list_contains($keys::varchar[], meeting_id)))"
    )


MEETING_INPUTS = Inputs("meeting_id", _questions, addresses.meeting)
