"""Quantities of a text as tokens: number, unit, power of ten, bound; masks, dates and periods taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scraper.facts.masks import Mask
from scraper.vietnamese.gates import gated
from scraper.vietnamese.numbers import DIGITS, Number, find_number_words, find_numbers, parse_number
from scraper.vietnamese.periods import Period
from scraper.vietnamese.scanning import Led
from scraper.vietnamese.units import Unit, read_mult, read_unit

_AT_LEAST = (
    r"không dưới|không thấp hơn|ít nhất|tối thiểu|đạt và vượt|vượt mốc|vượt ngưỡng|vượt con số|trên|"
    r"(?<!thấp )(?<!cao )(?<!nhiều )(?<!ít )(?<!lớn )(?<!chậm )hơn|quá nửa"
)
_AT_MOST = r"không quá|không vượt quá|tối đa|dưới|chưa tới|chưa đến|chưa đầy|chưa được|nhiều nhất|gần chạm"
_ABOUT = r"khoảng|gần|xấp xỉ|chừng|ngót|cỡ|tương đương khoảng|đâu đó|ước khoảng|ước chừng|hơn kém"
_BOUNDS = (
    ("at_least", re.compile(rf"(?<!\w)(?:{_AT_LEAST})(?: là)? $")),
    ("at_most", re.compile(rf"(?<!\w)(?:{_AT_MOST}) $")),
    ("about", re.compile(rf"(?<!\w)(?:{_ABOUT}) $")),
    ("from", re.compile(r"(?:^|\W)từ $")),
)
_BOUND_WORDS = re.sub(r"\(.*?\)", "", f"{_AT_LEAST}|{_AT_MOST}|{_ABOUT}|là|từ")
_BOUND_ENDS = tuple({f"{words.split()[-1]} " for words in _BOUND_WORDS.split("|")})
"""What the words of every bound end with."""
_UPWARD = re.compile(r"[^,;.()\d]{0,25}?trở lên")
_DOWNWARD = re.compile(r"[^,;.()\d]{0,12}?trở xuống")
_ONWARD = 32
"""Within so many letters behind a number what makes a bound of it has begun."""
_COMPOUND = re.compile(r"\s(\d{1,3}(?:,\d+)?)\s?(triệu|nghìn|ngàn)(?: đồng)?(?!\w)")
_COMPOUND_COUNT = re.compile(r"\s?(tỷ|triệu) (\d{1,3})\s?(triệu|nghìn|ngàn)(?= (?!đồng))")
_WHOLE = re.compile(r"\s?/\s?(?:tổng số )?(\d[\d.,]*\d|\d)")
_CHAIN = re.compile(rf"(?: (?!tháng|năm)[a-zà-ỹđ]+){{0,2}}\s?/\s?({DIGITS})(?![\d.,/])")
_PER = re.compile(r"(?:người )?dân(?!\w)|trẻ đẻ|ha(?!\w)|năm(?!\w)")
"""What a rate is said of is no count: "3 bác sĩ/10.000 dân"."""
_PERCENT_RANGE = re.compile(r"\s?(?:-|đến|tới)\s?(\d+(?:,\d+)?)\s?%")
_SHARED_UNIT = re.compile(r"(?:,| và|, và)\s(?=\d)")
_SIGN = re.compile(r"[(\s]([+-])\s?$")
_LETTER = re.compile(r"[^\W\d_]")
_TWICE = gated(r"(?<!\w)gấp (đôi|rưỡi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: lần)?(?!\w)")
_TWICE_VALUES = {"đôi": "2", "rưỡi": "1.5", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6"}
_TWICE_VALUES |= {"bảy": "7", "tám": "8", "chín": "9", "mười": "10"}
_COUNTED_IN_WORDS = frozenset(
    ["case", "commune", "school", "project", "enterprise", "party_cell", "household", "person", "thôn", "tàu",
     "party_member", "tổ chức đảng", "đối tượng", "bị can"]
)  # fmt: skip
_ONE = Led(r"(?<!\w)một (?=(?:vụ|người|hộ|ca|xã|đối tượng|bị can|học sinh)(?!\w)(?! (?:số|nào|trong|vài)))")
"""A single one counts only beside other counts: "làm chết 6 người, bị thương một người"."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TIMES = re.compile(r"\s?lần(?!\w)")


