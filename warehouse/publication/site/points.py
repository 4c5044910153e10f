"""Points of the series, each with its sentence, its article and what else was reported of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse.publication.site.drawing import Drawing, Row
from warehouse.publication.site.wording import (
    Both,
    capitalised,
    either,
    measured,
    period,
    quantity,
    shortened,
    with_number_marked,
)

LONGEST_QUOTE = 220


@dataclass(frozen=True, slots=True)
class Point:
    """A point of `indicator_series` with the report that gave its value: a row of `queries/points.sql`."""

    ref_area: str
    area: str
    territory: str
    indicator: str
    name_key: str
    label_vi: str
    label_en: str
    measure: str
    base: str | None
    unit: str
    status: str
    time_period: str
    kind: str
    start: date
    end: date
    is_year_to_date: bool
    value: Decimal
    printed: Decimal
    printed_unit: str
    printed_mult: int
    bound: str
    upper: Decimal | None
    is_revised: bool
    is_contradicted: bool
    is_corrected: bool
    quote: str
    article_id: str
    headline: str
    url: str
    day: date | None
    copy: str | None
    others: list[dict[str, Any]] | None

    @property
    def name(self) -> Both:
        """What the figure is of."""
        return measured((self.label_vi, self.label_en), self.measure, self.base)

    @property
    def printed_value(self) -> Both:
        """The figure as readers of both languages write it."""
        return quantity(self.printed, self.printed_unit, self.printed_mult, self.bound, self.upper)

    @property
    def mark(self) -> str:
        """Its shape, one of `charts.MARKS`."""
        if self.is_contradicted:
            return "contradicted"
        if self.status == "T":
            return "target"
        return "revised" if self.is_revised else "plain"

    @property
    def flags(self) -> list[str]:
        """What a reader must know of it, keys of `wording.FLAGS`."""
        said = (
            (self.status, self.status in {"E", "T"}),
            ("contradicted", self.is_contradicted),
            ("revised", self.is_revised),
            ("corrected", self.is_corrected),
        )
        return [flag for flag, holds in said if holds]

    def row(self, drawing: Drawing, y: float, group: str, color: str = "sea") -> Row:
        """Give the point as the charts take it, at the last day of its period.

        Args:
            drawing: Keeps the article.
            y: Where it stands on the axis.
            group: The line that it lies on.
            color: One of `charts.COLORS`.
        """
        row: Row = {
            "x": year_of(self.end),
            "y": y,
            "g": group,
            "c": color,
            "s": self.status,
            "v": either(self.printed_value),
            "a": capitalised(self.area),
            "p": period(self.time_period),
            "q": with_number_marked(shortened(self.quote, LONGEST_QUOTE), self.printed),
            "r": drawing.article(self.article_id, self.headline, self.url, self.day, self.copy),
        }
        if self.mark != "plain":
            row["m"] = self.mark
        if flags := self.flags:
            row["k"] = flags
        if self.others:
            row["o"] = [_other(drawing, one) for one in self.others]
        return row


def year_of(day: date) -> float:
    """Give a day as a year and its part: 1 July 2025 is 2025.5."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 4)


def _other(drawing: Drawing, said: dict[str, Any]) -> Row:
    return {
        "v": either(quantity(said["printed"], said["unit"], said["mult"], said["bound"], said["upper"])),
        "q": with_number_marked(shortened(said["quote"], LONGEST_QUOTE), said["printed"]),
        "k": [said["flag"]],
        "r": drawing.article(
            said["article_id"],
            said["headline"],
            said["article_url"],
            said["published_date"],
            said["archived_copy"],
        ),
    }
