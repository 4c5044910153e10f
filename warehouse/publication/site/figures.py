"""The page's charts as data: which points are drawn, and the sentence behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scraper.vietnamese.text import fold
from warehouse.connect import Connection
from warehouse.publication.site.charts import (
    COLORS,
    lines_spec,
    months_spec,
    progress_spec,
    strips_spec,
)
from warehouse.publication.site.drawing import Drawing, Figure, Panel, Row
from warehouse.publication.site.queries import points_sql, sql
from warehouse.publication.site.wording import (
    MEETING_KINDS,
    Both,
    capitalised,
    measured,
    period,
    period_shape,
    quantity,
    shortened,
    unit_name,
    with_number_marked,
)

_MOST_PANELS = 12
_MOST_POINTS = 420
_LONGEST_QUOTE = 260
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


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of `indicator_series` with its article."""

    ref_area: str
    area: str
    indicator: str
    label_vi: str
    label_en: str
    measure: str
    unit: str
    status: str
    time_period: str
    kind: str
    start: date
    end: date
    value: Decimal
    printed: Decimal
    printed_unit: str
    printed_mult: int
    bound: str
    upper: Decimal | None
    quote: str
    headline: str
    url: str
    day: date | None

    def name(self) -> Both:
        """Name what the figure is of."""
        return measured((self.label_vi, self.label_en), self.measure)

    def row(self, drawing: Drawing, y: float, group: str) -> Row:
        """Give the point as the charts take it, at the last day of its period."""
        return {
            "x": _moment(self.end),
            "y": y,
            "g": group,
            "s": self.status,
            "v": _same(quantity(self.printed, self.printed_unit, self.printed_mult, self.bound, self.upper)),
            "a": capitalised(self.area),
            "p": period(self.time_period),
            "q": with_number_marked(shortened(self.quote, _LONGEST_QUOTE), self.printed),
            "r": drawing.article(self.headline, self.url, self.day),
        }


def draw_figures(connection: Connection) -> Drawing:
    """Gather the page's charts from the published marts; a chart without points is left out."""
    drawing = Drawing()
    for draw in (_progress, _series, _months, _coverage):
        draw(connection, drawing)
    return drawing


