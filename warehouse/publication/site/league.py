"""Leagues: the areas of one level in the order of one figure of one period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.publication.site import addresses
from warehouse.publication.site.links import Links
from warehouse.publication.site.points import LONGEST_QUOTE, Point
from warehouse.publication.site.wording import (
    Both,
    capitalised,
    day_of,
    period,
    shortened,
    with_number_marked,
)

_MOST = 6
_LEAST_AREAS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One area's place in a league."""

    rank: int
    area: str
    address: str | None
    value: Both
    share: float
    """Percent of the greatest value, for the bar; of its size where values are negative."""
    flags: list[str]
    quote: list[str]
    article: str
    headline: str
    day: Both | None


@dataclass(frozen=True, slots=True)
class League:
    """One figure of one period, area by area, the greatest first."""

    period: Both
    name: Both
    places: list[Place]


def leagues(points: Sequence[Point], links: Links) -> list[League]:
    """Give the leagues of an indicator, the latest period first: areas of one level, figures of one measure.

    Args:
        points: Of one indicator.
        links: Which areas have a page.
    """
    sets: dict[tuple[str, ...], dict[str, Point]] = {}
    for point in points:
        if point.status == "T" or len(point.ref_area) == 2:
            continue
        key = (point.time_period, point.measure, point.unit, str(len(point.ref_area)), point.base or "")
        known = sets.setdefault(key, {}).get(point.ref_area)
        if known is None or point.status < known.status:
            sets[key][point.ref_area] = point
    found = [list(by_area.values()) for by_area in sets.values() if len(by_area) >= _LEAST_AREAS]
    order = ["level", "share", "plan_ratio", "change_rate"]
    found.sort(key=lambda some: (some[0].end, len(some), -order.index(some[0].measure)), reverse=True)
    return [_league(some, links) for some in found[:_MOST]]


def _league(points: Sequence[Point], links: Links) -> League:
    ranked = sorted(points, key=lambda point: (-point.value, point.ref_area))
    most = max(abs(point.value) for point in ranked) or 1
    places: list[Place] = []
    for number, point in enumerate(ranked, start=1):
        before = places[-1] if places and ranked[number - 2].value == point.value else None
        places.append(
            Place(
                before.rank if before else number,
                capitalised(point.area),
                links.area(point.ref_area),
                point.printed_value,
                round(float(abs(point.value) / most * 100), 1),
                point.flags,
                with_number_marked(shortened(point.quote, LONGEST_QUOTE), point.printed),
                addresses.article(point.article_id),
                point.headline,
                day_of(point.day),
            )
        )
    return League(period(ranked[0].time_period), ranked[0].name, places)
