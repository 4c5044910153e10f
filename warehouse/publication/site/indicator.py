"""Pages of indicators: areas compared, each area over time, the league of a period, targets and what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scraper.vietnamese.text import fold
from warehouse.publication.site import addresses
from warehouse.publication.site.comparison import comparison_panel, comparisons
from warehouse.publication.site.courses import Form, breaks_of, course_panel, form_of, span_of
from warehouse.publication.site.drawing import Drawing, Figure
from warehouse.publication.site.figures import flags_of, names_of
from warehouse.publication.site.league import leagues
from warehouse.publication.site.linked_data import described_series
from warehouse.publication.site.page import Beside, Page, Reading, Share
from warehouse.publication.site.points import Point
from warehouse.publication.site.queries import points_sql, sql
from warehouse.publication.site.targets import target_of
from warehouse.publication.site.wording import TOPICS, Both

_MOST_PANELS = 20
_MOST_COMPARISONS = 3
_MOST_TARGETS = 30


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with a page: a row of `queries/indicator_units.sql`."""

    key: str
    name_key: str
    label_vi: str
    label_en: str
    topic: str
    points: int
    areas: int
    first: date | None
    last: date | None
    reports: int
    contradicted: int
    revised: int
    variants: list[str]

    @property
    def label(self) -> Both:
        """Its name."""
        return self.label_vi, self.label_en

    @property
    def address(self) -> str:
        """Its page."""
        return addresses.indicator(self.key, self.name_key)

    @property
    def topic_name(self) -> Both:
        """The field of life that it belongs to."""
        return TOPICS.get(self.topic, TOPICS["other"])

    @property
    def years(self) -> str:
        """The years that its figures describe."""
        if not self.first or not self.last:
            return ""
        return (
            f"{self.first.year}–{self.last.year}" if self.first.year < self.last.year else str(self.last.year)
        )


def read_indicators(reading: Reading) -> list[Indicator]:
    """Read every indicator that has a page, in the order of keys."""
    rows = (Indicator(*row) for row in reading.rows(sql("indicator_units")))
    return [one for one in rows if (one.key, one.name_key) in reading.links.indicators]


def indicator_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page of every indicator, and the list of all of them."""
    indicators = read_indicators(reading)
    if share.number == 0:
        yield Page(addresses.INDICATORS, "indicators.html.j2", {"topics": _by_topic(indicators)})
    breaks = breaks_of(reading.rows(sql("breaks")))
    targets = Beside(list(reading.rows(sql("targets"))), 0, 1)
    points = Beside(reading.rows(points_sql("indicator_points"), share.bounds), 3, 4)
    for one in indicators:
        if not share.has(one.key):
            continue
        own = [Point(*row) for row in points.of((one.key, one.name_key))]
        pairs = [target_of(row) for row in targets.of((one.key, one.name_key))]
        drawing = Drawing()
        _draw_comparison(drawing, own)
        hidden = _draw_areas(reading, drawing, own, breaks)
        yield Page(
            one.address,
            "indicator.html.j2",
            {
                "described": described_series(
                    one.label_vi,
                    one.label_en,
                    None,
                    one.years,
                    [
                        addresses.root(one.address) + addresses.table(one.address, figure.id)
                        for figure in drawing.figures
                    ],
                ),
                "indicator": one,
                "hidden": hidden,
                "leagues": leagues(own, reading.links),
                "targets": pairs[:_MOST_TARGETS],
                "more_targets": max(0, len(pairs) - _MOST_TARGETS),
                "areas": reading.links.areas & {pair.code for pair in pairs},
            },
            drawing if drawing.figures else None,
        )


def _draw_comparison(drawing: Drawing, points: Sequence[Point]) -> None:
    """Draw areas beside each other, in the shapes that are told of best."""
    sets = [found for found in comparisons(points) if len({point.ref_area for point in found}) > 1]
    panels = [
        comparison_panel(drawing, f"compared-{number}", found)
        for number, found in enumerate(sets[:_MOST_COMPARISONS])
    ]
    if panels:
        drawing.figures.append(Figure("compared", panels, flags=flags_of(panels)))


def _draw_areas(
    reading: Reading, drawing: Drawing, points: Sequence[Point], breaks: Mapping[str, list[date]]
) -> int:
    """Draw each area over time in the form that is told of best; give how many areas are left out."""
    form = _common_form(points)
    by_area: dict[str, list[Point]] = {}
    for point in points:
        if form_of(point) == form:
            by_area.setdefault(point.ref_area, []).append(point)
    told = sorted((area for area in by_area if len(by_area[area]) > 1), key=lambda area: -len(by_area[area]))
    span = span_of(point for area in told for point in by_area[area])
    if span is None:
        return 0
    names = names_of(by_area)
    shown = sorted(told[:_MOST_PANELS], key=lambda code: (len(code) > 2, fold(names[code].split(" ", 1)[-1])))
    panels = [
        course_panel(
            drawing,
            f"areas-{number}",
            by_area[area],
            span,
            breaks.get(area, ()),
            title=(names[area], names[area]),
            link=reading.links.area(area),
        )
        for number, area in enumerate(shown)
    ]
    drawing.figures.append(Figure("areas", panels, flags=flags_of(panels), last_year=span.last))
    return len(told) - len(shown)


def _common_form(points: Sequence[Point]) -> Form | None:
    """Give the form that most points have, amounts and shares before ratios."""
    counts: dict[Form, int] = {}
    for point in points:
        counts[form_of(point)] = counts.get(form_of(point), 0) + 1
    ratio = {"plan_ratio", "change_rate"}
    return min(
        counts,
        key=lambda form: (counts[form] < 3, form.kind in ratio, -counts[form], form.kind),
        default=None,
    )


def _by_topic(indicators: Sequence[Indicator]) -> list[tuple[Both, list[Indicator]]]:
    topics: dict[str, list[Indicator]] = {}
    for one in indicators:
        topics.setdefault(one.topic if one.topic in TOPICS else "other", []).append(one)
    in_order = [topic for topic in TOPICS if topic in topics]
    return [(TOPICS[topic], sorted(topics[topic], key=lambda one: -one.points)) for topic in in_order]
