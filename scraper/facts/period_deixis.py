"""All periods that a text speaks of: named ones, and what "trong tháng", "quý này", "lũy kế" stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scraper.facts.period_marks import beside, merge_bracketed, past_and_next, seasons_dated
from scraper.facts.period_roles import REPORTING
from scraper.facts.reporting import ReportingPeriod
from scraper.vietnamese.gates import Gated, gated
from scraper.vietnamese.periods import Period, find_periods, month_end, months_from_january, period_bounds
from scraper.vietnamese.scanning import Led

WHOLE_TERM = re.compile(
    r"(?<!\w)(?:toàn|cả|trong|suốt|qua|hết|đầu|trong cả) nhiệm kỳ(?! \d)|nhiệm kỳ (?:qua|vừa qua|này|"
    r"mới)(?!\w)"
)
_SINCE_TERM = gated(
    r"(?<!\w)(?<!với )(?<!so )(?:(?:kể |tính )?từ đầu nhiệm kỳ(?: (?:đến|tới) nay)?|"
    r"(?:(?:qua|sau|trong) )?(?:hơn )?nửa (?:đầu )?nhiệm kỳ(?: qua)?)(?! \d)(?!\w)"
)
"""A term that no words date."""
_COUNCIL = re.compile(r"[^.;\n]{0,60}(?:hđnd|hội đồng nhân dân)")
_FIVE_YEARS = re.compile(r"(?:(?:sau|qua|trong) )?(?:5|năm) năm qua")
_TODAY = gated(r"(?<!\w)(?:hôm nay|sáng nay|chiều nay|tối nay)(?!\w)")
_THIS_MONTH = gated(
    r"(?<!\w)(?:từ đầu tháng|trong tháng này|(?:trong )?tháng qua|tháng này|trong tháng|"
    r"tại thời điểm báo cáo)(?! (?:0?[1-9]|1[0-2])(?!\d|[.,]\d{3}(?!\d)|,\d))(?!\w)"
)
_THIS_QUARTER = gated(r"(?<!\w)(?:trong quý|quý này)(?! (?:[iv\d]))(?!\w)")
_THIS_PERIOD = gated(r"(?<!\w)(?:trong kỳ|kỳ này|kỳ báo cáo)(?!\w)")
_SINCE_JANUARY = gated(
    r"(?<!\w)(?<!với )(?<!so )(?:(?:lũy kế|cộng dồn|tính chung|tính) )*(?:kể )?từ đầu năm(?: \d{4})?"
    r"(?: (?:đến|tới) (?:nay|thời điểm này|hết tháng))?(?! (?:học|đến|tới|\d))(?!\w)"
)
_SUMMED_UP = gated(
    r"(?<!\w)(?:lũy kế|cộng dồn|tính chung)(?! (?:\d{1,2} tháng|từ|đến|tới|tính|tháng|cả|quý|năm|hết|"
    r"trong|nửa|sáu|ba|chín))"
    r"(?!\w)"
)
_CLOCK = Led(
    r"(?<!\w)(?<!giờ )(?<!giờ \d\d )(?:tính )?(?:đến|tới) \d{1,2} ?(?:giờ|h)(?: ?\d{1,2})?(?: cùng ngày)?"
    r"(?! ?(?:ngày|sáng|chiều|tối|đêm|trưa|hôm|\d|\w*/))(?!\w)"
)
_FEW_DAYS = 5
_CONGRESSES = 8
"""The month until which a fifth year still belongs to the term before."""
_NEAR = 1500
"""How far back a month may stand that "lũy kế" sums up to."""


@dataclass(frozen=True, slots=True)
class NamedPeriods:
    """The periods that a text names, in order, and its terms."""

    periods: list[Period]
    past_term: str | None
    """The term that the article reports on."""
    next_term: str | None
    """The term that it plans for."""


def name_periods(plain: str, published: date) -> NamedPeriods:
    """Find the periods that a levelled text names, and the terms that it looks back on and plans."""
    found = merge_bracketed(find_periods(plain, published), plain)
    terms = [p.time_period for p in found if p.kind == "term" and "20" in plain[p.start : p.end]]
    past, coming = past_and_next(terms, published)
    extra = [Period(m.start(), m.end(), published.isoformat(), "as_of") for m in _TODAY.finditer(plain)]
    extra += [
        Period(m.start(), m.end(), _day_before(found, m.start(), published), "as_of")
        for m in _CLOCK.finditer(plain)
    ]
    if past:
        found = [replace(p, time_period=past) if _FIVE_YEARS.match(plain, p.start) else p for p in found]
        extra += [Period(m.start(), m.end(), past, "term") for m in WHOLE_TERM.finditer(plain)]
    else:
        extra += [
            Period(m.start(), m.end(), _running_term(plain, m.start(), published), "term")
            for m in _SINCE_TERM.finditer(plain)
        ]
    return NamedPeriods(beside(seasons_dated(found, plain), extra), past, coming)


def _running_term(plain: str, start: int, published: date) -> str:
    """Give the term that runs on a day: of the Party since the congresses in the summer of a fifth year, of a
    council since the elections a year later.
    """
    begins = 1 if _COUNCIL.match(plain, start) else 0
    year = published.year - begins
    first = year - year % 5
    if year == first and published.month <= _CONGRESSES:
        first -= 5
    return f"{first + begins}/{first + begins + 5}"


def _day_before(found: Sequence[Period], position: int, published: date) -> str:
    """Give the day that an hour of the day is of: the last one named before it, else that of publication."""
    days = (p.time_period for p in reversed(found) if p.start < position and p.kind in ("day", "as_of"))
    last = next(days, published.isoformat())
    return last if 0 <= (published - date.fromisoformat(last)).days <= _FEW_DAYS else published.isoformat()


def resolve_deixis(plain: str, named: Sequence[Period], reporting: ReportingPeriod) -> list[Period]:
    """Add what "trong tháng", "quý này", "trong kỳ", "lũy kế" mean by what the article reports on."""
    month, default = reporting.month, reporting.time_period
    quarter = default if "-Q" in default else f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"
    extra = [
        Period(m.start(), m.end(), time_period, kind)
        for regex, time_period, kind in (
            *_year_to_date(reporting),
            (_THIS_MONTH, month, "month"),
            (_THIS_QUARTER, quarter, "quarter"),
            (_THIS_PERIOD, default, reporting.kind),
        )
        for m in regex.finditer(plain)
    ]
    known = beside(named, extra)
    return beside(known, list(_sums(plain, known, reporting)))


def _year_to_date(reporting: ReportingPeriod) -> Iterator[tuple[Gated, str, str]]:
    """Give the months that "từ đầu năm đến nay" means: up to what the article reports on."""
    first, last = period_bounds(reporting.time_period)
    if reporting.kind in REPORTING and (first.month, first.day) == (1, 1):
        yield _SINCE_JANUARY, reporting.time_period, "months"
    elif reporting.kind in REPORTING and first.day == 1 and first.year == last.year:
        yield _SINCE_JANUARY, months_from_january(last.year, last.month), "months"
    elif reporting.kind in ("month", "span") or _is_month_end(reporting):
        last = period_bounds(reporting.time_period)[1]
        yield _SINCE_JANUARY, months_from_january(last.year, last.month), "months"


def _is_month_end(reporting: ReportingPeriod) -> bool:
    if reporting.kind != "as_of":
        return False
    last = period_bounds(reporting.time_period)[1]
    return last == month_end(last.year, last.month)


def _sums(plain: str, known: Sequence[Period], reporting: ReportingPeriod) -> Iterator[Period]:
    """Read "lũy kế" without a period as the months up to the one spoken of before it, else reported on."""
    starts = [period.start for period in known]
    for match in _SUMMED_UP.finditer(plain):
        first = max(0, match.start() - _NEAR)
        first = max(first, plain.rfind("\n", first, match.start()))
        near = known[bisect_left(starts, first) : bisect_left(starts, match.start())]
        before = [p.time_period for p in near if p.kind == "month"]
        if not before and reporting.kind == "month":
            before = [reporting.month]
        if before:
            year, month = before[-1].split("-")
            yield Period(match.start(), match.end(), months_from_january(int(year), int(month)), "months")
