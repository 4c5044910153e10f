"""Pages of areas: figures, meetings and officeholders over time, and the units before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from warehouse.publication.site import addresses
from warehouse.publication.site.charts import COLORS
from warehouse.publication.site.courses import Span, best_form, breaks_of, course_panel, span_of, vars_of
from warehouse.publication.site.drawing import Drawing, Figure, Panel, Row
from warehouse.publication.site.figures import flags_of
from warehouse.publication.site.linked_data import described_series
from warehouse.publication.site.page import Beside, Page, Reading, Share
from warehouse.publication.site.points import LONGEST_QUOTE, Point, year_of
from warehouse.publication.site.queries import points_sql, sql
from warehouse.publication.site.wording import (
    MEETING_KINDS,
    MEETING_STATUS,
    Both,
    capitalised,
    day_of,
    period,
    shortened,
)

_MOST_PANELS = 24
_LATEST_MEETINGS = 12
_MOST_LATEST = 80
"""Newest figures; those of the vocabulary's indicators are all there, however many."""

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit in its last state: a row of `queries/area_units.sql`."""

    code: str
    full_name: str
    level: str
    kind: str
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    began_by: str | None
    ended_by: str | None
    articles: int
    meetings: int
    figures: int

    @property
    def name(self) -> str:
        """Kind and name, with a capital at the start."""
        return capitalised(self.full_name)

    @property
    def ended(self) -> Both | None:
        """The day on which it was over, or nothing."""
        return day_of(self.valid_to)

    @property
    def began(self) -> Both | None:
        """The day on which it was founded, or nothing where that is older than the records."""
        return day_of(self.valid_from)

    @property
    def address(self) -> str:
        """Its page."""
        return addresses.area(self.code)


def read_units(reading: Reading) -> dict[str, Unit]:
    """Read every unit that has a page, by its code, in the order of codes."""
    rows = reading.rows(sql("area_units"), {"codes": sorted(reading.links.areas)})
    return {row[0]: Unit(*row[:9], *map(int, row[9:])) for row in rows}


def area_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page of every unit of which there is something to say, and of those around it."""
    units = read_units(reading)
    breaks = breaks_of(reading.rows(sql("breaks")))
    successions = Beside(reading.rows(sql("area_successions")))
    meetings = Beside(reading.rows(sql("area_meetings")))
    holders = Beside(reading.rows(sql("area_officeholders")))
    articles = Beside(reading.rows(sql("area_articles")))
    points = Beside(reading.rows(points_sql("area_points"), share.bounds))
    for code, unit in units.items():
        if not share.has(code):
            continue
        drawing = Drawing()
        around = successions.of(code)
        own = [Point(*row) for row in points.of(code)]
        told = meetings.of(code)
        hidden = _draw_figures(reading, drawing, own, breaks.get(code, ()))
        _draw_meetings(drawing, told, breaks.get(code, ()))
        yield Page(
            unit.address,
            "area.html.j2",
            {
                "described": described_series(
                    unit.name,
                    f"Figures and meetings of {unit.name}",
                    unit.name,
                    "",
                    _tables(unit.address, drawing),
                ),
                "unit": unit,
                "parent": units.get(unit.parent_code or ""),
                "before": _neighbours(reading, around, "before"),
                "after": _neighbours(reading, around, "after"),
                "hidden": hidden,
                "latest": _latest_figures(reading, own),
                "meetings": [_meeting(row) for row in told[: -_LATEST_MEETINGS - 1 : -1]],
                "holders": [_holder(row) for row in holders.of(code)],
                "articles": [
                    (addresses.article(article_id), headline, day_of(day), portal, count)
                    for _, article_id, headline, day, portal, count in articles.of(code)
                ],
                "feeds": _feeds(reading, code),
            },
            drawing if drawing.figures else None,
        )


def _tables(address: str, drawing: Drawing) -> list[str]:
    return [addresses.root(address) + addresses.table(address, figure.id) for figure in drawing.figures]


def _draw_figures(reading: Reading, drawing: Drawing, points: Sequence[Point], breaks: Sequence[date]) -> int:
    """Draw the best told indicators as small multiples; give how many others there are."""
    courses = []
    for _, own in groupby(points, key=lambda point: (point.indicator, point.name_key)):
        course = best_form(list(own))
        if len(course) > 1:
            courses.append(course)
    span = span_of(point for course in courses for point in course)
    if span is None:
        return 0
    courses.sort(key=lambda course: (-len(course), course[0].indicator, course[0].name_key))
    shown = courses[:_MOST_PANELS]
    panels = [
        course_panel(
            drawing,
            f"figures-{number}",
            course,
            span,
            breaks,
            title=course[-1].name,
            link=reading.links.indicator(course[0].indicator, course[0].name_key),
            anchor=_anchor(course[0]),
        )
        for number, course in enumerate(shown)
    ]
    drawing.figures.append(Figure("figures", panels, flags=flags_of(panels), last_year=span.last))
    return len(courses) - len(shown)


