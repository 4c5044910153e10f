"""Quantities that the words around them show to be no figures: traps of `traps.toml`, roads, what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scraper.facts.quantities import Quantity
from scraper.facts.traps import NOUN, Trap, traps
from scraper.vietnamese.gates import Gated, gated
from scraper.vietnamese.sentences import Sentence

_NEAR = 90
"""How many letters before a number are looked at."""
_OPENING = 40
"""How far into a sentence its opening words go."""
_FIRST_PERSON = re.compile(r"(?<!\w)(?:tôi|chúng tôi|em|mình|bà con|con tôi|nhà tôi|cháu)(?!\w)")
_LONG = gated(r"(?<!\w)(?:dài|đoạn|dọc|cách)(?: (?:hơn|gần|khoảng|trên|tới|tổng cộng))? $")
_WAYS = re.compile(
    r"(?<!\w)(?:đường|tuyến|lộ|hẻm|ngõ|kênh|mương|cống|đê|kè|cáp|hè|rãnh|ống|nhựa hóa|bê tông|gtnt|dây|"
    r"điện|bờ)(?!\w)"
)
_NAMES_NUMBER = re.compile(
    r"(?:(?<!tổng )số|thứ|lần|khóa|khoá|mục|điểm|khoản|điều|tháng|năm|ngày|quý|phần|bài|trang|giai đoạn|"
    r"type|cấp|loại|"
    r"mức độ|mũi|lớp|khối|đội|tổ|khu|tuyến|đường|ql|km|f|i|vtv|thp|top|-|/|\")\s?$"
)
_COUNTED_NOUN = re.compile(
    r"\s(?!và |hoặc |đến |tới |của |tại |trên |trong |với |so |theo |do |là |được |đã |để |từ |ở |cho |"
    r"khi |cùng |này |nên |"
    r"cũng |sẽ |năm |ngày |giờ |tháng |tuần |lần |tuổi |phút |đêm )[^\W\d_]{2,}"
)
_MEASURED = re.compile(
    r"(?<!\w)(?:đạt|ước|tăng|giảm|còn|lên|xuống|vượt|bằng)(?: (?:trên|hơn|khoảng|gần|"
    r"thêm|còn))* $"
)
_ROADS = re.compile(r"\d+ (?:tuyến|đoạn|đường|con đường|công trình|trục)[^;.]*$")
_MET = re.compile(r"[^;.]{0,50}?(?:đạt|hoàn thành|vượt|nguy cơ|chưa|không)(?!\w)")


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of a trap, compiled, and where they stand to the number."""

    name: str
    where: str
    units: frozenset[str]
    regex: Gated
    unless_before: Gated | None
    unless_behind: re.Pattern[str] | None


def _of(trap: Trap) -> _Words:
    return _Words(
        trap.name,
        trap.where,
        trap.units,
        gated("|".join(trap.patterns)),
        gated(trap.unless_before) if trap.unless_before else None,
        re.compile(trap.unless_behind) if trap.unless_behind else None,
    )


TRAPS = tuple(_of(trap) for trap in traps() if trap.where != "over")
"""The traps whose words stand around the number."""


@lru_cache(maxsize=512)
def _traps_for(traps: tuple[_Words, ...], unit: str, is_noun: bool) -> tuple[_Words, ...]:
    """Give those of some traps that hold for numbers of a unit."""
    return tuple(t for t in traps if not t.units or unit in t.units or (is_noun and NOUN in t.units))


def is_figure(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity can be a figure: no trap around it, no length of one road."""
    if not quantity.is_figure:
        return False
    if quantity.unit == "VND" and quantity.mult == 0 and quantity.value < 1000000:
        return False
    near = max(sentence.start, quantity.start - _NEAR)
    for trap in _traps_for(TRAPS, quantity.unit, quantity.is_noun):
        if trap.where == "before" and not trap.regex.search(plain, near, quantity.start):
            continue  # most by far
        if _is_in(trap, plain, sentence, quantity):
            return False
    if quantity.unit == "km" and not _is_road(plain, sentence, quantity):
        return False
    if quantity.unit == "chỉ tiêu" and quantity.whole is None:
        return bool(_MET.match(plain, quantity.end))
    return not _is_spoken(plain, sentence, quantity)


def _is_in(trap: _Words, plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity stands where the words of a trap take it out."""
    near, here = max(sentence.start, quantity.start - _NEAR), quantity.start
    if trap.where == "before":
        found = trap.regex.search(plain, near, here)
    elif trap.where == "opening":
        found = trap.regex.match(plain, sentence.start)
    else:
        found = trap.regex.search(plain, *_part_of(trap, plain, sentence, quantity))
    if not found or (trap.unless_before and trap.unless_before.search(plain, near, here)):
        return False
    return not (trap.unless_behind and trap.unless_behind.match(plain, quantity.end))


def _part_of(trap: _Words, plain: str, sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Give the part between semicolons that a number stands in; words that open the sentence hold for all."""
    opening = trap.regex.search(plain, sentence.start, min(sentence.end, sentence.start + _OPENING))
    left = 0 if opening else plain.rfind(";", sentence.start, quantity.start) + 1
    right = plain.find(";", quantity.end, sentence.end)
    return left or sentence.start, right if right >= 0 else sentence.end


def is_unknown_unit(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a number without a unit seems to count a noun that no table lists: "12 homestay"."""
    value = quantity.value
    if quantity.whole is not None or quantity.upper is not None or value <= 1 or 1900 <= value < 2100:
        return False
    before = plain[max(sentence.start, quantity.start - 24) : quantity.start]
    if not before.strip() or _NAMES_NUMBER.search(before):
        return False
    return _COUNTED_NOUN.match(plain, quantity.end) is not None


def is_measured(plain: str, start: int, end: int) -> bool:
    """Tell whether words of measure lead to a number: "đạt", "tăng", "còn"."""
    return bool(_MEASURED.search(plain, start, end))


def _is_road(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether kilometres are of roads, canals, cables built, and not a distance or one road's length."""
    before = plain[max(sentence.start, quantity.start - _NEAR) : quantity.start]
    if _LONG.search(before) and not _ROADS.search(before):
        return False
    return bool(
        _WAYS.search(plain, max(sentence.start, quantity.start - _NEAR), min(sentence.end, quantity.end + 60))
    )


def _is_spoken(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a private person says the number of himself, in quotation marks."""
    opened = plain.rfind('"', sentence.start, quantity.start)
    if opened < 0 or plain.count('"', sentence.start, quantity.start) % 2 == 0:
        return False
    closed = plain.find('"', quantity.end)
    return bool(_FIRST_PERSON.search(plain, opened, closed if closed >= 0 else sentence.end))
