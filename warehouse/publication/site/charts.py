"""Vega-Lite specifications that all charts of the site share, and the one script that draws them offline.

A specification names its data (`rows`, `breaks`, `guides`) and parameters (`first`, `last`, `low`, `high`);
`assets/drawing.js` gives each panel its own. Time is told in years and their parts, 2025.5 for 1 July 2025.
Colours are the style sheet's variables, so that a chart turns dark with its page. No specification holds a
word to translate.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from warehouse.publication.site.wording import FLAGS

Spec = dict[str, Any]
"""A Vega-Lite specification as JSON."""

COLORS = ("sea", "accent", "leaf", "sand", "plum", "slate")
"""Names of the style sheet's colours, in the order that charts take them."""

MARKS = ("plain", "revised", "contradicted", "target")
"""What a point's shape says, in the order of `_SHAPES`."""

_SHAPES = ("circle", "square", "triangle-up", "diamond")
_PAPER, _SOFT, _RULE, _SEA = (f"var(--{name})" for name in ("paper", "ink-3", "rule", "sea"))
_BY_COLOR = alt.Scale(domain=list(COLORS), range=[f"var(--{name})" for name in COLORS])
_BY_MARK = alt.Scale(domain=list(MARKS), range=list(_SHAPES))


def all_specs() -> dict[str, Spec]:
    """Give every specification by its name.

    `course` draws points on lines over time. Rows: `x` year, `y` value, `g` the line that it lies on, `w`
    true where the line passes, `c` colour, `s` status A, E or T, `m` one of `MARKS`; `anchor` true for a
    place on the line that is no point. `guides` are dotted lines (`x`, `y`, `g`), `levels` horizontal ones
    (`y`), `breaks` years at which the territory changed.

    `months` draws counts stacked by month. Rows: `x` first day, `y` and `z` lower and upper end, `c` colour.

    `strip` draws one cell a month, darker for more. Rows: `x` first day, `y` share of the greatest, 0 to 1.

    `events` draws what happened on one line. Rows: `x` day, `c` colour, `s` A where it took place, else E.
    """
    return {"course": _course(), "months": _months(), "strip": _strip(), "events": _events()}


def write_scripts(folder: Path) -> None:
    """Write `vega.js`, which is Vega, Vega-Lite and Vega-Embed, and `charts.js`, specifications and flags."""
    (folder / "vega.js").write_text(_bundle(), encoding="utf-8")
    (folder / "charts.js").write_text(_specs(), encoding="utf-8")


@cache
def _bundle() -> str:
    """Give the bundle, which takes a second to make, once a process; wrapped, so that it leaks no names."""
    return f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}\n}})();\n"


@cache
def _specs() -> str:
    specs, flags = (
        json.dumps(said, ensure_ascii=False, separators=(",", ":")) for said in (all_specs(), FLAGS)
    )
    return f"cityledger.specs={specs};\ncityledger.flags={flags};\n"


# Altair gives its mark methods no types of their own: Any stands for a chart.
def _course() -> Spec:
    x = alt.X("x:Q", scale=_years(), axis=_year_axis())
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[_from("low"), _from("high")], nice=4, zero=False, clamp=True),
        axis=alt.Axis(title=None, tickCount=_from("height > 150 ? 4 : 3"), format=",~r"),
    )
    rows, guides = alt.Chart(alt.NamedData("rows")), alt.Chart(alt.NamedData("guides"))
    breaks, levels = alt.Chart(alt.NamedData("breaks")), alt.Chart(alt.NamedData("levels"))
    stroke = alt.Stroke("c:N", scale=_BY_COLOR, legend=None)
    points = rows.transform_filter("!datum.anchor").mark_point(size=34, strokeWidth=1.5, opacity=1)
    layers = [
        breaks.mark_rule(color=_SOFT, strokeDash=[4, 3], strokeWidth=1).encode(x=x),
        guides.mark_line(color=_SOFT, strokeWidth=1, strokeDash=[1, 3]).encode(x=x, y=y, detail="g:N"),
        levels.mark_rule(color=_SOFT, strokeWidth=1).encode(y=y),
        rows.transform_filter("datum.w")
        .mark_line(strokeWidth=1.7, strokeJoin="round")
        .encode(x=x, y=y, detail="g:N", stroke=stroke),
        points.encode(
            x=x,
            y=y,
            stroke=stroke,
            shape=alt.Shape("m:N", scale=_BY_MARK, legend=None),
            fill=_filled_where_actual(),
        ),
    ]
    return _finished(alt.layer(*layers), ("first", "last", "low", "high"), ("breaks", "guides", "levels"))


def _months() -> Spec:
    bars = (
        alt.Chart(alt.NamedData("rows"))
        .mark_bar()
        .encode(
            x=alt.X("x:Q", scale=_years(), axis=_year_axis()),
            x2=alt.X2("u:Q"),
            y=alt.Y("y:Q", stack=None, axis=alt.Axis(title=None, tickCount=4, format=",.0f", tickMinStep=1)),
            y2=alt.Y2("z:Q"),
            fill=alt.Fill("c:N", scale=_BY_COLOR, legend=None),
        )
    )
    return _finished(bars, ("first", "last"))


def _strip() -> Spec:
    cells = (
        alt.Chart(alt.NamedData("rows"))
        .mark_rect(color=_SEA)
        .encode(
            x=alt.X("x:Q", scale=_years(), axis=_year_axis()),
            x2=alt.X2("u:Q"),
            opacity=alt.Opacity("y:Q", scale=alt.Scale(domain=[0, 1], range=[0.2, 1]), legend=None),
        )
    )
    return _finished(cells, ("first", "last"))


def _events() -> Spec:
    days = (
        alt.Chart(alt.NamedData("rows"))
        .mark_point(size=46, strokeWidth=1.5, opacity=0.85)
        .encode(
            x=alt.X("x:Q", scale=_years(), axis=_year_axis()),
            stroke=alt.Stroke("c:N", scale=_BY_COLOR, legend=None),
            fill=_filled_where_actual(),
        )
    )
    breaks = alt.Chart(alt.NamedData("breaks")).mark_rule(color=_SOFT, strokeDash=[4, 3], strokeWidth=1)
    layers = alt.layer(breaks.encode(x=alt.X("x:Q", scale=_years(), axis=_year_axis())), days)
    return _finished(layers, ("first", "last"), ("breaks",))


def _filled_where_actual() -> Any:  # noqa: ANN401
    return alt.condition("datum.s === 'A'", alt.Fill("c:N", scale=_BY_COLOR, legend=None), alt.value(_PAPER))


def _from(expression: str) -> alt.ExprRef:
    return alt.ExprRef(expr=expression)


def _years() -> alt.Scale:
    return alt.Scale(domain=[_from("first"), _from("last + 1")], nice=False, zero=False)


def _year_axis() -> alt.Axis:
    """Name a year at its beginning, as many years as there is room for."""
    step = "max(1, ceil((last + 1 - first) * 44 / max(width, 1)))"
    return alt.Axis(
        values=_from(f"sequence(first, last + 1, {step})"),
        format="d",
        title=None,
        labelAlign="left",
        labelOffset=2,
    )


def _finished(chart: Any, parameters: tuple[str, ...], datasets: tuple[str, ...] = ()) -> Spec:  # noqa: ANN401
    spec: Spec = chart.properties(width="container", height=100).to_dict()
    spec["params"] = [{"name": name, "value": 0} for name in parameters]
    spec["datasets"] = {name: [] for name in ("rows", *datasets)}
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
