"""The overview's charts as data: which points are drawn, and the sentence behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from scraper.vietnamese.text import fold
from warehouse.publication.site import addresses
from warehouse.publication.site.charts import COLORS
from warehouse.publication.site.comparison import comparison_panel, comparisons
from warehouse.publication.site.courses import Span, breaks_of, course_panel, span_of
from warehouse.publication.site.drawing import Drawing, Figure, Panel, Row
from warehouse.publication.site.page import Reading
from warehouse.publication.site.points import Point
from warehouse.publication.site.queries import points_sql, sql
from warehouse.publication.site.wording import (
    MEETING_KINDS,
    Both,
    capitalised,
    counted,
    period,
    shortened,
)

_MOST_PANELS = 12
_CURVES = 3
_PREFERRED = (
    "poverty_rate",
    "party_members_admitted",
    "exports",
    "port_cargo",
    "tourist_arrivals",
    "income_per_capita",
    "new_enterprises",
    "public_investment_disbursement",
)
_MAIN_KINDS = (
    "party_committee",
    "council_session",
    "committee_meeting",
    "review_conference",
    "voter_contact",
)

_IN_MONTH = ("đăng trong tháng", "published in the month")


def draw_figures(reading: Reading) -> Drawing:
    """Gather the page's charts from the published marts; a chart without points is left out."""
    drawing = Drawing()
    for draw in (_progress, _series, _months, _coverage):
        draw(reading, drawing)
    return drawing


def flags_of(panels: Sequence[Panel]) -> frozenset[str]:
    """Gather what the points of some panels are, so that a key explains just that."""
    flags = {flag for panel in panels for row in panel.rows for flag in row.get("k", ())}
    if any(panel.datasets.get("breaks") for panel in panels):
        flags.add("break")
    return frozenset(flags)


def _progress(reading: Reading, drawing: Drawing) -> None:
    """Budget revenue against the annual plan, one panel an area, one line a year."""
    rows = reading.connection.execute(points_sql("revenue_progress")).fetchall()
    by_area: dict[str, list[Point]] = {}
    for row in rows:
        point = Point(*row)
        by_area.setdefault(point.ref_area, []).append(point)
    chosen = sorted(by_area, key=lambda area: -len(by_area[area]))[:_MOST_PANELS]
    span = span_of(point for area in chosen for point in by_area[area])
    if span is None:
        return
    breaks = breaks_of(reading.connection.execute(sql("breaks")).fetchall())
    names = names_of(by_area)
    panels = [
        course_panel(
            drawing,
            f"progress-{number}",
            by_area[area],
            span,
            breaks.get(area, ()),
            title=(names[area], names[area]),
            link=reading.links.area(area),
        )
        for number, area in enumerate(sorted(chosen, key=lambda code: fold(names[code].split(" ", 1)[-1])))
    ]
    drawing.figures.append(Figure("progress", panels, flags=flags_of(panels), last_year=span.last))


def _series(reading: Reading, drawing: Drawing) -> None:
    """Some indicators over the years, one line an area, periods of one length alone."""
    rows = reading.connection.execute(points_sql("curves")).fetchall()
    points = [Point(*row) for row in rows]
    curves: dict[str, list[Point]] = {}
    for indicator, own in groupby(sorted(points, key=lambda point: point.indicator), lambda it: it.indicator):
        if found := comparisons(list(own)):
            curves[indicator] = found[0]
    order = {indicator: place for place, indicator in enumerate(_PREFERRED)}
    ranked = sorted(
        curves,
        key=lambda name: (len(curves[name]) < 5, order.get(name, len(order)), -len(curves[name]), name),
    )
    panels = [
        comparison_panel(drawing, f"series-{number}", curves[name], link=reading.links.indicator(name))
        for number, name in enumerate(ranked[:_CURVES])
    ]
    if panels:
        drawing.figures.append(Figure("series", panels, flags=flags_of(panels)))


def _months(reading: Reading, drawing: Drawing) -> None:
    """Meetings a month, stacked by kind; the rare kinds together."""
    rows = reading.connection.execute(sql("meeting_months"), {"kinds": list(_MAIN_KINDS)}).fetchall()
    if not rows:
        return
    kinds = [kind for kind in (*_MAIN_KINDS, "other") if any(row[1] == kind for row in rows)]
    rows.sort(key=lambda row: (row[0], kinds.index(row[1])))
    drawn: list[Row] = []
    height = 0
    for month, kind, count, items in rows:
        start = month.year + (month.month - 1) / 12
        height = height + count if drawn and drawn[-1]["x"] == round(start, 4) else count
        drawn.append(
            {
                "x": round(start, 4),
                "u": round(start + 0.075, 4),
                "y": height,
                "z": height - count,
                "c": COLORS[kinds.index(kind)],
                "v": (f"{count} cuộc", f"{count} meetings"),
                "n": MEETING_KINDS[kind],
                "p": _month(month),
                "e": [
                    {
                        "d": item["day"],
                        "t": shortened(item["name"], 90),
                        "i": addresses.meeting(item["meeting_id"]),
                        "r": drawing.article(item["article_id"], item["headline"], item["url"], None),
                    }
                    for item in items
                ],
            }
        )
    span = Span(rows[0][0].year, rows[-1][0].year)
    key = [(*MEETING_KINDS[kind], COLORS[place]) for place, kind in enumerate(kinds)]
    panel = Panel("months-0", "months", drawn, params={"first": span.first, "last": span.last}, height=200)
    drawing.figures.append(Figure("months", [panel], key=key))


def _coverage(reading: Reading, drawing: Drawing) -> None:
    """Articles a month, one strip a portal."""
    rows = reading.connection.execute(sql("article_months")).fetchall()
    if not rows:
        return
    params = {"first": min(row[2].year for row in rows), "last": max(row[2].year for row in rows)}
    most = max(row[3] for row in rows)
    panels: dict[str, Panel] = {}
    for portal, name, month, count, article_id, headline, url, day in rows:
        if portal not in panels:
            panels[portal] = Panel(
                f"coverage-{len(panels)}",
                "strip",
                [],
                params=params,
                height=26,
                title=(name, name),
                name=_IN_MONTH,
                area=name,
            )
        start = month.year + (month.month - 1) / 12
        panels[portal].rows.append(
            {
                "x": round(start, 4),
                "u": round(start + 0.08, 4),
                "y": round(count / most, 3),
                "v": (f"{counted(count)[0]} bài", f"{counted(count)[1]} articles"),
                "p": _month(month),
                "r": drawing.article(article_id, headline, url, day),
            }
        )
    drawing.figures.append(Figure("coverage", list(panels.values())))


def names_of(by_area: dict[str, list[Point]]) -> dict[str, str]:
    """Name each area as it is named last, with its code where two are named alike."""
    names = {area: capitalised(points[-1].area) for area, points in by_area.items()}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {area: f"{name} ({area})" if name in twice else name for area, name in names.items()}


def _month(day: date) -> Both:
    return period(f"{day:%Y-%m}")
