"""The hidden economy: every figure that the stories report comes from here, so that reports agree over time.

An indicator of an area has a yearly size, a growth that differs by year, a plan set beforehand and a course
through the months; what is printed is rounded here, and ratios and growths are computed from rounded values.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from scraper.replica.figures import Period, rounded
from scraper.replica.prose import DATA, chance

FIRST_YEAR = 2017


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator that areas report."""

    key: str
    names: tuple[str, ...]
    """How it is named in running text, lower case."""
    unit: str
    mult: int
    printed: str
    """The unit's printed form."""
    decimals: int
    size: dict[str, float]
    """Yearly amount in 2018 by profile; only these profiles report it."""
    growth: float
    topic: str
    kind: str = "flow"
    """flow: adds up over the year; rate: a percentage that moves by `growth` points a year."""
    swing: float = 0.05


def _read_series() -> tuple[Series, ...]:
    """Read `data/series.csv`; sizes are `profile=amount` joined by |."""
    with (DATA / "series.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Series(
            key=row["key"],
            names=tuple(row["names"].split("|")),
            unit=row["unit"],
            mult=int(row["mult"]),
            printed=row["printed"],
            decimals=int(row["decimals"]),
            size={name: float(size) for name, size in (part.split("=") for part in row["sizes"].split("|"))},
            growth=float(row["growth"]),
            topic=row["topic"],
            kind=row["kind"],
            swing=float(row["swing"]),
        )
        for row in rows
    )


SERIES = _read_series()
BY_KEY = {series.key: series for series in SERIES}
_SHOCK = {
    "tourist_arrivals": {2020: -0.46, 2021: -0.31, 2022: 1.05, 2023: 0.24},
    "international_tourists": {2020: -0.81, 2021: -0.72, 2022: 2.4, 2023: 2.1, 2024: 0.38},
    "tourism_revenue": {2020: -0.41, 2021: -0.28, 2022: 0.92, 2023: 0.22},
    "retail_sales": {2020: 0.03, 2021: 0.02},
    "budget_revenue": {2020: -0.02, 2021: 0.13},
    "fdi_attracted": {2021: 1.1, 2022: -0.31, 2023: 0.42},
}


@cache
def _annual(seed: int, code: str, profile: str, key: str, year: int) -> float:
    series = BY_KEY[key]
    base = series.size[profile]
    if series.kind == "rate":
        rng = chance(seed, "rate", code, key)
        start = base + rng.uniform(-1.2, 1.2) * (0.25 if key == "poverty_rate" else 1.0)
        if key == "poverty_rate":
            return max(0.06, start * math.exp(series.growth * (year - 2018) * rng.uniform(0.85, 1.15)))
        ceiling = 99.6
        return ceiling - (ceiling - start) * math.exp(
            -series.growth * (year - 2018) / (ceiling - start) * rng.uniform(0.8, 1.2)
        )
    if year <= FIRST_YEAR:
        return base * math.exp(chance(seed, "size", code, key).uniform(-0.45, 0.4))
    rng = chance(seed, "year", code, key, year)
    step = _SHOCK.get(key, {}).get(year)
    growth = (
        series.growth + rng.uniform(-series.swing, series.swing)
        if step is None
        else step + rng.uniform(-0.04, 0.04)
    )
    return _annual(seed, code, profile, key, year - 1) * (1 + growth)


@cache
def _share(seed: int, code: str, key: str, year: int, months: int) -> float:
    rng = chance(seed, "course", code, key)
    drift = rng.uniform(-0.03, 0.03) + chance(seed, "course", code, key, year).uniform(-0.015, 0.015)
    return months / 12 + drift * math.sin(math.pi * months / 12)


def value(seed: int, code: str, profile: str, key: str, period: Period) -> Decimal:
    """Return the rounded value of an indicator; a month is the difference of two running totals."""
    series = BY_KEY[key]
    if series.kind == "rate":
        here = _annual(seed, code, profile, key, period.year)
        before = _annual(seed, code, profile, key, period.year - 1)
        return rounded(before + (here - before) * period.months / 12, series.decimals)
    if period.single:
        up_to = value(seed, code, profile, key, Period(period.year, period.months))
        if period.months == 1:
            return up_to
        return up_to - value(seed, code, profile, key, Period(period.year, period.months - 1))
    annual = _annual(seed, code, profile, key, period.year)
    if series.unit == "visit":
        return rounded(annual * _share(seed, code, key, period.year, period.months) / 100, 0) * 100
    return rounded(annual * _share(seed, code, key, period.year, period.months), series.decimals)


@cache
def plan(seed: int, code: str, profile: str, key: str, year: int, own: bool = False) -> Decimal:
    """Return the year's plan: the assigned one, or (`own`) the higher one of the unit's council."""
    rng = chance(seed, "plan", code, key, year, own)
    wanted = _annual(seed, code, profile, key, year) * rng.uniform(0.9, 1.07)
    if own:
        wanted = float(plan(seed, code, profile, key, year)) * rng.uniform(1.03, 1.09)
    step = 10 ** max(0, math.floor(math.log10(max(wanted, 1))) - 2)
    return max(Decimal(round(wanted / step) * step), Decimal(1))


def ratio(part: Decimal, whole: Decimal, decimals: int = 1) -> Decimal:
    """Return part of whole in percent, rounded."""
    return rounded(part / whole * 100, decimals)