def _progress(connection: Connection, drawing: Drawing) -> None:
    """Budget revenue against the annual plan, one panel an area, one line a year."""
    rows = connection.execute(points_sql("revenue_progress")).fetchall()
    by_area = _grouped([_Point(*row) for row in rows])
    chosen = sorted(by_area, key=lambda area: -len(by_area[area]))[:_MOST_PANELS]
    points = [point for area in chosen for point in by_area[area]]
    if not points:
        return
    first, last = min(point.end.year for point in points), max(point.end.year for point in points)
    top = min(max(110.0, *(float(point.value) for point in points)) * 1.04, 220.0)
    drawing.specs["progress"] = progress_spec(first, last, round(top))
    panels: list[Panel] = []
    names = _names(by_area)
    for area in sorted(chosen, key=lambda code: fold(names[code].split(" ", 1)[-1])):
        own = by_area[area][-(_MOST_POINTS // len(chosen)) :]
        starts = [
            {"x": _moment(date(year, 1, 1)), "y": 0, "g": str(year), "anchor": True}
            for year in sorted({point.end.year for point in own})
        ]
        drawn = [point.row(drawing, float(point.value), str(point.end.year)) for point in own]
        place = f"progress-{len(panels)}"
        panels.append(Panel(place, "progress", starts + drawn, names[area], name=own[-1].name()))
    drawing.figures.append(Figure("progress", panels, last_year=last))


def _series(connection: Connection, drawing: Drawing) -> None:
    """Some indicators over the years, one line an area, periods of one length alone."""
    rows = connection.execute(points_sql("curves")).fetchall()
    panels: list[Panel] = []
    for number, curve in enumerate(_curves([_Point(*row) for row in rows])):
        name = f"series-{number}"
        panels.append(_curve_panel(drawing, name, curve))
    if panels:
        drawing.figures.append(Figure("series", panels))


def _curves(points: Sequence[_Point]) -> list[list[_Point]]:
    """Choose the best covered comparable points of the best covered indicators, preferred ones first."""
    shapes: dict[tuple[object, ...], list[_Point]] = {}
    for point in points:
        months = (point.end.year - point.start.year) * 12 + point.end.month - point.start.month
        # The city beside its districts would press them to the ground: it is drawn apart.
        is_city = len(point.ref_area) == 2
        shape = (point.indicator, point.measure, point.unit, point.kind, months, point.end.month, is_city)
        shapes.setdefault(shape, []).append(point)
    best: dict[str, list[_Point]] = {}
    for some in map(_lasting, shapes.values()):
        if some and len(some) > len(best.get(some[0].indicator, [])):
            best[some[0].indicator] = some
    order = {indicator: place for place, indicator in enumerate(_PREFERRED)}
    ranked = sorted(
        best, key=lambda name: (len(best[name]) < 5, order.get(name, len(order)), -len(best[name]), name)
    )
    return [best[name] for name in ranked[:_CURVES]]


def _lasting(points: Sequence[_Point]) -> list[_Point]:
    """Keep the points of areas that report in more than one year: one dot is no course of things."""
    years: dict[str, set[int]] = {}
    for point in points:
        if point.status != "T":
            years.setdefault(point.ref_area, set()).add(point.end.year)
    return [point for point in points if len(years.get(point.ref_area, ())) > 1]


def _curve_panel(drawing: Drawing, place: str, points: Sequence[_Point]) -> Panel:
    by_area = _grouped(points)
    areas = sorted(by_area, key=lambda area: (-len(by_area[area]), area))[: len(COLORS)]
    kept = [point for point in points if point.ref_area in areas][-_MOST_POINTS // _CURVES :]
    areas = [area for area in areas if any(point.ref_area == area for point in kept)]
    names = _names(by_area)
    mult = _mult(max(abs(point.value) for point in kept), kept[0].unit)
    scale = Decimal(10) ** mult
    drawn = [
        {**point.row(drawing, float(point.value / scale), names[point.ref_area]), "t": point.end.year}
        for point in kept
    ]
    low, high = min(row["y"] for row in drawn), max(row["y"] for row in drawn)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    # From zero unless the values stand far off it: then the change is what there is to see.
    low = 0.0 if 0 <= low < high * 0.6 else low - room
    in_order = [names[area] for area in areas]
    drawing.specs[place] = lines_spec(kept[0].end.year, kept[-1].end.year, in_order, low, high + room)
    one = kept[-1]
    title = one.name()
    shape, unit = period_shape(one.kind, one.start, one.end), unit_name(one.unit, mult)
    return Panel(
        place,
        place,
        drawn,
        title_vi=title[0],
        title_en=title[1],
        note_vi=f"{unit[0]}, {shape[0]}",
        note_en=f"{unit[1]}, {shape[1]}",
        key=list(zip(in_order, COLORS, strict=False)),
        name=title,
    )


def _months(connection: Connection, drawing: Drawing) -> None:
    """Meetings a month, stacked by kind; the rare kinds together."""
    rows = connection.execute(sql("meeting_months"), {"kinds": list(_MAIN_KINDS)}).fetchall()
    if not rows:
        return
    kinds = [kind for kind in (*_MAIN_KINDS, "other") if any(row[1] == kind for row in rows)]
    drawn: list[Row] = []
    for month, kind, count, items in rows:
        drawn.append(
            {
                "x": _moment(month),
                "y": count,
                "g": kind,
                "o": kinds.index(kind),
                "v": (f"{count} cuộc", f"{count}"),
                "n": MEETING_KINDS[kind],
                "p": _month(month),
                "m": [
                    {"d": day, "t": shortened(name, 90), "r": drawing.article(headline, url, None)}
                    for day, name, headline, url in items
                ],
            }
        )
    drawing.specs["months"] = months_spec(rows[0][0].year, rows[-1][0].year, kinds)
    key = [(*MEETING_KINDS[kind], COLORS[place]) for place, kind in enumerate(kinds)]
    drawing.figures.append(Figure("months", [Panel("months-0", "months", drawn)], key=key))


def _coverage(connection: Connection, drawing: Drawing) -> None:
    """Articles a month, one strip a portal."""
    rows = connection.execute(sql("article_months")).fetchall()
    if not rows:
        return
    first, last = min(row[2].year for row in rows), max(row[2].year for row in rows)
    most, bottom = max(row[3] for row in rows), rows[-1][0]
    drawing.specs["strip"] = strips_spec(first, last, most, has_axis=False)
    drawing.specs["last-strip"] = strips_spec(first, last, most, has_axis=True)
    panels: dict[str, Panel] = {}
    for portal, name, month, count, headline, url, day in rows:
        if portal not in panels:
            spec = "last-strip" if portal == bottom else "strip"
            panels[portal] = Panel(f"coverage-{len(panels)}", spec, [], title=name, name=_IN_MONTH)
        panels[portal].rows.append(
            {
                "x": _moment(month),
                "y": count,
                "v": (f"{count} bài", f"{count}"),
                "a": name,
                "p": _month(month),
                "r": drawing.article(headline, url, day),
            }
        )
    drawing.figures.append(Figure("coverage", list(panels.values())))


def _grouped(points: Sequence[_Point]) -> dict[str, list[_Point]]:
    groups: dict[str, list[_Point]] = {}
    for point in points:
        groups.setdefault(point.ref_area, []).append(point)
    return groups


def _names(by_area: dict[str, list[_Point]]) -> dict[str, str]:
    """Name each area as it is named last, with its code where two are named alike."""
    names = {area: capitalised(points[-1].area) for area, points in by_area.items()}
    twice = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {area: f"{name} ({area})" if name in twice else name for area, name in names.items()}


def _mult(greatest: Decimal, unit: str) -> int:
    """Give the power of ten at which an axis reads best: billions of đồng, millions of tonnes."""
    if unit in {"percent", "percentage_point", "times"}:
        return 0
    return next((mult for mult in (9, 6, 3) if greatest >= Decimal(10) ** mult * 2), 0)


def _moment(day: date) -> str:
    """Write a day as a local time: a browser takes a bare date for UTC, which is a day off in the west."""
    return f"{day.isoformat()}T00:00"


def _month(day: date) -> Both:
    return period(f"{day:%Y-%m}")


def _same(text: str) -> Both:
    return text, text
