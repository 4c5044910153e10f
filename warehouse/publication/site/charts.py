"""Vega-Lite specifications of the page's charts, and the one script that draws them offline.

The specifications name their data (`rows`); `assets/site.js` gives each panel its own. Colours are the style
sheet's variables, so that a chart turns dark with its page. No specification holds a word to translate.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

Spec = dict[str, Any]
"""A Vega-Lite specification as JSON."""

COLORS = ("sea", "accent", "leaf", "sand", "plum", "slate")
"""Names of the style sheet's colours, in the order that charts take them."""

_SEA, _ACCENT, _PAPER, _SOFT, _RULE = (
    f"var(--{name})" for name in ("sea", "accent", "paper", "ink-3", "rule")
)
_RANGE = [f"var(--{name})" for name in COLORS]


def progress_spec(first_year: int, last_year: int, top: float) -> Spec:
    """Draw how far a plan was met as each year went on, against an even pace.

    Rows: `x` ISO time of the period's end, `y` percent of the plan, `g` year as text, `s` status A or E,
    `anchor` true for the first of January that a year's line starts from.

    Args:
        first_year: The first year on the axis.
        last_year: The last year on the axis, drawn in the accent colour.
        top: Upper end of the percent axis.
    """
    x = alt.X("x:T", scale=_years(first_year, last_year), axis=_year_bands(first_year, last_year))
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, top], clamp=True),
        axis=alt.Axis(values=[0, 50, 100], title=None, format=".0f"),
    )
    is_last = f"datum.g === '{last_year}'"
    paces = alt.Chart(alt.NamedData("pace"))
    rows = alt.Chart(alt.NamedData("rows"))
    layers = [
        paces.mark_line(color=_SOFT, strokeWidth=1, strokeDash=[1, 3]).encode(x=x, y=y, detail="g:N"),
        paces.mark_rule(color=_SOFT, strokeWidth=1).encode(y=alt.datum(100)),
    ]
    for which, color, width in ((f"!({is_last})", _SEA, 1.5), (is_last, _ACCENT, 2.2)):
        some = rows.transform_filter(which)
        layers.append(some.mark_line(color=color, strokeWidth=width).encode(x=x, y=y, detail="g:N"))
        points = rows.transform_filter(f"!datum.anchor && {which}")
        layers.append(_actual(points, fill=color, stroke=color).encode(x=x, y=y))
        layers.append(_estimate(points, stroke=color).encode(x=x, y=y))
    spec = _finished(alt.layer(*layers), height=104)
    years = range(first_year, last_year + 1)
    ends = (("01-01", 0), ("12-31", 100))
    spec["datasets"] = {
        "pace": [{"x": f"{year}-{day}T00:00", "y": y, "g": str(year)} for year in years for day, y in ends]
    }
    return spec


def lines_spec(first_year: int, last_year: int, areas: list[str], low: float, high: float) -> Spec:
    """Draw one indicator of several areas over the years, one period a year.

    Rows: `t` year, `y` value, `g` area's name, `s` status A, E or T.

    Args:
        first_year: The first year on the axis.
        last_year: The last year on the axis.
        areas: Names in the order of their colours.
        low: Lower end of the value axis.
        high: Upper end of the value axis.
    """
    step = max(1, (last_year - first_year + 1) // 6)
    x = alt.X(
        "t:Q",
        scale=alt.Scale(domain=[first_year - 0.3, last_year + 0.3]),
        axis=alt.Axis(values=list(range(last_year, first_year - 1, -step)), format="d", title=None),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[low, high], nice=True, zero=False),
        axis=alt.Axis(title=None, tickCount=4, format=",~r"),
    )
    by_area = alt.Scale(domain=areas, range=_RANGE[: len(areas)])
    color = alt.Stroke("g:N", scale=by_area, legend=None)
    rows = alt.Chart(alt.NamedData("rows"))
    lines = rows.transform_filter("datum.s !== 'T'").mark_line(strokeWidth=2).encode(x=x, y=y, stroke=color)
    actual = _actual(rows).encode(x=x, y=y, stroke=color, fill=alt.Fill("g:N", scale=by_area, legend=None))
    return _finished(
        alt.layer(
            lines,
            actual,
            _estimate(rows).encode(x=x, y=y, stroke=color),
            _target(rows).encode(x=x, y=y, stroke=color),
        ),
        height=210,
    )


