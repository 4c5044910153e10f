"""Periods that Vietnamese prose names, as SDMX time periods, resolved against the date of publication.

"quý I/2023" → 2023-Q1, "9 tháng đầu năm" → …-01-01/P9M, "đến hết tháng 10" → …/P10M, "đến 20/11" → the day,
"nhiệm kỳ 2020-2025" → 2020/2025, "năm học 2021-2022" → 2021/2022, "từ 1/7 đến 28/7" → 2025-07-01/P28D.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from scraper.vietnamese.numbers import parse_words
from scraper.vietnamese.scanning import Scanner

_YEAR = r"(?:19|20)\d{2}"
_OF_YEAR = (
    rf"(?:\s?[/.-]\s?({_YEAR})|,? (?:của )?năm ({_YEAR})| ({_YEAR})(?![\d.,%])| (năm nay|năm "
    rf"ngoái|năm trước))?"
)
_COUNT = r"(\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười)"
_DAY = rf"(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})(?:\s?[/.-]\s?({_YEAR}))?(?![\d%]|[.,]\d)"
_CLOCK = r"(?:(?:\d{1,2} ?(?:giờ|h)(?: ?\d{1,2})?,? )(?:sáng |chiều |tối )?)?(?:ngày )?"
_TO = r"(?:tính đến|đến nay là|tới|đến|tính tới|hết|kết thúc|tại thời điểm|thời điểm|tính tại)"
_END = r"(?:hết |cuối |đầu |trước )?"
_MANY = "".join(
    rf"(?<!{word} )" for word in ("\\d", "những", "nhiều", "các", "mấy", "vài", "hai", "ba", "bốn")
)
"""Not behind a word of several: "những năm qua" and "5 năm qua" are no single year."""
_REFORM = date(2025, 7, 1)
"""The day from which provinces and communes alone govern (Resolution 202/2025/QH15)."""
_MONTH_WORDS = {"hai": 2, "ba": 3, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
                "mười một": 11, "mười hai": 12}  # fmt: skip


@dataclass(slots=True, unsafe_hash=True)
class Period:
    """A period named in a text: `text[start:end]`, its SDMX form, and how it is named."""

    start: int
    end: int
    time_period: str
    kind: str
    """year, half, quarter, months, month, day, as_of, deadline, span, term, school_year, season."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    leads: str
    """The words that it can begin with (`scanning`)."""
    regex: re.Pattern[str]
    read: Callable[[re.Match[str], date], str | None]


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_from_january(year: int, count: int) -> str:
    """Give the period of the first months of a year: 3, 6 and 12 are the quarter, the half, the year."""
    if count in (3, 6, 12):
        return {3: f"{year}-Q1", 6: f"{year}-S1", 12: f"{year}"}[count]
    return f"{year}-01-01/P{count}M"


@lru_cache(maxsize=1024)
def period_bounds(time_period: str) -> tuple[date, date]:
    """Give the first and the last day of an SDMX time period.

    Raises ValueError where the text is none of the forms that facts.md §4 lists.
    """
    if match := re.fullmatch(r"(\d{4})/(\d{4})", time_period):
        return date(int(match[1]), 1, 1), date(int(match[2]), 12, 31)
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})/P(\d+)([DWMY])", time_period):
        first, count = date.fromisoformat(match[1]), int(match[2])
        if match[3] in "DW":
            return first, first + timedelta(days=count * (7 if match[3] == "W" else 1) - 1)
        months = first.year * 12 + first.month - 1 + count * (12 if match[3] == "Y" else 1)
        after = date(
            months // 12,
            months % 12 + 1,
            min(first.day, calendar.monthrange(months // 12, months % 12 + 1)[1]),
        )
        return first, after - timedelta(days=1)
    if match := re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|S([12])|(\d{2})(?:-(\d{2}))?))?", time_period):
        year = int(match[1])
        if match[5]:
            return date(year, int(match[4]), int(match[5])), date(year, int(match[4]), int(match[5]))
        if match[4]:
            return date(year, int(match[4]), 1), month_end(year, int(match[4]))
        if match[2]:
            return date(year, int(match[2]) * 3 - 2, 1), month_end(year, int(match[2]) * 3)
        if match[3]:
            return date(year, int(match[3]) * 6 - 5, 1), month_end(year, int(match[3]) * 6)
        return date(year, 1, 1), date(year, 12, 31)
    raise ValueError(f"no time period: {time_period!r}")


