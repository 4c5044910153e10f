"""What a request may ask for: the parameters of each listing, checked before anything is done."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from warehouse.service.limits import MAX_ROWS

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_printed(value: object) -> object:
    """Let days through as ISO 8601 writes them, and no number, which would count as seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_as_printed)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,5}$")]
Identity = Annotated[str, Path(min_length=1, max_length=100, description="As listings and searches give it.")]

_AREA = Field(None, description="Code of the General Statistics Office.", examples=["305"])
_MEASURE = Field(None, description="level, plan_ratio, change_rate, share …", examples=["plan_ratio"])
_INDICATOR = Field(None, description="As /v1/indicators names it.", examples=["budget_revenue"])
_STATUS = Field(None, description="A actual, E estimate, T target.", examples=["A"])


class Form(StrEnum):
    """How rows are written."""

    json = "json"
    csv = "csv"


class Kind(StrEnum):
    """What can be found."""

    area = "area"
    article = "article"
    meeting = "meeting"
    figure = "figure"


class Level(StrEnum):
    """Of administrative units."""

    province = "province"
    district = "district"
    commune = "commune"


class Nothing(BaseModel):
    """A request that takes no parameters."""

    model_config = ConfigDict(extra="forbid")


class FormAsked(Nothing):
    """How the answer is wanted."""

    format: Form | None = Field(
        None, description="Form of the answer; else what the Accept header says, else JSON."
    )


class PageAsked(FormAsked):
    """Which rows of a listing."""

    limit: int = Field(100, ge=1, le=MAX_ROWS, description="Rows of one page.")
    offset: int = Field(0, ge=0, le=10**9, description="Rows to pass over; better follow `next`.")
    publication: str | None = Field(
        None,
        pattern=r"^[0-9]{8}T[0-9]{6}Z$",
        description="The version that the first page came from; 409 where another one is current by now.",
    )


class AreasAsked(PageAsked):
    """Of /v1/areas."""

    level: Level | None = Field(None, description="Of the unit.")
    kind: Word | None = Field(None, description="Vietnamese kind in lower case.", examples=["quận"])
    parent: Code | None = Field(None, description="Code of the unit above.", examples=["31"])
    on: Day | None = Field(None, description="Units valid on this day.", examples=["2024-06-30"])
    q: Words | None = Field(None, description="Part of the name; diacritics do not matter.")


class MeetingsAsked(PageAsked):
    """Of /v1/meetings."""

    area: Code | None = _AREA
    from_: Day | None = Field(None, alias="from", description="Held on this day or later.")
    to: Day | None = Field(None, description="Held on this day or earlier.")
    classification: Word | None = Field(None, description="Kind of meeting.", examples=["council_session"])
    person: Words | None = Field(None, description="Part of a participant's name.")
    q: Words | None = Field(None, description="Part of the name, organisation or place.")


class IndicatorsAsked(PageAsked):
    """Of /v1/indicators."""

    topic: Word | None = Field(None, description="Of the vocabulary.")
    q: Words | None = Field(None, description="Part of the key or of a label.")


class FiguresAsked(PageAsked):
    """Of figures in general."""

    area: Code | None = _AREA
    indicator: Word | None = _INDICATOR
    measure: Word | None = _MEASURE
    base: Word | None = Field(None, description="What a ratio or a change is measured against.")
    status: Word | None = _STATUS
    breakdown: Word | None = Field(None, description="Part of the whole that it is about.")
    series: Word | None = Field(None, description="A series_id.")
    from_: Day | None = Field(None, alias="from", description="Periods that end on this day or later.")
    to: Day | None = Field(None, description="Periods that begin on this day or earlier.")


class SeriesAsked(FiguresAsked):
    """Of /v1/series."""

    as_of: Day | None = Field(
        None,
        description="The series as they were known at the end of this day: rows without what was learned "
        "later (counts, revisions), with known_from and known_to.",
        examples=["2026-12-31"],
    )


class ReportsAsked(FiguresAsked):
    """Of /v1/reports."""

    point: Word | None = Field(None, description="A point_id.")
    article: Word | None = Field(None, description="An article_id.")
    portal: Word | None = Field(None, description="Short name of a portal.")
    standing: bool | None = Field(None, description="Reports that count, or those that do not.")


class ArticlesAsked(PageAsked):
    """Of /v1/articles."""

    portal: Word | None = Field(None, description="Short name of a portal.")
    area: Code | None = _AREA
    from_: Day | None = Field(None, alias="from", description="Published on this day or later.")
    to: Day | None = Field(None, description="Published on this day or earlier.")
    q: Words | None = Field(None, description="Part of the headline or lead.")
    copies: bool | None = Field(None, description="Copies of other articles, or originals.")


class ContradictionsAsked(PageAsked):
    """Of /v1/contradictions."""

    area: Code | None = _AREA
    indicator: Word | None = _INDICATOR
    measure: Word | None = _MEASURE
    status: Word | None = _STATUS


class SearchAsked(PageAsked):
    """Of /v1/search."""

    q: Words = Field(
        description="Words to find, with or without diacritics.", examples=["thu ngan sach le chan"]
    )
    kind: Kind | None = Field(None, description="One kind of thing alone.")


class StatementAsked(BaseModel):
    """The body of /v1/sql."""

    model_config = ConfigDict(extra="forbid")

    sql: str = Field(
        min_length=1,
        max_length=20_000,
        description="One SELECT; tables are named with or without `marts.`.",
        examples=["select indicator, count(*) as points from indicator_series group by all order by all"],
    )
    limit: int = Field(MAX_ROWS, ge=1, le=MAX_ROWS, description="Rows at most.")
