"""Words of the page in both languages, Vietnamese first."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from scraper.items import VIETNAM
from scraper.vietnamese.format import format_date, format_number, format_period, format_quantity, format_unit
from warehouse.publication.site.english import (
    english_date,
    english_number,
    english_period,
    english_quantity,
    english_time,
    english_unit,
)

Both = tuple[str, str]
"""The same in Vietnamese and in English."""

MEETING_KINDS: dict[str, Both] = {
    "party_committee": ("Hội nghị cấp ủy", "Party committee"),
    "council_session": ("Kỳ họp HĐND", "Council session"),
    "committee_meeting": ("Phiên họp UBND, giao ban", "Committee meeting"),
    "review_conference": ("Sơ kết, tổng kết", "Review conference"),
    "voter_contact": ("Tiếp xúc cử tri", "Voter contact"),
    "congress": ("Đại hội", "Congress"),
    "working_session": ("Buổi làm việc", "Working session"),
    "dialogue": ("Đối thoại", "Dialogue"),
    "seminar": ("Hội thảo", "Seminar"),
    "training": ("Tập huấn", "Training"),
    "other": ("Khác", "Other"),
}

STATUS: dict[str, Both] = {"E": ("ước tính", "estimate"), "T": ("mục tiêu", "target")}

FLAGS: dict[str, Both] = {
    **STATUS,
    "contradicted": ("các bài nói khác nhau", "reports differ"),
    "revised": ("đã được sửa", "revised"),
    "corrected": ("người đọc sổ đã chỉnh", "corrected by a person"),
    "agrees": ("bài khác cũng nói", "another report agrees"),
    "differs": ("bài khác nói", "another report differs"),
    "superseded": ("bài từng nói, nay không còn", "said before, no longer"),
    "retracted": ("bài đã bị gỡ", "article taken down"),
}
"""What a reader must know of a point, or of another report of the same."""

TOPICS: dict[str, Both] = {
    "budget": ("Ngân sách", "Budget"),
    "economy": ("Kinh tế chung", "Economy"),
    "industry": ("Công nghiệp", "Industry"),
    "trade": ("Thương mại", "Trade"),
    "investment": ("Đầu tư", "Investment"),
    "business": ("Doanh nghiệp", "Business"),
    "finance": ("Tài chính, tín dụng", "Finance"),
    "agriculture": ("Nông nghiệp, thủy sản", "Agriculture and fishery"),
    "tourism": ("Du lịch", "Tourism"),
    "transport": ("Giao thông, cảng", "Transport"),
    "urban": ("Đô thị, xây dựng", "Urban development"),
    "infrastructure": ("Hạ tầng", "Infrastructure"),
    "environment": ("Môi trường", "Environment"),
    "social": ("Xã hội, việc làm", "Social affairs"),
    "living": ("Đời sống", "Living standards"),
    "population": ("Dân số", "Population"),
    "health": ("Y tế", "Health"),
    "education": ("Giáo dục", "Education"),
    "culture": ("Văn hóa", "Culture"),
    "administration": ("Cải cách hành chính", "Administration"),
    "party": ("Xây dựng Đảng", "Party building"),
    "security": ("An ninh, trật tự", "Security"),
    "defence": ("Quốc phòng", "Defence"),
    "other": ("Khác", "Other"),
}
"""Fields of life, in the order in which they are listed."""

MEETING_STATUS: dict[str, Both] = {"tentative": ("dự kiến", "planned"), "cancelled": ("hoãn", "cancelled")}

_MEASURES: dict[str, Both] = {
    "plan_ratio": ("so với kế hoạch", "of the plan"),
    "change_rate": ("tăng, giảm", "change"),
    "change_abs": ("tăng, giảm", "change"),
    "multiple": ("so với kỳ gốc", "of the base period"),
}
_PLAN: Both = ("so với kế hoạch", "against the plan")
_BASES: dict[str, Both] = {
    "same_period": ("so với cùng kỳ", "on the year-earlier period"),
    "previous_period": ("so với kỳ trước", "on the period before"),
    "previous_year": ("so với năm trước", "on the year before"),
    "start_of_period": ("so với đầu kỳ", "since the period began"),
    "plan": _PLAN,
    "assigned_plan": _PLAN,
    "own_plan": _PLAN,
    "annual_plan": _PLAN,
}

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUARTERS = {3: "I", 6: "II", 9: "III", 12: "IV"}


def measured(label: Both, measure: str, base: str | None = None) -> Both:
    """Name an indicator together with what was measured of it, and against what where that is known."""
    more = _MEASURES.get(measure)
    if more is None:
        return label
    against = _BASES.get(base or "")
    if against and measure == "multiple":
        more = against[0], against[1].replace("on ", "of ", 1)
    elif against and measure != "plan_ratio":
        more = f"{more[0]} {against[0]}", f"{more[1]} {against[1]}"
    return f"{label[0]}, {more[0]}", f"{label[1]}, {more[1]}"


def unit_name(unit: str, mult: int) -> Both:
    """Name a unit and its power of ten: ("VND", 9) → ("tỷ đồng", "billion VND")."""
    return format_unit(unit, mult), english_unit(unit, mult)


def quantity(
    value: Decimal, unit: str, mult: int, bound: str = "exact", upper: Decimal | None = None
) -> Both:
    """Write a figure as printed, signed where it is a change, with ≈, ≥ or ≤ where the text says so."""
    sign = {"about": "≈ ", "at_least": "≥ ", "at_most": "≤ "}.get(bound, "")
    vi, en = format_quantity(value, unit, mult, upper), english_quantity(value, unit, mult, upper)
    minuses = 1 if value < 0 else 0
    return sign + vi.replace("-", "−", minuses), sign + en.replace("-", "−", minuses)


def percent(share: Decimal, decimals: int | None = None) -> Both:
    """Write a share in percent: 27.1 → ("27,1%", "27.1%")."""
    return f"{format_number(share, decimals)}%", f"{english_number(share, decimals)}%"


def period(time_period: str) -> Both:
    """Write an SDMX period in words: "2023-Q1" → "Quý I/2023", "Q1 2023"; unknown forms stay as they are."""
    return format_period(time_period), english_period(time_period)


def period_shape(kind: str, start: date, end: date) -> Both:
    """Name what comparable periods have in common: "cả năm", "6 tháng đầu năm", "quý I", "tháng 4"."""
    if kind == "year":
        return "cả năm", "full years"
    if kind == "half_year":
        return (
            ("6 tháng đầu năm", "first halves") if end.month == 6 else ("6 tháng cuối năm", "second halves")
        )
    if kind == "quarter":
        number = _QUARTERS[end.month]
        return f"quý {number}", f"quarter {number}"
    if kind == "month":
        return f"tháng {end.month}", f"month {end.month}"
    if kind == "year_to_date":
        return f"{end.month} tháng đầu năm", f"first {end.month} months"
    if kind == "term":
        return f"giai đoạn {end.year - start.year + 1} năm", f"{end.year - start.year + 1}-year stages"
    return "tại thời điểm", "at a day"


def with_number_marked(quote: str, value: Decimal) -> list[str]:
    """Split a sentence around the number that was read from it: before, number, after; or give it whole."""
    for found in _NUMBER.finditer(quote):
        if abs(value) in _readings(found[0]):
            end = found.end() + (1 if quote[found.end() : found.end() + 1] == "%" else 0)
            return [quote[: found.start()], quote[found.start() : end], quote[end:]]
    return [quote]


def _readings(token: str) -> set[Decimal]:
    """Give what a printed number can mean: dots between thousands and a decimal comma, or a decimal point."""
    forms = {token.replace(".", "").replace(",", "."), token.replace(",", "")}
    readings = set()
    for form in forms:
        try:
            readings.add(Decimal(form))
        except InvalidOperation:
            continue
    return readings


def day_of(day: date | None) -> Both | None:
    """Write a day as 11/04/2023 and 11 Apr 2023; nothing where there is none."""
    return (format_date(day), english_date(day)) if day else None


def clock(moment: datetime | None) -> Both | None:
    """Write a time in Viet Nam as 11/04/2023 08:30 and 11 Apr 2023, 08:30; nothing where there is none."""
    if moment is None:
        return None
    there = moment.astimezone(VIETNAM)
    return there.strftime("%d/%m/%Y %H:%M"), english_time(there)


def capitalised(name: str) -> str:
    """Give a name a capital at its start, the rest as it is: "quận Lê Chân" → "Quận Lê Chân"."""
    return name[:1].upper() + name[1:]


def shortened(text: str, most: int) -> str:
    """Cut a text at a word, with an ellipsis, where it is longer than `most` characters."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;.:") + " …"


def counted(count: int) -> Both:
    """Write a count as readers expect it: 1234 → ("1.234", "1,234")."""
    return format_number(count), english_number(count)


def either(words: Both) -> Both | str:
    """Give words once where they are the same in both languages: what charts are given stays light."""
    return words if words[0] != words[1] else words[0]