def _draw_meetings(drawing: Drawing, meetings: Rows, breaks: Sequence[date]) -> None:
    """Draw the meetings on one time line for each kind."""
    if len(meetings) < 2:
        return
    span = Span(meetings[0][5].year, meetings[-1][5].year)
    kinds: dict[str, list[Row]] = {}
    for (
        _,
        meeting_id,
        name,
        kind,
        organization,
        day,
        status,
        article_id,
        headline,
        url,
        quote,
        copy,
    ) in meetings:
        place = list(MEETING_KINDS).index(kind if kind in MEETING_KINDS else "other")
        row: Row = {
            "x": year_of(day),
            "c": COLORS[min(place, len(COLORS) - 1)],
            "s": "A" if status == "confirmed" else "E",
            "v": day_of(day) or "",
            "n": MEETING_KINDS.get(kind, MEETING_KINDS["other"]),
            "q": [shortened(quote or name, LONGEST_QUOTE)],
            "r": drawing.article(article_id, headline, url, None, copy),
            "e": [{"d": organization or "", "t": shortened(name, 110), "i": addresses.meeting(meeting_id)}],
        }
        kinds.setdefault(kind, []).append(row)
    ranked = sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind))
    datasets = {"breaks": [{"x": year_of(day)} for day in breaks if span.first <= day.year <= span.last]}
    panels = [
        Panel(
            f"meetings-{number}",
            "events",
            kinds[kind],
            params=vars_of(span),
            datasets=datasets,
            height=22,
            title=MEETING_KINDS.get(kind, MEETING_KINDS["other"]),
            note=(f"{len(kinds[kind])}", f"{len(kinds[kind])}"),
        )
        for number, kind in enumerate(ranked)
    ]
    drawing.figures.append(Figure("meetings", panels, flags=flags_of(panels)))


def _anchor(point: Point) -> str | None:
    """Name an indicator of the vocabulary; the others have no series of their own to be found."""
    return addresses.anchor(point.indicator) if point.indicator != "other" else None


@dataclass(frozen=True, slots=True)
class LatestFigure:
    """What was said last of an indicator."""

    anchor: str | None
    name: Both
    address: str | None
    value: Both
    period: Both
    flags: list[str]
    article: str
    headline: str
    day: Both | None


def _latest_figures(reading: Reading, points: Sequence[Point]) -> list[LatestFigure]:
    """Give the newest figure of each indicator, amounts and shares before percents of a plan."""
    lines = []
    for (indicator, name_key), own in groupby(points, key=lambda point: (point.indicator, point.name_key)):
        one = max(own, key=lambda point: (point.status != "T", point.measure != "plan_ratio", point.end))
        lines.append(
            LatestFigure(
                _anchor(one),
                one.name,
                reading.links.indicator(indicator, name_key),
                one.printed_value,
                period(one.time_period),
                one.flags,
                addresses.article(one.article_id),
                one.headline,
                day_of(one.day),
            )
        )
    others = sorted((line for line in lines if not line.anchor), key=lambda line: line.name)
    known = [line for line in lines if line.anchor]
    return sorted([*known, *others[: max(0, _MOST_LATEST - len(known))]], key=lambda line: line.name)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit that was before or came after."""

    name: str
    address: str | None
    is_whole: bool
    day: Both | None
    legal_ref: str | None


def _neighbours(reading: Reading, rows: Rows, side: str) -> list[Neighbour]:
    return [
        Neighbour(capitalised(name), reading.links.area(code), extent == "whole", day_of(day), legal_ref)
        for _, on, code, name, extent, day, legal_ref in rows
        if on == side
    ]


def _meeting(row: tuple[Any, ...]) -> dict[str, object]:
    _, meeting_id, name, _, organization, day, status, article_id, headline, *_ = row
    return {
        "day": day_of(day),
        "name": name,
        "status": MEETING_STATUS.get(status),
        "organization": organization if organization and organization not in name else "",
        "address": addresses.meeting(meeting_id),
        "article": addresses.article(article_id),
        "headline": headline,
    }


def _holder(row: tuple[Any, ...]) -> dict[str, object]:
    _, person, post, organization, meetings, first, last, last_meeting, others = row
    return {
        "person": person,
        "post": post,
        "organization": organization or "",
        "meetings": meetings,
        "first": day_of(first),
        "last": day_of(last),
        "address": addresses.meeting(last_meeting) if last_meeting else None,
        "others": ", ".join(others or ()),
    }


def _feeds(reading: Reading, code: str) -> list[tuple[str, str]]:
    """Give the calendar and the feeds of an area, where the publication has them."""
    folder = reading.edition.database.parent
    places = (
        (f"calendar/{code}.ics", "iCalendar"),
        (f"feeds/area/{code}.atom", "Atom"),
        (f"feeds/area/{code}.json", "JSON Feed"),
    )
    return [(place, name) for place, name in places if (folder / place).is_file()]
