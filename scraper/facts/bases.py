"""What a percent or a change is measured against: plans and who gave them, periods compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAN_HEAD = (
    r"(?:chỉ tiêu kế hoạch|kế hoạch vốn|kế hoạch|kh|dự toán|dt|chỉ tiêu|mục tiêu|nq|nghị quyết|kịch "
    r"bản|tiến độ|tổng vốn|tổng kế hoạch|số vốn|"
    r"vốn(?= (?:được )?giao)|vốn kế hoạch|so kế hoạch|quy hoạch|tổng kế hoạch vốn|pháp lệnh|định mức|"
    r"yêu cầu)(?!\w)"
)
_GIVER = (
    r"(?:hđnd|hội đồng nhân dân|ubnd|trung ương|tw|tỉnh|thành phố|tp|huyện|quận|thị xã|cấp trên|bộ tài chính|"
    r"chính phủ)(?: (?!cùng|năm|bình quân|mức)[^\s;,().\d]+){0,3} giao(?! ước| dịch| quân| nhận| thông)(?!\w)"
)
"""A giver without the word for what is given: "58,4% so với tỉnh giao"."""
_PLAN = re.compile(
    r"\s*(?:của |so với |so |với |so sánh với |cả |tổng )*"
    rf"({_PLAN_HEAD}[^;,().]{{0,60}}|(?<=so với ){_GIVER}|(?<=so ){_GIVER})"
)
_OWN = re.compile(
    r"(?<!\w)(?:hđnd|hội đồng nhân dân|nq|nghị quyết|đại hội|quận|huyện|thị xã|quận ủy|huyện ủy|thị "
    r"ủy|đảng ủy|tx|xã|phường|thành ủy đề ra)(?!\w)"
)
_GIVEN = re.compile(
    r"(?<!\w)(?:giao(?!,? (?:nhận |và nhận )?quân| ước| dịch)|được giao|trên giao|phân bổ|bố trí)(?!\w)"
)
_HIGH = re.compile(
    r"(?<!\w)(?:thành phố|tp|tỉnh|trung ương|tw|bộ|chính phủ|thủ tướng|thành ủy|tỉnh ủy|cấp trên|"
    r"trên giao|quốc hội|cục|tổng cục|bhxh|catp|cấp)(?!\w)"
)
_SELF_MADE = re.compile(r"(?<!\w)(?:thành phố|tp|tỉnh|thị xã) (?:xây dựng|phấn đấu)(?!\w)")
"""A plan that a unit made for itself, whatever its tier."""
_PERIOD_PLAN = re.compile(r"(?<!\w)(?:quý|tháng|6 tháng|9 tháng|kỳ)(?!\w)")
_COUNCIL = re.compile(r"(?<!\w)(?:hđnd|hội đồng nhân dân)(?!\w)")

_COMPARE = re.compile(
    r"(?:so với|so sánh với|so|với|cùng kỳ|cùng thời điểm|cùng tháng|cùng quý|của|năm|thực hiện|kể từ|"
    r"từ)(?!\w)"
)
_COMPARISONS = (
    ("plan", re.compile(rf"(?:so với|so|với) {_PLAN_HEAD}")),
    ("none", re.compile(r"(?:so với |so |hơn |với )?(?:mức )?(?:bình quân|trung bình|mặt bằng)(?! "
        r"cùng kỳ)(?: chung)?")),
    ("same_period", re.compile(r"(?:so với |so |với |của )?(?:mức )?(?:thực hiện )?(?:bình quân "
        r")?(?:(?:quý|tháng|kỳ|\d+ tháng(?: đầu năm)?) )?cùng (?:kỳ|thời điểm|thời gian|tháng|quý|"
        r"năm|giai đoạn)")),
    ("previous_period", re.compile(r"(?:so với|so|của|với) (?:cùng kỳ )?(?:kỳ|tháng|quý|tuần|vụ|"
        r"nhiệm kỳ|đợt|ngày|giai đoạn|khóa) (?:trước|liền kề|rồi|khóa trước)|"
        r"(?:so với|so) tuần (?:thứ )?\d{1,2}|"
        r"(?:so với|so) (?:ngày )?(?!31[/-]12)\d{1,2}[/-]\d{1,2}(?![/-]?\d)|"
        r"(?:so với|so) hôm (?:qua|trước)")),
    ("start_of_period", re.compile(r"(?:kể )?từ đầu (?:năm|nhiệm kỳ)|(?:so với|so|"
    r"với)[^,;.()]{0,24}(?:cuối năm|(?<!tháng )đầu năm|"
        r"đầu nhiệm kỳ|đầu kỳ|31/12|31-12|đầu giai đoạn|thời điểm đầu|cuối nhiệm kỳ|ngày 31 tháng 12)")),
    ("previous_year", re.compile(r"(?:so với|so) (?:vụ|mùa)[^,;.()\d]{0,24}năm (?:trước|ngoái|rồi)|"
        r"(?:so với|so|của|với)?\s?(?:thực hiện |mức |kết quả |số liệu |cả "
        r")?(?:năm (?:học )?(?:trước|ngoái|rồi|liền trước))")),
)  # fmt: skip
_NAMED_YEAR = re.compile(
    r"(?:so với|so|của|với|bằng|lần|hơn)?\s?(?:ước )?(?:thực hiện |mức |kết quả |cùng kỳ |cả |thời điểm "
    r")?(?:năm )((?:19|20)\d{2})(?!\s?[-/]\s?\d)"
)
_NAMED_PART = re.compile(
    r"(?:so với|so|của|với|bằng|cả)?\s?(?:cả )?(?:(quý|tháng|\d+ tháng(?: đầu năm| đầu| cuối năm)?) "
    r"?(iv|iii|ii|i|\d{1,2})?)(?: (năm ngoái|năm trước|năm rồi)|(?:\s?[/.-]\s?|,? năm | )?((?:19|20)\d{2}))?"
)


@dataclass(frozen=True, slots=True)
class Base:
    """A base that a text prints: its name in facts.md, and where its words end."""

    name: str | None
    end: int


def read_plan(plain: str, position: int, limit: int, is_city: bool, is_commune: bool) -> Base | None:
    """Read the plan that follows a percent: "kế hoạch thành phố giao" → assigned_plan; else None.

    `limit`: where the next number begins; `is_city`: the article is about a province, whose own council is
    "HĐND thành phố"; `is_commune`: it is about a commune, to which a district gives plans.
    """
    match = _PLAN.match(plain, position, limit)
    if match is None:
        return None
    given = _GIVEN.search(match[1])
    end = match.start(1) + given.end() if given else match.end()
    return Base(plan_base(match[1], is_city, is_commune), end)


def plan_base(words: str, is_city: bool, is_commune: bool) -> str:
    """Name the kind of plan that the words of one print."""
    words = re.split(r"(?<!\w)(?:tăng|giảm|so với|và (?=tăng|bằng|giảm)|trong khi|nhờ|do)(?!\w)", words)[0]
    if re.search(r"pháp lệnh", words):
        return "annual_plan"
    if _PERIOD_PLAN.search(words) and not _GIVEN.search(words):
        return "period_plan"
    if _SELF_MADE.search(words):
        return "own_plan"
    council = _COUNCIL.search(words)
    if council:
        higher = re.search(r"(?:hđnd|hội đồng nhân dân) (?:tp|thành phố|tỉnh)", words)
        return "assigned_plan" if higher and not is_city else "own_plan"
    if re.search(r"^(?:nq|nghị quyết)(?!\w)|nghị quyết|đại hội|(?<!\w)nq(?!\w)", words):
        return "own_plan"
    if _HIGH.search(words) and not re.search(
        r"(?:quận|huyện|xã|phường) (?:giao|đề ra|xây dựng|phấn đấu)", words
    ):
        return "assigned_plan"
    if re.search(r"(?:thành phố|tp|tỉnh) (?:và|,)", words):
        return "assigned_plan"
    if _OWN.search(words):
        given = _GIVEN.search(words)
        return "assigned_plan" if given and is_commune and re.search(r"quận|huyện", words) else "own_plan"
    return "assigned_plan" if _GIVEN.search(words) else "annual_plan"


def read_comparison(
    plain: str, position: int, limit: int, period: str | None, term_start: str | None
) -> Base | None:
    """Read the comparison that stands at a position: "so với cùng kỳ năm trước" → same_period.

    `period`: the SDMX period of the number, which tells the same quarter of last year from the one before;
    `term_start`: first year of the term that the article reports on. None where no comparison stands there.
    """
    if not _COMPARE.match(plain, position):
        return None
    for name, regex in _COMPARISONS:
        if (match := regex.match(plain, position)) and match.end() <= limit + 2:
            return Base(None if name == "none" else name, match.end())
    if match := _NAMED_YEAR.match(plain, position):
        return Base(_year_base(match[1], period, term_start), match.end())
    if (match := _NAMED_PART.match(plain, position)) and plain[position : position + 2] in ("so", "củ", "vớ"):
        return Base(_part_base(match, period), match.end())
    return None


def _year_base(year: str, period: str | None, term_start: str | None) -> str:
    ends_a_term = period is not None and re.fullmatch(r"20\d[05]", period[:4]) and len(period) == 4
    if ends_a_term and period is not None and int(period) - int(year) == 5:
        return "start_of_period"  # the last year of a five-year plan beside its first
    return "start_of_period" if term_start == year else "previous_year"


def _part_base(match: re.Match[str], period: str | None) -> str:
    kind, number, year = match[1], match[2], (match[4] or match[3] or "").strip()
    if "tháng" in kind and kind != "tháng":
        return "same_period"
    if period is None:
        return "same_period" if year else "previous_period"
    if kind == "tháng" and number == "12" and period.endswith("-01"):
        return "previous_period"
    if kind == "tháng" and number == "12" and year.startswith("năm") and "-12" not in period:
        return "start_of_period"
    if kind == "tháng" and number == "12" and year.isdigit() and int(year) == int(period[:4]) - 1:
        return "start_of_period" if "-12" not in period else "same_period"
    if year.isdigit() and year == period[:4]:
        return "previous_period"
    if not year:
        return "previous_period"
    here = re.search(r"-(?:Q(\d)|(\d{2}))$", period)
    if here and number:
        same = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}.get(number, number.lstrip("0"))
        return "same_period" if same == (here[1] or here[2].lstrip("0")) else "previous_period"
    return "same_period"
