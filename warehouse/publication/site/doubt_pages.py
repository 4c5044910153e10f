"""What does not agree: reports of one thing that differ, and sums and percents that do not come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from warehouse.publication.site import addresses
from warehouse.publication.site.links import Links
from warehouse.publication.site.months import Calendar, calendar_of, month_pages
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.reported import NOTHING
from warehouse.publication.site.wording import (
    STATUS,
    Both,
    capitalised,
    day_of,
    measured,
    percent,
    period,
    quantity,
    with_number_marked,
)

AUDITS: dict[str, tuple[Both, Both]] = {
    "plan_ratio": (
        ("So với kế hoạch", "Against the plan"),
        (
            "Giá trị chia cho kế hoạch của cùng bài, so với phần trăm mà bài nêu.",
            "A value over the plan of the same article, against the percent that it states.",
        ),
    ),
    "growth": (
        ("Tăng, giảm", "Growth"),
        (
            "Giá trị so với giá trị cùng kỳ năm trước, đối chiếu với mức tăng giảm mà bài nêu.",
            "A value against the one reported for the year before, held to the stated change.",
        ),
    ),
    "parts": (
        ("Tổng và thành phần", "Whole and parts"),
        (
            "Tổng của các thành phần mà bài nêu, so với con số chung.",
            "The sum of the parts that an article gives, against the whole.",
        ),
    ),
    "slices": (
        ("Tổng và phần lớn nhất", "Whole and greatest slice"),
        (
            "Con số chung không thể nhỏ hơn phần lớn nhất.",
            "The whole cannot be less than its greatest slice.",
        ),
    ),
    "direction": (
        ("Chiều tăng, giảm", "Direction"),
        (
            "Mức thay đổi theo phần trăm và theo số tuyệt đối phải cùng chiều.",
            "A change in percent and the same change in numbers go the same way.",
        ),
    ),
}
"""Each kind of check: its name and what it holds against what."""

FINDINGS: dict[str, Both] = {
    "differs": ("không khớp", "does not agree"),
    "opposite_direction": ("ngược chiều", "opposite direction"),
}
MISPRINTS: dict[str, Both] = {
    "stated": ("có thể in nhầm con số trong câu này", "the figure of this sentence may be a misprint"),
    "value": ("có thể in nhầm giá trị của kỳ này", "this period's value may be a misprint"),
    "reference": (
        "có thể in nhầm con số được dùng để so",
        "the figure that it is held against may be a misprint",
    ),
}
REASONS: dict[str, Both] = {
    "another_report": ("bài khác nêu con số khớp", "another article gives a figure that agrees"),
    "slip_of_the_pen": ("chỉ lệch một chữ số hoặc dấu", "one digit or its sign away from the right one"),
}
_LATEST = 100
"""Shown on the first page; where there are more, all of them stand by month."""


class _Contradiction(NamedTuple):
    """The columns of `contradictions.sql`, those of the two reports aside."""

    contradiction_id: str
    ref_area: str
    area_name: str
    indicator: str
    name_key: str
    label_vi: str
    label_en: str
    breakdown: str | None
    measure: str
    base: str | None
    obs_status: str
    time_period: str
    earlier_value: Decimal | None
    difference: Decimal | None
    is_same_article: bool


class _Side(NamedTuple):
    """The columns of one of the two reports."""

    article_id: str
    headline: str
    url: str
    copy: str | None
    published: date | None
    quote: str
    printed: Decimal
    unit: str
    mult: int


_LATER_DATE = len(_Contradiction._fields) + len(_Side._fields) + _Side._fields.index("published")


class _Audit(NamedTuple):
    """The columns of `audits.sql`."""

    audit_id: str
    audit: str
    finding: str
    likely_misprint: str | None
    misprint_reason: str | None
    ref_area: str
    area_name: str
    indicator: str
    name_key: str
    label_vi: str
    label_en: str
    breakdown: str | None
    measure: str
    base: str | None
    time_period: str
    stated_value: Decimal
    expected_value: Decimal | None
    expected_low: Decimal | None
    expected_high: Decimal | None
    territory_changed: bool
    obs_value: Decimal
    unit_measure: str
    unit_mult: int
    base_unit: str
    quote: str
    article_id: str
    headline: str
    url: str
    copy: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence with its article."""

    value: Both
    quote: list[str]
    headline: str
    page: str
    url: str
    copy: str | None
    day: Both | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about."""

    label: Both
    indicator: str | None
    area: str
    area_page: str | None
    period: Both
    status: Both


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two reports of one thing."""

    id: str
    subject: Subject
    earlier: Source
    later: Source
    gap: Both | None
    """By how much the later one differs, in percent of the earlier."""
    is_same_article: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """A check that failed."""

    id: str
    kind: Both
    finding: Both
    misprint: Both
    reason: Both
    subject: Subject
    stated: Both
    expected: Both
    source: Source
    territory_changed: bool