def months_spec(first_year: int, last_year: int, kinds: list[str]) -> Spec:
    """Draw how many there were in each month, stacked by kind.

    Rows: `x` ISO time of the month's first day, `y` count, `g` kind, `o` the kind's place in the stack.

    Args:
        first_year: The first year on the axis.
        last_year: The last year on the axis.
        kinds: Keys in the order of their colours.
    """
    bars = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar(binSpacing=0.5)
        .encode(
            x=alt.X(
                "yearmonth(x):T",
                scale=_years(first_year, last_year),
                axis=_year_bands(first_year, last_year),
            ),
            y=alt.Y(
                "y:Q", stack="zero", axis=alt.Axis(title=None, tickCount=4, format=",.0f", tickMinStep=1)
            ),
            fill=alt.Fill("g:N", scale=alt.Scale(domain=kinds, range=_RANGE[: len(kinds)]), legend=None),
            order=alt.Order("o:Q"),
        )
    )
    return _finished(bars, height=200)


def strips_spec(first_year: int, last_year: int, most: int, *, has_axis: bool) -> Spec:
    """Draw how densely a portal is covered, one cell a month, darker for more articles.

    Rows: `x` ISO time of the month's first day, `y` articles.

    Args:
        first_year: The first year on the axis.
        last_year: The last year on the axis.
        most: The greatest number of articles in any cell of any portal.
        has_axis: Whether years stand below: under the last strip alone.
    """
    axis = _year_bands(first_year, last_year) if has_axis else None
    cells = (
        alt.Chart(alt.NamedData("rows"))
        .mark_rect(color=_SEA, binSpacing=1)
        .encode(
            x=alt.X("yearmonth(x):T", scale=_years(first_year, last_year), axis=axis),
            opacity=alt.Opacity("y:Q", scale=alt.Scale(domain=[0, most], range=[0.2, 1]), legend=None),
        )
    )
    return _finished(cells, height=26)


def write_script(path: Path) -> None:
    """Write the script with Vega, Vega-Lite and Vega-Embed that all pages share, wrapped to leak no names."""
    path.write_text(f"(()=>{{{_bundle()}\n}})();\n", encoding="utf-8")


@cache
def _bundle() -> str:
    """Give the bundle, which takes a second to make, once a process."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


# Altair gives its mark methods no types of their own: Any stands for a chart.
def _actual(rows: alt.Chart, **colors: Any) -> Any:  # noqa: ANN401
    chart = rows.transform_filter("datum.s === 'A'")
    return chart.mark_point(size=32, strokeWidth=1.4, filled=False, opacity=1, **colors)


def _estimate(rows: alt.Chart, **colors: Any) -> Any:  # noqa: ANN401
    chart = rows.transform_filter("datum.s === 'E'")
    return chart.mark_point(size=32, strokeWidth=1.4, opacity=1, fill=_PAPER, **colors)


def _target(rows: alt.Chart) -> Any:  # noqa: ANN401
    chart = rows.transform_filter("datum.s === 'T'")
    return chart.mark_point(size=44, strokeWidth=1.4, opacity=1, fill=_PAPER, shape="diamond")


def _years(first_year: int, last_year: int) -> alt.Scale:
    return alt.Scale(
        domain=[{"year": first_year, "month": 1, "date": 1}, {"year": last_year + 1, "month": 1, "date": 1}]
    )


def _year_bands(first_year: int, last_year: int) -> alt.Axis:
    step = max(1, (last_year - first_year) // 4)
    ticks = [{"year": year, "month": 1, "date": 1} for year in range(first_year, last_year + 1, step)]
    return alt.Axis(
        values=ticks,
        format="%Y",
        title=None,
        labelAlign="left",
        labelOffset=2,
        labelOverlap="parity",
        labelSeparation=6,
    )


def _finished(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int) -> Spec:
    spec: Spec = chart.properties(width="container", height=height).to_dict()
    spec["config"] = {
        "background": None,
        "view": {"stroke": None},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "aria": False,  # the page names charts and points itself, in the reader's language
        "axis": {
            "labelColor": _SOFT,
            "labelFontSize": 11,
            "labelPadding": 5,
            "domain": False,
            "ticks": False,
            "gridColor": _RULE,
        },
        "axisX": {
            "grid": False,
            "domain": True,
            "domainColor": _SOFT,
            "ticks": True,
            "tickColor": _SOFT,
            "tickSize": 4,
            "labelPadding": 3,
        },
    }
    return spec