@dataclass(slots=True, unsafe_hash=True)
class Quantity:
    """A number with its unit: `plain[start:end]`, the number alone up to `number_end`."""

    start: int
    number_end: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    """Unit code; empty where none is printed."""
    mult: int
    bound: str
    whole: Decimal | None = None
    sign: str = ""
    """The printed sign: "(-8 vụ)"."""
    is_figure: bool = True
    is_noun: bool = False
    unit_start: int = 0


def find_quantities(
    plain: str, start: int, end: int, masks: Sequence[Mask], periods: Sequence[Period]
) -> list[Quantity]:
    """Find the quantities between two offsets of a levelled text that no mask or period covers."""
    numbers = find_numbers(plain, start, end)
    if in_words := find_number_words(plain, start, end):
        numbers = sorted(numbers + in_words, key=lambda n: n.start)
    twice = list(_TWICE.finditer(plain, start, end))
    if not numbers and not twice:
        return []
    covered = bytearray(end - start)
    spans = [(mask.start, mask.end) for mask in masks] + [(period.start, period.end) for period in periods]
    for begin, stop in spans:
        first, last = max(begin, start), min(stop, end)
        if first < last:
            covered[first - start : last - start] = b"\1" * (last - first)
    found: list[Quantity] = []
    done = start
    for number in numbers:
        if number.start < done or covered[number.start - start]:
            continue
        quantity = _read_quantity(plain, number, start, end)
        if quantity is None:
            continue
        found.append(quantity)
        found += (chain := _chained(plain, quantity, start, end))
        done = chain[-1].end if chain else quantity.end
    for match in twice:
        if all(q.start >= match.end() or q.end <= match.start() for q in found):
            value = Decimal(_TWICE_VALUES[match[1]])
            bound = _bound(plain, Number(match.start(), match.end(), value), start)
            bound = "exact" if bound == "from" else bound
            found.append(Quantity(match.start(1), match.end(1), match.end(), value, None, "times", 0, bound))
    found += _single_ones(plain, start, end, found)
    found = [quantity for quantity in found if not _is_year(plain, quantity)]
    return _share_units(plain, sorted(found, key=lambda q: q.start))


def _is_of_its_own(code: str, other: Unit | None) -> bool:
    """Tell whether a number behind a slash counts something else: "1.806 triệu đồng/71.330 hộ"."""
    return other is not None and other.code != code and other.is_figure and not other.mult and other.is_noun


def _chained(plain: str, first: Quantity, start: int, end: int) -> list[Quantity]:
    """Read the counts of other things that slashes join to a quantity: "92 vụ/97 đối tượng"."""
    found: list[Quantity] = []
    last = first
    if plain.find("/", first.end, end) < 0:
        return found
    while last.is_figure and last.unit and (joint := _CHAIN.match(plain, last.end, end)):
        value = parse_number(joint[1])
        unit = read_unit(plain, joint.end(1))
        if value == 1 or unit is None or not _is_of_its_own(last.unit, unit) or _PER.match(plain, unit.start):
            break
        number = Number(joint.start(1), joint.end(1), value)
        quantity = _read_quantity(plain, number, start, end)
        if quantity is None:
            break
        found.append(quantity)
        last = quantity
    return found


def _single_ones(plain: str, start: int, end: int, found: Sequence[Quantity]) -> list[Quantity]:
    """Find "một" before a noun where another count stands close before it."""
    ones: list[Quantity] = []
    if not found:
        return ones
    for match in _ONE.finditer(plain, start, end):
        unit = read_unit(plain, match.end() - 1)
        near = any(q.is_noun and q.is_figure and 0 < match.start() - q.end <= 40 for q in found)
        if unit is not None and unit.end <= end and near:
            number_end = match.end() - 1
            ones.append(
                Quantity(
                    match.start(), number_end, unit.end, Decimal(1), None, unit.code, 0, "exact",
                    is_noun=True, unit_start=unit.start,
                )
            )  # fmt: skip
    return ones


def _is_year(plain: str, quantity: Quantity) -> bool:
    """Tell whether a bare number is a year: "(giá so sánh 2010)"; a count would have a stop or a unit."""
    if quantity.unit or quantity.mult or quantity.whole is not None or quantity.upper is not None:
        return False
    return bool(_YEAR.fullmatch(plain, quantity.start, quantity.end))


