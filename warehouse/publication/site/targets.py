"""Targets and what came: each pair of figures with the articles that say them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from warehouse.publication.site import addresses
from warehouse.publication.site.points import LONGEST_QUOTE
from warehouse.publication.site.wording import (
    Both,
    capitalised,
    percent,
    period,
    quantity,
    shortened,
    with_number_marked,
)

_WIDEST = 150
"""Percent of the target at which a bar ends."""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with its sentence."""

    value: Both
    quote: list[str]
    article: str


@dataclass(frozen=True, slots=True)
class Target:
    """What was aimed at and what came."""

    code: str
    area: str
    period: Both
    target: Said
    actual: Said | None
    is_estimate: bool
    percent: Both | None
    """What came, in percent of the target."""
    bar: float
    """The same for a bar of 150 percent, from 0 to 100."""
    territory_changed: bool
    is_over: bool
    """Whether its period was over when the newest article appeared."""


def target_of(row: tuple[Any, ...]) -> Target:
    """Make a target of a row of `queries/targets.sql`."""
    code, area, time_period, bound, printed, unit, mult, upper, article_id, quote = row[2:12]
    status, actual_printed, actual_unit, actual_mult, actual_bound, actual_upper, actual_id, actual_quote = (
        row[12:20]
    )
    target_value, actual_value, territory_changed, is_over = row[20:24]
    actual = None
    if actual_printed is not None:
        value = quantity(actual_printed, actual_unit, actual_mult, actual_bound or "exact", actual_upper)
        actual = Said(value, _marked(actual_quote, actual_printed), addresses.article(actual_id))
    ratio = _ratio(target_value, actual_value)
    return Target(
        code,
        capitalised(area),
        period(time_period),
        Said(
            quantity(printed, unit, mult, bound, upper),
            _marked(quote, printed),
            addresses.article(article_id),
        ),
        actual,
        status == "E",
        percent(round(ratio, 1)) if ratio is not None else None,
        round(float(min(ratio, Decimal(_WIDEST)) / _WIDEST * 100), 1) if ratio is not None else 0.0,
        bool(territory_changed),
        bool(is_over),
    )


def _marked(quote: str, printed: Decimal) -> list[str]:
    return with_number_marked(shortened(quote, LONGEST_QUOTE), printed)


def _ratio(target: Decimal | None, actual: Decimal | None) -> Decimal | None:
    if target is None or actual is None or target <= 0 or actual < 0:
        return None
    return actual / target * 100
