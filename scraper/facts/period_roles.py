"""What a period is named for: to compare with, to plan, to look back on as a term."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period, find_periods

REPORTING = ("months", "half", "quarter")
"""Kinds of period that a report covers and that are carried from sentence to sentence."""

_COMPARED = gated(
    r"(?:so với|so|cùng kỳ|cùng thời điểm|dự toán|kế hoạch|kh|lần|thực hiện so|với|cao hơn|thấp hơn|"
    r"chủ đề|festival|lễ hội|kỳ họp|bằng|nghị quyết"
    r"|của|sinh|giá so sánh|giá|cùng|nq|chuẩn|khóa|trước|quyết định|luật|hơn|nhiệm vụ|tết(?: nguyên "
    r"đán)?(?: \w+ \w+)?|hiến pháp|đề án|chương trình|cuộc thi|hội thi)"
    r"(?: (?:thực hiện|mức|cả|của|thời điểm|với|kỳ|giao|thường lệ))?[\s(]*$|%\s+(?:của |mức )?$"
)
_FROM_TO = gated(r"(?<!\w)(?:từ|còn|xuống|lên|là|giảm|tăng)(?: \w+){0,2} [\d.,]+\s?%\s+(?:vào )?$")
_PAST_YEAR = ("năm trước", "năm ngoái", "năm rồi")
_COMPARES_NEAR = gated(r"(?<!\w)(?:so|bằng|cùng)(?!\w)[^,;.()\d%]{0,24}$")
_OF_PLAN = gated(r"(?<!\w)(?:kế hoạch|kh|dự toán|chỉ tiêu)(?!\w)[^,;.:()\d]{0,30}(?:giao|năm|vốn) $")
_OWN_VERB = re.compile(r",? (?:ước )?(?:tăng|giảm|đạt|còn|có|xảy ra|là)(?!\w)")
"""What a bracket says of a period of its own: "so với cùng kỳ (quý I tăng 12,83%, …)"."""
_STRONG = gated(
    r"(?:so với|so|cùng kỳ|cùng thời điểm|cùng|lần|kế hoạch|dự toán|kh|bằng|hơn)(?: (?:thực hiện|mức|"
    r"cả|thời điểm))?[\s(]*$"
)
PLANNING = gated(
    r"(?:triển khai|phương hướng|nhiệm vụ trọng tâm|kế hoạch|giải pháp|chương trình)[^.;]{0,60}$"
)
_PARTY_CONGRESS = re.compile(r"đại hội (?:đại biểu )?(?:đảng bộ|lần thứ)|đảng bộ[^.]{0,80}đại hội")
_CONGRESS_MEETS = re.compile(
    r"đại hội đại biểu đảng bộ[^.\n]{0,100}nhiệm kỳ[^.\n]{0,30}"
    r"(?:khai mạc|bế mạc|diễn ra|tổ chức|tiến hành|thành công)"
    r"|(?:khai mạc|bế mạc|tổ chức|tiến hành)[^.\n]{0,20} đại hội đại biểu đảng bộ[^.\n]{0,60}nhiệm kỳ"
)
_ONE_TERM = re.compile(r"(?<!\w)(?:một nhiệm kỳ|nhiệm kỳ qua|nhiệm kỳ đại hội)(?!\w)")


_FUNDS = re.compile(r" (?:kéo dài|chuyển (?:nguồn|sang|tiếp)|ứng trước)(?!\w)")
_KEPT_FROM = gated(r"(?:kéo dài|chuyển nguồn|chuyển tiếp|chuyển)(?: từ| của)* $")
_TERM_OF_NAME = gated(
    r"(?<!\w)(?:nghị quyết|nq|chương trình|đề án)[^,;.()\d]{0,60}(?:lần thứ [ivxl\d]+,? |khóa [ivxl\d]+,? )?$"
)
"""What a term only names: "Nghị quyết Đại hội Đảng bộ phường nhiệm kỳ 2025-2030"."""


def compares(plain: str, period: Period) -> bool:
    """Tell whether a period is only what something is compared with, or part of a name: "so với năm 2018"."""
    before = plain[max(0, period.start - 30) : period.start]
    if before.endswith("(") and _OWN_VERB.match(plain, period.end):
        return False
    if period.kind in ("year", "month", "season", "school_year", "term", "day"):
        if period.kind == "year" and _OF_PLAN.search(plain, max(0, period.start - 60), period.start):
            return True
        if period.kind == "year" and (_KEPT_FROM.search(before) or _FUNDS.match(plain, period.end)):
            return True
        if period.kind == "term" and _TERM_OF_NAME.search(plain, max(0, period.start - 100), period.start):
            return True
        if "%" in before and _FROM_TO.search(before):
            return False
        if plain.startswith(_PAST_YEAR, period.start) and _COMPARES_NEAR.search(before):
            return True
        compared = _COMPARED.search(plain, max(0, period.start - 30), period.start)
        return compared is not None and not before.endswith("nhiệm vụ ")
    return _STRONG.search(plain, max(0, period.start - 30), period.start) is not None


def is_planned(text: str, period: Period) -> bool:
    """Tell whether a period of a levelled text is named for what is to be done in it."""
    return PLANNING.search(text, max(0, period.start - 70), period.start) is not None


def period_before(period: Period) -> str | None:
    """Give the period of the same length before one: the first half before "6 tháng cuối năm"."""
    time_period = period.time_period
    year = int(time_period[:4])
    if period.kind == "year":
        return str(year - 1)
    if match := re.fullmatch(r"\d{4}-([SQ])(\d)", time_period):
        last = {"S": 2, "Q": 4}[match[1]]
        number = int(match[2])
        return f"{year}-{match[1]}{number - 1}" if number > 1 else f"{year - 1}" if last == 4 else None
    if period.kind == "month":
        month = int(time_period[5:7])
        return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}"
    return None


def congress_term(lead: str, headline: str, periods: Sequence[Period], published: date) -> str | None:
    """Give the term that a party congress looks back on, where it meets for the next one.

    `lead` and `headline` are levelled; `periods` are those of the whole text.
    """
    is_titled = "đại hội" in headline or "nhiệm kỳ" in headline
    meets = is_titled and _PARTY_CONGRESS.search(f"{headline}\n{lead}")
    if not meets and not _CONGRESS_MEETS.search(lead) and not _ONE_TERM.search(headline):
        return None
    terms = [p.time_period for p in (*periods, *find_periods(headline, published)) if p.kind == "term"]
    year = published.year
    if any(term.endswith(f"/{year}") for term in terms):
        return next(term for term in terms if term.endswith(f"/{year}"))
    starts = any(term.startswith(f"{year}/") for term in terms) or (not terms and year % 5 == 0)
    return f"{year - 5}/{year}" if starts else None