def _read_quantity(plain: str, number: Number, start: int, end: int) -> Quantity | None:
    unit = read_unit(plain, number.end)
    if unit is not None and unit.end > end:
        unit = None
    follows = plain[number.end : number.end + 4]
    if "t" in follows and (more := _COMPOUND_COUNT.match(plain, number.end, end)):
        counted = read_unit(plain, more.end())
        if counted is not None and counted.code != "VND" and counted.end <= end and not counted.mult:
            return _compound(plain, number, more, counted, start)
    if "l" in follows and (times := _TIMES.match(plain, number.end)):
        unit = Unit("times", 0, times.end())
    if number.in_words:
        if unit is None or unit.code not in _COUNTED_IN_WORDS or unit.mult:
            return None
    elif unit is None and _LETTER.match(follows):
        return None
    value, upper, whole = number.value, number.upper, number.whole
    bound = _bound(plain, number, start)
    if unit is None:
        mult, last = read_mult(plain, number.end)
        if mult:
            return Quantity(
                number.start, number.end, last, value, upper, "", mult, bound, whole, is_figure=True
            )
        sign = _sign(plain, number.start, start)
        return Quantity(number.start, number.end, number.end, value, upper, "", 0, bound, whole, sign)
    last, mult, code = unit.end, unit.mult, unit.code
    if code == "VND" and mult >= 6 and (more := _COMPOUND.match(plain, last)):
        step = 6 if more[2] == "triệu" else 3
        if step < mult:
            value += parse_number(more[1]).scaleb(step - mult)
            last = more.end()
    if code == "percent" and upper is None and (span := _PERCENT_RANGE.match(plain, last)):
        other = parse_number(span[1])
        if other > value:
            upper, last = other, span.end()
    if code not in ("percent", "times") and (over := _WHOLE.match(plain, last)):
        try:
            other_unit = read_unit(plain, over.end())
            whole = None if _is_of_its_own(code, other_unit) else parse_number(over[1])
            last = (
                last
                if whole is None
                else other_unit.end
                if other_unit and other_unit.code == code
                else over.end()
            )
            if whole is not None and code == "VND" and (more := _COMPOUND.match(plain, last)):
                last = more.end()
        except ValueError:
            whole = None
    if upper is not None:
        bound = "range"
    elif "trở" in plain[number.end : last + _ONWARD]:
        if _UPWARD.match(plain, last) or (bound == "from" and _UPWARD.match(plain, number.end)):
            bound = "at_least"
        elif _DOWNWARD.match(plain, last):
            bound = "at_most"
    elif whole is not None and bound == "at_least" and plain.endswith("đạt và vượt ", start, number.start):
        bound = "exact"  # so many of so many are met: "đạt và vượt 24/27 chỉ tiêu"
    return Quantity(
        number.start, number.end, last, value, upper, code, mult, bound, whole,
        _sign(plain, number.start, start), unit.is_figure, unit.is_noun, unit.start,
    )  # fmt: skip


def _compound(plain: str, number: Number, more: re.Match[str], unit: Unit, start: int) -> Quantity:
    """Read a count in two units: "7 triệu 520 nghìn con" → 7.52 with a power of ten of 6."""
    mults = {"tỷ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3}
    mult = mults[more[1]]
    value = number.value + parse_number(more[2]).scaleb(mults[more[3]] - mult)
    return Quantity(
        number.start, more.end(), unit.end, value, None, unit.code, mult, _bound(plain, number, start),
        is_figure=unit.is_figure, is_noun=unit.is_noun, unit_start=unit.start,
    )  # fmt: skip


def _bound(plain: str, number: Number, start: int) -> str:
    before = plain[max(start, number.start - 18) : number.start]
    if number.upper is not None:
        return "range"
    if before.endswith(_BOUND_ENDS):
        for name, regex in _BOUNDS:
            if regex.search(before):
                return name
    return "exact"


def _sign(plain: str, position: int, start: int) -> str:
    before = plain[max(start, position - 3) : position]
    if "-" not in before and "+" not in before:
        return ""
    match = _SIGN.search(plain, max(start, position - 3), position)
    if not match:
        return ""
    return match[1] if plain[match.start()] == "(" else ""


def _share_units(plain: str, found: list[Quantity]) -> list[Quantity]:
    """Give a number without a unit the unit of the one it is joined to: "12 và 13 tiêu chí"."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        here, after = result[index], result[index + 1]
        joint = _SHARED_UNIT.match(plain, here.end)
        if not here.unit and not here.mult and joint and joint.end() == after.start and after.unit:
            result[index] = replace(
                here, unit=after.unit, mult=after.mult, is_figure=after.is_figure, is_noun=after.is_noun
            )
    return result
