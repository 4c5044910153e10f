"""How a figure went over time: one panel, its lines broken where the territory or the year was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.publication.site.charts import COLORS
from warehouse.publication.site.drawing import Drawing, Panel, Row
from warehouse.publication.site.points import Point, year_of
from warehouse.publication.site.wording import Both, capitalised, unit_name

_FORMS = ("cumulative", "share", "level", "plan_ratio", "change_rate")
_MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class Span:
    """The years that the panels of a page have in common."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Form:
    """What points must share to stand on one line."""

    kind: str
    """cumulative: sums since 1 January; share; level: of single months; plan_ratio; change_rate."""
    unit: str


def form_of(point: Point) -> Form:
    """Say with which others a point can be compared along time."""
    if point.measure == "level":
        return Form("cumulative" if point.is_year_to_date else "level", point.unit)
    return Form(point.measure, point.unit)


def span_of(points: Iterable[Point]) -> Span | None:
    """Give the years that points lie in; None without points."""
    years = [point.end.year for point in points]
    return Span(min(years), max(years)) if years else None


def best_form(points: Sequence[Point]) -> list[Point]:
    """Give the points of the form that is told of best: most points, amounts before ratios."""
    forms: dict[Form, list[Point]] = {}
    for point in points:
        forms.setdefault(form_of(point), []).append(point)
    if not forms:
        return []
    is_ratio = {"plan_ratio": 1, "change_rate": 2}
    best = min(
        forms,
        key=lambda form: (
            len(forms[form]) < 3,
            is_ratio.get(form.kind, 0),
            -len(forms[form]),
            _FORMS.index(form.kind),
            form.unit,
        ),
    )
    return forms[best]


def course_panel(
    drawing: Drawing,
    place: str,
    points: Sequence[Point],
    span: Span,
    breaks: Sequence[date] = (),
    *,
    title: Both = ("", ""),
    link: str | None = None,
    anchor: str | None = None,
    height: int = 104,
) -> Panel:
    """Draw points of one area and one form: sums by year from nought, all else as lines.

    Args:
        drawing: Keeps the articles.
        place: The panel's id.
        points: Of one form, by time; the latest are kept where they are too many.
        span: Years of the axis.
        breaks: Days on which the territory changed: dashed, and no line crosses them.
        title: Above the panel.
        link: Page that the title leads to.
        anchor: By which other pages lead to it.
        height: In pixels.
    """
    kept = list(points[-_MOST_POINTS:])
    form = form_of(kept[0])
    mult = _mult(max(abs(point.value) for point in kept), form.unit)
    lines = _yearly(drawing, kept, mult, span) if is_summed(form) else _plain(drawing, kept, mult)
    for row in lines:
        row.pop("a", None)  # Said once, by the panel.
    unit = ("% kế hoạch", "% of the plan") if form.kind == "plan_ratio" else unit_name(form.unit, mult)
    return Panel(
        place,
        "course",
        lines,
        params={**vars_of(span), **_range(lines, form)},
        datasets={
            "breaks": [{"x": year_of(day)} for day in breaks if span.first <= day.year <= span.last],
            **_references(form, span),
        },
        height=height,
        title=title,
        note=unit,
        link=link,
        anchor=anchor,
        name=kept[-1].name,
        area=capitalised(kept[-1].area),
    )


def is_summed(form: Form) -> bool:
    """Say whether figures of a form add up over the year, so that each year's line starts from nought."""
    return form.kind in {"cumulative", "plan_ratio"}


def vars_of(span: Span) -> dict[str, float]:
    """Give the span as parameters of a chart."""
    return {"first": span.first, "last": span.last}


def _yearly(drawing: Drawing, points: Sequence[Point], mult: int, span: Span) -> list[Row]:
    rows: list[Row] = []
    started: set[str] = set()
    best = _best_of_periods(points)
    for point in points:
        group = f"{point.end.year} {point.territory}"
        color = COLORS[1] if point.end.year == span.last else COLORS[0]
        is_on_line = id(point) in best
        if is_on_line and group not in started:
            started.add(group)
            rows.append(
                {"x": point.end.year, "y": 0, "g": group, "c": color, "w": True, "anchor": True, "s": "A"}
            )
        row = point.row(drawing, scaled(point.value, mult), group, color)
        rows.append({**row, "w": True} if is_on_line else row)
    return rows


def _plain(drawing: Drawing, points: Sequence[Point], mult: int) -> list[Row]:
    best = _best_of_periods(points)
    rows = []
    for point in points:
        row = point.row(drawing, scaled(point.value, mult), point.territory)
        rows.append({**row, "w": True} if id(point) in best else row)
    return rows


def _best_of_periods(points: Sequence[Point]) -> set[int]:
    """Choose what a line passes through: of each period the actual figure, else the estimate."""
    best: dict[tuple[str, date], Point] = {}
    for point in points:
        if point.status == "T":
            continue
        key = (point.territory, point.end)
        if key not in best or point.status < best[key].status:
            best[key] = point
    return {id(point) for point in best.values()}


def _references(form: Form, span: Span) -> dict[str, list[Row]]:
    if form.kind == "change_rate":
        return {"levels": [{"y": 0}]}
    if form.kind != "plan_ratio":
        return {}
    years = range(span.first, span.last + 1)
    pace = [{"x": year + part, "y": 100 * part, "g": str(year)} for year in years for part in (0, 1)]
    return {"levels": [{"y": 100}], "guides": pace}


def _range(rows: Sequence[Row], form: Form) -> dict[str, float]:
    low, high = min(row["y"] for row in rows), max(row["y"] for row in rows)
    if form.kind == "plan_ratio":
        return {"low": 0, "high": min(max(104, high * 1.04), 220)}
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    # From zero unless the values stand far off it: then the change is what there is to see.
    if 0 <= low < high * 0.6:
        return {"low": 0, "high": high + room}
    return {"low": low - room, "high": min(high + room, 100) if _is_rate(form, high) else high + room}


def _is_rate(form: Form, high: float) -> bool:
    return form.kind == "share" and form.unit == "percent" and high <= 100


def axis_mult(points: Sequence[Point]) -> int:
    """Give the power of ten at which an axis of these points reads best."""
    return _mult(max(abs(point.value) for point in points), points[0].unit)


def scaled(value: Decimal, mult: int) -> float:
    """Give a value as it stands on an axis."""
    return float(value.scaleb(-mult))


def _mult(greatest: Decimal, unit: str) -> int:
    """Give the power of ten at which an axis reads best: billions of đồng, millions of tonnes."""
    if unit in {"percent", "percentage_point", "times"}:
        return 0
    return next((mult for mult in (9, 6, 3) if greatest >= Decimal(10) ** mult * 2), 0)


def breaks_of(rows: Iterable[tuple[str, date]]) -> Mapping[str, list[date]]:
    """Gather the days on which each unit's territory changed, from code and day."""
    found: dict[str, list[date]] = {}
    for code, day in rows:
        found.setdefault(code, []).append(day)
    return found