@lru_cache(maxsize=1024)
def shift_years(time_period: str, years: int) -> str:
    """Give the same period of another year: ("2020-S1", -1) → "2019-S1"."""
    return re.sub(r"\d{4}(?=-|/|$)", lambda match: str(int(match[0]) + years), time_period)


def span(first: date, last: date) -> str:
    """Give the period from one day to another, both counted: whole months as months, else days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends_month = last == month_end(last.year, last.month)
    if first.day == 1 and ends_month:
        if first.month == 1 and first.year == last.year:
            return months_from_january(first.year, months + 1)
        return f"{first.isoformat()}/P{months + 1}M"
    if last.day == first.day - 1 and months > 0:
        return f"{first.isoformat()}/P{months}M"
    if first.day == 1 and last.month != first.month and last.day >= 30:
        return f"{first.isoformat()}/P{months + 1}M"
    return f"{first.isoformat()}/P{(last - first).days + 1}D"


def resolve_day(day: int, month: int, year: int | None, published: date, future: bool = False) -> date | None:
    """Give the date of a day and month; without a year, the latest not after publication."""
    for candidate in [year] if year else [published.year + 1, published.year, published.year - 1]:
        try:
            found = date(candidate, month, day)
        except ValueError:
            return None
        if year or found <= published or (future and candidate == published.year):
            return found
    return None


def _year(match: re.Match[str], first: int, published: date) -> int | None:
    for group in range(first, first + 3):
        if match[group]:
            return int(match[group])
    named = match[first + 3]
    if named:
        return published.year - (0 if named == "năm nay" else 1)
    return None


def _count(text: str) -> int:
    return int(text) if text.isdigit() else (parse_words(text) or 0)


def _quarter(match: re.Match[str], published: date) -> str | None:
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match[1]) or (
        int(match[1]) if match[1].isdigit() else 0
    )
    if not 1 <= number <= 4:
        return None
    year = _year(match, 2, published)
    if year is None:
        # an unnamed quarter is this year's: unless it lies far ahead, as "quý IV" told in January
        year = published.year - (1 if number * 3 - 2 > published.month + 4 else 0)
    return f"{year}-Q{number}"


def _months(match: re.Match[str], published: date) -> str | None:
    count, which = _count(match[1]), match[2] or ""
    if not 1 <= count <= 12 or (count == 1 and not which):
        return None
    year = _year(match, 3, published)
    if "cuối" in which or "còn lại" in which:
        if year is None:
            year = published.year - (1 if published.month < 4 and "còn" not in which else 0)
        if count in (3, 6):
            return f"{year}-{'Q4' if count == 3 else 'S2'}"
        return f"{year}-{13 - count:02d}-01/P{count}M"
    if year is None:
        year = published.year if published.month >= count or count <= 1 else published.year - 1
        if count == 12 or (published.month < 3 and count > 3):
            year = published.year - (1 if published.month < 6 else 0)
    return months_from_january(year, count)


def _month(match: re.Match[str], published: date) -> str | None:
    month = int(match[1])
    if not 1 <= month <= 12:
        return None
    year = _year(match, 2, published)
    if year is None:
        year = published.year - (1 if month > published.month + 3 else 0)
    return f"{year}-{month:02d}"


def _month_in_words(match: re.Match[str], published: date) -> str:
    month = _MONTH_WORDS[match[1]]
    year = _year(match, 2, published) or published.year - (1 if month > published.month + 3 else 0)
    return f"{year}-{month:02d}"


def _to_quarter(match: re.Match[str], published: date) -> str | None:
    quarter = _quarter(match, published)
    return months_from_january(int(quarter[:4]), 3 * int(quarter[-1])) if quarter else None


def _january(match: re.Match[str], published: date) -> str:
    return f"{match[1] or published.year}-01"


def _to_month(match: re.Match[str], published: date) -> str | None:
    month = _month(match, published)
    return months_from_january(int(month[:4]), int(month[5:])) if month else None


def _as_of(match: re.Match[str], published: date) -> str | None:
    year = int(match[3]) if match[3] else None
    found = resolve_day(int(match[1]), int(match[2]), year, published, future=True)
    return found.isoformat() if found else None


def _deadline(match: re.Match[str], published: date) -> str | None:
    year = int(match[3]) if match[3] else None
    found = resolve_day(int(match[1]), int(match[2]), year or published.year, published)
    if found and not year and found < published:
        found = resolve_day(found.day, found.month, published.year + 1, published)
    return found.isoformat() if found else None


def _as_of_long(match: re.Match[str], published: date) -> str | None:
    year = int(match[3]) if match[3] else None
    found = resolve_day(int(match[1]), int(match[2]), year, published)
    return found.isoformat() if found else None


def _until_now(match: re.Match[str], published: date) -> str:
    return published.isoformat()


def _since_reform(match: re.Match[str], published: date) -> str | None:
    """Read "sau 2 tháng vận hành chính quyền hai cấp": the months since the districts ended."""
    count = _count(match[1])
    months = (published.year - _REFORM.year) * 12 + published.month - _REFORM.month
    near = -1 <= months - count <= 1
    return f"{_REFORM.isoformat()}/P{count}M" if near and 1 <= count <= 12 else None


def _past_years(match: re.Match[str], published: date) -> str | None:
    count = _count(match[1] or match[2])
    if count == 5 and published.year % 5 == 0:
        return f"{published.year - 5}/{published.year}"
    return f"{published.year - count + 1}/{published.year}" if 2 <= count <= 6 else None


def _span_of_days(match: re.Match[str], published: date) -> str | None:
    end_year = int(match[6]) if match[6] else None
    last = resolve_day(int(match[4]), int(match[5]), end_year, published, future=True)
    if last is None:
        return None
    first = resolve_day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None, last)
    return span(first, last) if first and first <= last else None


def _days_of_month(match: re.Match[str], published: date) -> str | None:
    last = resolve_day(int(match[2]), int(match[3]), None, published, future=True)
    if last is None or not 1 <= int(match[1]) < last.day:
        return None
    return span(last.replace(day=int(match[1])), last)


def _span_of_months(match: re.Match[str], published: date) -> str | None:
    year = _year(match, 3, published) or published.year
    first, last = int(match[1]), int(match[2])
    if not 1 <= first < last <= 12:
        return None
    return span(date(year, first, 1), month_end(year, last))


def _span_to_month(match: re.Match[str], published: date) -> str | None:
    month = int(match[4])
    if not 1 <= month <= 12:
        return None
    year = _year(match, 5, published) or published.year - (1 if month > published.month else 0)
    last = month_end(year, month)
    first = resolve_day(int(match[1]), int(match[2]), int(match[3]) if match[3] else None, last)
    return span(first, last) if first else None


def _term(match: re.Match[str], _: date) -> str | None:
    first, last = int(match[1]), int(match[2])
    return f"{first}/{last}" if first < last else None


def _half(match: re.Match[str], published: date) -> str | None:
    year = _year(match, 2, published)
    second = match[1] in ("cuối", "2", "ii", "hai")
    if year is None:
        year = published.year - (1 if second and published.month < 3 else 0)
    return f"{year}-S{2 if second else 1}"


def _words_of_year(match: re.Match[str], published: date) -> str | None:
    words = match[1]
    if "trước" in words or "ngoái" in words or "vừa qua" in words:
        return str(published.year - 1)
    if "sau" in words or "tới" in words:
        return str(published.year + 1)
    if words in ("cả năm", "hết năm", "cuối năm", "trong năm") and published.month <= 2:
        return str(published.year - 1)
    if words == "năm qua":
        return str(published.year - (1 if published.month < 7 else 0))
    return str(published.year)


def _season(match: re.Match[str], published: date) -> str | None:
    if match[1] and match[2]:
        return f"{match[1]}/{match[2]}"
    return match[3] or str(published.year)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w/])(?:" + pattern + ")")


_SEASON = (
    r"(?:vụ )(?:lúa )?(?:đông xuân|hè thu|thu đông|mùa|chiêm xuân|xuân|đông|chiêm|hè)(?: - mùa|"
    r" - hè| sớm| muộn)?(?!\w)"
)
_PATTERNS = (
    _Pattern("span", "sau qua", _re(rf"(?:sau|qua) (?:hơn |gần |tròn )?{_COUNT} tháng (?:chính thức )?"
        r"(?:đi vào )?(?:vận hành|hoạt động|triển khai|thực hiện|tổ chức)"
        r"(?=[^.;:%]{0,70}(?<!\w)(?:(?:2|hai) cấp|sáp nhập|sắp xếp)(?!\w))"), _since_reform),
    _Pattern("term", "sau qua trong # hai ba bốn năm",
        _re(rf"(?:(?:sau|qua|trong) {_COUNT} năm (?=thực hiện|xây dựng|triển khai)"
            rf"|(?:(?:sau|qua|trong) )?{_COUNT} năm (?=qua(?!\w)|vừa qua))"), _past_years),
    _Pattern("school_year", "năm", _re(rf"năm học ({_YEAR})\s?[-/]\s?({_YEAR})"), _term),
    _Pattern("season", "vụ", _re(rf"{_SEASON}(?:(?: năm)? ({_YEAR})\s?[-/]\s?({_YEAR})|(?: năm)? "
        rf"({_YEAR}))?"), _season),
    _Pattern("term", "nhiệm giai thời trong từ các qua năm #", _re(rf"(?:nhiệm kỳ|giai đoạn|thời kỳ|trong|"
    rf"từ|các|qua|\d năm)? ?(?:năm "
        rf")?\(?({_YEAR})\s?[-/]\s?({_YEAR})(?!\d)"), _term),
    _Pattern("as_of", "kể từ",
        _re(rf"(?:kể )?từ {_CLOCK}{_DAY} (?:đến|tới|cho đến) (?:nay|hôm nay)"), _until_now),
    _Pattern("span", "kể từ ngày #", _re(rf"(?:kể )?(?:từ )?{_CLOCK}{_DAY}\s?(?:đến|-|tới) {{0,1}}(?:hết "
        rf")?{_CLOCK}{_DAY}"), _span_of_days),
    _Pattern("span", "từ ngày #", _re(r"(?:từ )?(?:ngày )?(\d{1,2})\s?(?:-|"
        r"đến|tới)\s?(?:ngày )?(\d{1,2})\s?/\s?(\d{1,2})(?![\d/])"), _days_of_month),
    _Pattern("span", "từ", _re(r"từ (?:ngày )?(\d{1,2}) (?:đến|tới) (?:ngày )?(\d{1,2})\s?[.-]\s?"
        r"(\d{1,2})(?![\d/%]|[.,-]\d)"), _days_of_month),
    _Pattern("span", "từ tháng",
        _re(rf"(?:từ )?tháng (\d{{1,2}})\s?(?:-|đến)\s?(?:hết )?(?:tháng )?(\d{{1,2}}){_OF_YEAR}"
            rf"(?![\d/.,%])"), _span_of_months),
    _Pattern("span", "từ ngày",
        _re(rf"(?:từ )?ngày {_DAY} (?:đến|tới) (?:hết |cuối )?tháng (\d{{1,2}}){_OF_YEAR}"), _span_to_month),
    _Pattern("as_of", "từ đầu tính đến tới hết kết tại thời", _re(rf"(?:từ )?(?:đầu năm )?{_TO} "
    rf"{_END}{_CLOCK}{_DAY}"), _as_of),
    _Pattern("as_of", "từ đầu tính đến tới hết kết tại thời", _re(rf"(?:từ đầu năm )?{_TO} "
    rf"{_END}{_CLOCK}(\d{{1,2}}) tháng (\d{{1,2}})(?: "
        rf"năm ({_YEAR}))?"), _as_of_long),
    _Pattern("deadline", "trước chậm muộn", _re(rf"(?:trước|(?:chậm|muộn) nhất(?: là)?(?: đến| trước)?) "
    rf"(?:ngày )?{_DAY}"), _deadline),
    _Pattern("day", "ngày sáng chiều tối trưa đêm rạng mùng", _re(r"(?:(?:ngày|sáng|chiều|tối|trưa|đêm|"
    r"rạng sáng|mùng) )+(?:\d{1,2}(?:, ?| và | - |"
    r"-| đến ))*"
        rf"(\d{{1,2}}) tháng (\d{{1,2}})(?:(?: năm |/)({_YEAR}))?"), _as_of_long),
    _Pattern("day", "#", _re(rf"(\d{{1,2}}) tháng (\d{{1,2}}) năm ({_YEAR})"), _as_of_long),
    _Pattern("day", "ngày sáng chiều tối trưa đêm rạng", _re(rf"(?:ngày |sáng |chiều |tối |trưa |đêm |"
    rf"rạng sáng )(?:ngày )?{_DAY}"), _as_of),
    _Pattern("months", "# một hai ba bốn năm sáu bảy tám chín mười", _re(rf"(?<!sau ){_COUNT} tháng( đầu năm|"
    rf" cuối năm| còn lại(?: của năm| năm)?| đầu| "
        rf"cuối| qua| đã qua)?{_OF_YEAR}(?! tuổi| liên tiếp| liên tục| liền|\s?/\s?lần| trở lên| "
        rf"trước đó| sau đó)"), _months),
    _Pattern("months", "lũy cộng tính từ đến tới hết cuối", _re(rf"(?:lũy kế |cộng dồn |"
    rf"tính chung )?(?:từ đầu năm )?(?:tính )?(?:đến |"
        rf"tới )?(?:hết |cuối )tháng (\d{{1,2}}){_OF_YEAR}"), _to_month),
    _Pattern("months", "lũy cộng tính từ", _re(rf"(?:lũy kế|cộng dồn|tính chung|từ đầu năm)(?: tính)? "
        rf"(?:đến|tới) (?:hết |cuối )?tháng (\d{{1,2}}){_OF_YEAR}"), _to_month),
    _Pattern("month", "tháng", _re(rf"tháng (\d{{1,2}}){_OF_YEAR}(?!\s?âm)"), _month),
    _Pattern("month", "tháng", _re(rf"(?<!mỗi )(?<!\d )tháng "
        rf"(mười một|mười hai|mười|hai|ba|tư|sáu|bảy|tám|chín){_OF_YEAR}"
        rf"(?= và \d| ước| đạt|,|\.|\n|$| tăng| giảm)"), _month_in_words),
    _Pattern("month", "tháng", _re(rf"tháng đầu(?: tiên)?(?: của)? năm(?: ({_YEAR}))?(?!\w)"), _january),
    _Pattern("months", "lũy cộng tính từ đến tới hết",
        _re(rf"(?:(?:(?:lũy kế|cộng dồn|tính chung|từ đầu năm|tính) )?(?:(?:đến|tới) )?hết"
        rf"|(?:lũy kế|cộng dồn|từ đầu năm)(?: tính)?(?: đến| tới)?(?: cuối)?) "
        rf"quý (iv|iii|ii|i|[1-4]){_OF_YEAR}(?!\w)"), _to_quarter),
    _Pattern("quarter", "quý", _re(rf"quý (iv|iii|ii|i|[1-4]){_OF_YEAR}(?!\w)"), _quarter),
    _Pattern("half", "nửa #", _re(rf"(?:nửa |6 tháng )(đầu|cuối) năm{_OF_YEAR}"), _half),
    _Pattern("year", "đến tính đầu cuối hết cả trong giữa năm", _re(rf"(?:đến |tính đến )?(?:đầu |cuối |"
    rf"hết |cả |trong |giữa )?năm "
        rf"({_YEAR})(?!\d)"), lambda match, _: match[1]),
    _Pattern("year", "#", _re(rf"(?<=\()({_YEAR})(?=\))"), lambda match, _: match[1]),
    _Pattern("year", "cả trong cuối hết ước năm", _re(rf"{_MANY}((?:cả |trong |cuối |hết |ước )?(?:năm nay|"
    r"năm ngoái|năm trước|năm rồi|"
        r"năm sau|năm tới|năm qua|năm vừa qua)|cả năm|hết năm|cuối năm|trong năm)(?!\w)"), _words_of_year),
)  # fmt: skip
_SCANNER = Scanner([(pattern.regex, pattern.leads) for pattern in _PATTERNS])
_CUE = re.compile(r"\d|tháng|năm|quý|vụ")


def find_periods(plain: str, published: date, start: int = 0, end: int | None = None) -> list[Period]:
    """Find the periods named in a levelled text, in order and without overlap, the longest reading first.

    A year that a comparison names ("so với cùng kỳ năm 2018") is found too: what it is said of is for
    the caller to judge.
    """
    end = len(plain) if end is None else end
    found: list[Period] = []
    if not _CUE.search(plain, start, end):
        return found
    taken = bytearray(len(plain))
    for index, match in _SCANNER.matches(plain, start, end):
        if any(taken[match.start() : match.end()]):
            continue
        pattern = _PATTERNS[index]
        time_period = pattern.read(match, published)
        if time_period is None:
            continue
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        kind = pattern.kind
        if kind == "months" and "cuối tháng" in match[0] and not re.search("lũy|cộng|đầu năm", match[0]):
            year, month = _closing_month(match, published)
            time_period, kind = f"{year}-{month:02d}", "month"
            is_over = month_end(year, month) < published
            if match[0].startswith("tính đến") or (is_over and match[0].startswith(("đến", "tới"))):
                time_period, kind = month_end(year, month).isoformat(), "as_of"
        found.append(Period(match.start(), match.end(), time_period, kind))
    return sorted(found, key=lambda period: period.start)


def _closing_month(match: re.Match[str], published: date) -> tuple[int, int]:
    month = int(match[1])
    year = _year(match, 2, published) or published.year - (1 if month > published.month + 3 else 0)
    return year, month
