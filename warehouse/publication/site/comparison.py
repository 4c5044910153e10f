"""Areas compared: one indicator, one line an area, periods of one length alone."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.publication.site.charts import COLORS
from warehouse.publication.site.courses import axis_mult, scaled, span_of, vars_of
from warehouse.publication.site.drawing import Drawing, Panel, Row
from warehouse.publication.site.points import Point
from warehouse.publication.site.wording import capitalised, period_shape, unit_name

_MOST_POINTS = 140


def comparisons(points: Sequence[Point]) -> list[list[Point]]:
    """Give the sets of one indicator's points that can be compared over the years, best covered first.

    In a set are periods of the same length that end in the same month, of areas of one level (a city beside
    its districts would press them to the ground) that report in more than one year: one dot is no course.
    """
    shapes: dict[tuple[object, ...], list[Point]] = {}
    for point in points:
        months = (point.end.year - point.start.year) * 12 + point.end.month - point.start.month
        is_city = len(point.ref_area) == 2
        shape = (point.measure, point.base, point.unit, point.kind, months, point.end.month, is_city)
        shapes.setdefault(shape, []).append(point)
    found = [kept for kept in map(_lasting, shapes.values()) if kept]
    return sorted(found, key=lambda some: (-len(some), some[0].measure, some[0].kind, some[0].ref_area))


def comparison_panel(
    drawing: Drawing, place: str, points: Sequence[Point], link: str | None = None, height: int = 210
) -> Panel:
    """Draw a set of `comparisons`, the areas of most points in one colour each."""
    by_area: dict[str, list[Point]] = {}
    for point in sorted(points, key=lambda point: point.end):
        by_area.setdefault(point.ref_area, []).append(point)
    areas = sorted(by_area, key=lambda area: (-len(by_area[area]), area))[: len(COLORS)]
    kept = {area: by_area[area][-_MOST_POINTS // len(areas) :] for area in areas}
    every = [point for area in areas for point in kept[area]]
    mult = axis_mult(every)
    rows = [
        row
        for area, color in zip(areas, COLORS, strict=False)
        for row in _line(drawing, kept[area], mult, color)
    ]
    low, high = min(row["y"] for row in rows), max(row["y"] for row in rows)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    # From zero unless the values stand far off it: then the change is what there is to see.
    low = 0.0 if 0 <= low < high * 0.6 else low - room
    span = span_of(every)
    assert span is not None
    one = every[-1]
    shape, unit = period_shape(one.kind, one.start, one.end), unit_name(one.unit, mult)
    return Panel(
        place,
        "course",
        rows,
        params={**vars_of(span), "low": low, "high": high + room},
        height=height,
        title=one.name,
        note=(f"{unit[0]}, {shape[0]}", f"{unit[1]}, {shape[1]}"),
        link=link,
        key=[(capitalised(kept[area][-1].area), color) for area, color in zip(areas, COLORS, strict=False)],
        name=one.name,
    )


def _line(drawing: Drawing, points: Sequence[Point], mult: int, color: str) -> list[Row]:
    """Give an area's points, of each period the actual one before the estimate on the line."""
    best: dict[str, Point] = {}
    for point in points:
        if point.status != "T" and (
            point.time_period not in best or point.status < best[point.time_period].status
        ):
            best[point.time_period] = point
    rows = []
    for point in points:
        row = point.row(drawing, scaled(point.value, mult), f"{point.ref_area} {point.territory}", color)
        row["x"] = point.end.year + 0.5  # In the middle of its year's band: one period a year.
        is_on_line = best.get(point.time_period) is point
        rows.append({**row, "w": True} if is_on_line else row)
    return rows


def _lasting(points: Sequence[Point]) -> list[Point]:
    """Keep the points of areas that report in more than one year."""
    years: dict[str, set[int]] = {}
    for point in points:
        if point.status != "T":
            years.setdefault(point.ref_area, set()).add(point.end.year)
    return [point for point in points if len(years.get(point.ref_area, ())) > 1]