def contradiction_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page of the reports that differ and, where they are many, a list for each month."""
    question = sql("contradictions")
    calendar = _calendar(reading, "contradiction_days", addresses.contradiction_month)
    count = sum(month.count for month in calendar.months())
    context = {
        "count": count,
        "calendar": calendar if count > _LATEST else None,
        "lines": [_contradiction(row, reading.links) for row in reading.rows(question, {"most": _LATEST})],
    }
    yield Page(addresses.CONTRADICTIONS, "contradictions.html.j2", context)
    if count > _LATEST:
        yield from month_pages(
            calendar,
            reading.rows(question, {"most": count}),
            lambda row: row[_LATER_DATE],
            "contradiction_month.html.j2",
            lambda row: _contradiction(row, reading.links),
        )


def audit_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page of the arithmetic checks and, where many failed, a list for each month."""
    question = sql("audits")
    counts = reading.connection.execute(sql("audit_counts")).fetchall()
    calendar = _calendar(reading, "audit_days", addresses.audit_month)
    failed = sum(month.count for month in calendar.months())
    first = reading.rows(question, {"likely_first": True, "most": _LATEST})
    context = {
        "kinds": [(*_kind(audit), *numbers) for audit, *numbers in counts],
        "checks": sum(row[1] for row in counts),
        "failed": failed,
        "calendar": calendar if failed > _LATEST else None,
        "lines": [_audit(_Audit(*row), reading.links) for row in first],
    }
    yield Page(addresses.AUDITS, "audits.html.j2", context)
    if failed > _LATEST:
        yield from month_pages(
            calendar,
            (_Audit(*row) for row in reading.rows(question, {"likely_first": False, "most": failed})),
            lambda audit: audit.published,
            "audit_month.html.j2",
            lambda audit: _audit(audit, reading.links),
        )


def _calendar(reading: Reading, days: str, page: Callable[[str], str]) -> Calendar:
    return calendar_of((day for (day,) in reading.rows(sql(days))), page)


def _kind(audit: str) -> tuple[Both, Both]:
    return AUDITS.get(audit, ((audit, audit), NOTHING))


def _contradiction(columns: tuple[object, ...], links: Links) -> Contradiction:
    ours, sides = len(_Contradiction._fields), len(_Side._fields)
    row = _Contradiction(*columns[:ours])  # type: ignore[arg-type]
    earlier = _Side(*columns[ours : ours + sides])  # type: ignore[arg-type]
    later = _Side(*columns[ours + sides :])  # type: ignore[arg-type]
    return Contradiction(
        row.contradiction_id,
        _subject(row, row.obs_status, links),
        _side(earlier),
        _side(later),
        _gap(row.earlier_value, row.difference),
        row.is_same_article,
    )


def _subject(row: _Contradiction | _Audit, status: str, links: Links) -> Subject:
    slice_ = f" ({row.breakdown})" if row.breakdown else ""
    label = measured(
        (capitalised(row.label_vi) + slice_, capitalised(row.label_en) + slice_), row.measure, row.base
    )
    return Subject(
        label,
        links.indicator(row.indicator, row.name_key),
        capitalised(row.area_name),
        links.area(row.ref_area),
        period(row.time_period),
        STATUS.get(status, NOTHING),
    )


def _side(side: _Side) -> Source:
    return Source(
        quantity(side.printed, side.unit, side.mult),
        with_number_marked(side.quote, side.printed),
        side.headline,
        addresses.article(side.article_id),
        side.url,
        side.copy,
        day_of(side.published),
    )


def _gap(earlier: Decimal | None, difference: Decimal | None) -> Both | None:
    if not earlier or difference is None:
        return None
    share = difference / abs(earlier) * 100
    sign = "+" if share > 0 else "−"
    vi, en = percent(abs(share), 0 if abs(share) >= 100 else 1)
    return sign + vi, sign + en


def _audit(row: _Audit, links: Links) -> Audit:
    return Audit(
        row.audit_id,
        _kind(row.audit)[0],
        FINDINGS.get(row.finding, (row.finding, row.finding)),
        MISPRINTS.get(row.likely_misprint or "", NOTHING),
        REASONS.get(row.misprint_reason or "", NOTHING),
        _subject(row, "A", links),
        quantity(row.obs_value, row.unit_measure, row.unit_mult),
        _expected(row),
        Source(
            NOTHING,
            with_number_marked(row.quote, row.obs_value),
            row.headline,
            addresses.article(row.article_id),
            row.url,
            row.copy,
            day_of(row.published),
        ),
        row.territory_changed,
    )


def _expected(row: _Audit) -> Both:
    """Write what the other figures give, in the unit that the stated one is printed in."""
    scale = row.stated_value / row.obs_value if row.obs_value and row.stated_value else Decimal(1)

    def printed(value: Decimal) -> Both:
        return quantity(round(value / scale, 2), row.unit_measure, row.unit_mult)

    low, high, value = row.expected_low, row.expected_high, row.expected_value
    if low is not None and high is not None and low != high:
        (low_vi, low_en), (high_vi, high_en) = printed(low), printed(high)
        return f"{low_vi} … {high_vi}", f"{low_en} … {high_en}"
    if low is not None and high is None and value is None:
        return _after("≥", printed(low))
    if high is not None and low is None and value is None:
        return _after("≤", printed(high))
    one = low if low is not None and high is not None else value
    return printed(one) if one is not None else NOTHING


def _after(sign: str, words: Both) -> Both:
    return f"{sign} {words[0]}", f"{sign} {words[1]}"
