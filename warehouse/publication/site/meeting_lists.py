"""The meetings month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from warehouse.publication.site import addresses
from warehouse.publication.site.months import calendar_of, month_pages
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.reported import NOTHING
from warehouse.publication.site.wording import MEETING_KINDS, MEETING_STATUS, Both, day_of

_LATEST = 40


class _Meeting(NamedTuple):
    """The columns of `meeting_lines.sql`."""

    meeting_id: str
    name: str
    classification: str
    status: str
    organization: str | None
    area_name: str | None
    start_date: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list."""

    day: Both | None
    name: str
    kind: Both
    status: Both
    page: str
    more: str
    """The body and the area, where the name does not say them."""


def meeting_lists(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the calendar of meetings and a list for each month."""
    rows = [_Meeting(*row) for row in reading.connection.execute(sql("meeting_lines")).fetchall()]
    calendar = calendar_of((row.start_date for row in rows), addresses.meeting_month)
    kinds = Counter(kind_name(row.classification) for row in rows)
    context = {
        "count": len(rows),
        "calendar": calendar,
        "kinds": kinds.most_common(),
        "latest": [_line(row) for row in rows[:_LATEST]],
    }
    yield Page(addresses.MEETINGS, "meetings.html.j2", context)
    yield from month_pages(calendar, rows, lambda row: row.start_date, "meeting_month.html.j2", _line)


def kind_name(classification: str) -> Both:
    """Name a kind of meeting."""
    return MEETING_KINDS.get(classification, MEETING_KINDS["other"])


def _line(row: _Meeting) -> Line:
    body = row.organization if row.organization and row.organization not in row.name else None
    area = row.area_name if row.area_name and row.area_name not in f"{row.name} {body}" else None
    return Line(
        day_of(row.start_date),
        row.name,
        kind_name(row.classification),
        MEETING_STATUS.get(row.status, NOTHING),
        addresses.meeting(row.meeting_id),
        " · ".join(part for part in (body, area) if part),
    )
