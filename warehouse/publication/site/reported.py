"""A reported figure as the pages of articles and meetings show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.publication.site.links import Links
from warehouse.publication.site.queries import sql
from warehouse.publication.site.wording import (
    STATUS,
    Both,
    capitalised,
    measured,
    period,
    quantity,
    with_number_marked,
)

NOTHING: Both = ("", "")
_IN_ORDER = "reports.field != 'body_text', reports.field, reports.position"
"""The text first, then what is attached."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The columns of `reported_figures.sql`, in its order."""

    article_id: str
    report_id: str
    ref_area: str
    area_name: str
    indicator: str
    name_key: str
    label_vi: str
    label_en: str
    breakdown: str | None
    measure: str
    base: str | None
    unit_measure: str
    unit_mult: int
    bound: str
    obs_value: Decimal
    obs_value_upper: Decimal | None
    obs_status: str
    time_period: str
    field: str
    quote: str
    quote_start: int
    confidence: float
    is_contradicted: bool
    is_revised: bool
    reports: int
    headline: str
    article_url: str
    archived_copy: str | None
    published_date: date | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, and the pages that it leads to."""

    number: str
    """By which it is named on its page."""
    label: Both
    indicator: str | None
    """Address of the indicator's page."""
    value: Both
    area: str
    area_page: str | None
    period: Both
    status: Both
    quote: list[str]
    """The number in it stands apart."""
    is_contradicted: bool
    is_revised: bool
    others: int
    """Other articles that report the same."""


def figure(row: Reported, number: str, links: Links) -> Figure:
    """Put a reported figure into words."""
    slice_ = f" ({row.breakdown})" if row.breakdown else ""
    label = measured(
        (capitalised(row.label_vi) + slice_, capitalised(row.label_en) + slice_), row.measure, row.base
    )
    value = quantity(row.obs_value, row.unit_measure, row.unit_mult, row.bound, row.obs_value_upper)
    return Figure(
        number,
        label,
        links.indicator(row.indicator, row.name_key),
        value,
        row.area_name,
        links.area(row.ref_area),
        period(row.time_period),
        STATUS.get(row.obs_status, NOTHING),
        with_number_marked(row.quote, row.obs_value),
        row.is_contradicted,
        row.is_revised,
        max(0, row.reports - 1),
    )


def reported_sql(condition: str) -> str:
    """Ask for the figures that a condition on `reports` chooses, in the order of articles and their texts."""
    return f"{sql('reported_figures')}where {condition}\norder by reports.article_id, {_IN_ORDER}"
