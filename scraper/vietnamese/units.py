"""Units of measure as printed: codes of `units.csv`, counted nouns, powers of ten, currencies.

`units.csv` is the project's contract; `counted_nouns.csv` lists the nouns that numbers count in official
prose, with the unit that each is kept as, and those whose counts are never a figure ("nghị quyết", "tuổi").
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scraper.vietnamese.sentences import level

_MULT = re.compile(
    r"\s?(?:(nghìn tỷ|ngàn tỷ|triệu tỷ|nghìn|ngàn|vạn|triệu|tỷ)(?!\w)|(tr)\.?(?=\s?(?:usd|đồng|đ)(?!\w)))"
)
_MULTS = {
    "vạn": 4,
    "nghìn": 3,
    "ngàn": 3,
    "triệu": 6,
    "tr": 6,
    "tỷ": 9,
    "nghìn tỷ": 12,
    "ngàn tỷ": 12,
    "triệu tỷ": 15,
}
_PERCENT = re.compile(r"\s{0,2}(?:%|phần trăm(?!\w))")
_PERMILLE = re.compile(r"\s{0,2}(?:‰|phần nghìn(?!\w))")
_OPENS_PERCENT = ("%", "‰", "p", "đ")
"""What the patterns of percents and their points begin with."""
_OPENS_MULT = ("n", "v", "t")
"""What the powers of ten begin with."""
_POINT = re.compile(r"\s?điểm\s?(?:%|phần trăm(?!\w))")
_WORD = re.compile(r"[\s]?,?[\s]?((?:[a-zà-ỹđ]+[23]?)(?:\.km)?(?:/(?!kế hoạch|kh(?!\w))[a-zà-ỹđ]+[23]?)*)")
_RATE_OF_MONEY = re.compile(r"(?:/(?:[a-zà-ỹđ][a-zà-ỹđ0-9]*|1(?![\d.,]))(?: (?:lao động|dân|người))?)+")
_LONGEST = 5


@dataclass(slots=True, unsafe_hash=True)
class Unit:
    """What stands behind a number: code, power of ten, where it ends, and whether its counts are figures."""

    code: str
    """A code of units.csv, or the printed unit in lower case."""
    mult: int
    end: int
    is_figure: bool = True
    """False for nouns whose count is never an observation: resolutions, ages, tasks …"""
    is_noun: bool = False
    """True where the unit is a counted noun, which may name what is counted."""
    start: int = 0
    """Where the unit's own words begin, behind the power of ten."""


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("scraper.vietnamese") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _nouns() -> dict[str, tuple[str, bool]]:
    nouns: dict[str, tuple[str, bool]] = {}
    for row in _rows("counted_nouns.csv"):
        nouns[level(row["printed"])] = (row["unit_measure"] or row["printed"], row["reading"] == "count")
    for row in _rows("units.csv"):
        for printed in row["printed"].split("|"):
            plain = level(printed)
            if "(" not in plain and "%" not in plain and plain not in ("tỷ", "phần trăm"):
                nouns.setdefault(plain, (row["unit_measure"], True))
    return nouns


@cache
def _beginnings() -> frozenset[str]:
    """Give the words that some longer noun begins with."""
    parts = (noun.split(" ") for noun in _nouns())
    return frozenset(" ".join(words[:count]) for words in parts for count in range(1, len(words)))


def read_mult(plain: str, position: int) -> tuple[int, int]:
    """Give the power of ten printed at a position and where it ends: "nghìn tỷ" → 12, else 0."""
    match = _MULT.match(plain, position)
    return (_MULTS[match[1] or match[2]], match.end()) if match else (0, position)


def read_unit(plain: str, position: int) -> Unit | None:
    """Read the unit that stands at a position of a levelled text, its power of ten first.

    "%" → percent, "tỷ đồng" → (VND, 9), "tỷ" alone → (VND, 9), "triệu USD" → (USD, 6), "vụ" → case,
    "khóm, ấp" → "khóm, ấp"; a noun that no table lists, or none at all, gives None.
    """
    opens = plain[position : position + 3].lstrip()[:1]
    if opens in _OPENS_PERCENT:
        if match := _POINT.match(plain, position):
            return Unit("percentage_point", 0, match.end(), start=position)
        if match := _PERMILLE.match(plain, position):
            return Unit("‰", 0, match.end(), start=position)
        if match := _PERCENT.match(plain, position):
            return Unit("percent", 0, match.end(), start=position)
    mult, after = read_mult(plain, position) if opens in _OPENS_MULT else (0, position)
    noun = _longest_noun(plain, after)
    if noun is not None:
        code, is_figure, start, end = noun
        is_noun = True
        if code in ("VND", "USD", "EUR"):
            is_noun = False
            if rate := _RATE_OF_MONEY.match(plain, end):
                end = rate.end()
        elif code in _MEASURES:
            is_noun = False
        if code == "VND" and plain[start:end] == "đ" and mult == 0 and plain[position : position + 1] == " ":
            return None
        return Unit(code, mult, end, is_figure, is_noun, start)
    if mult >= 9 or (mult == 6 and not _word_follows(plain, after)):
        if rate := _RATE_OF_MONEY.match(plain, after):
            after = rate.end()
        return Unit("VND", mult, after, start=after)
    return None


_MEASURES = frozenset(
    [
        "tonne",
        "ha",
        "m2",
        "km2",
        "m3",
        "km",
        "kwh",
        "teu",
        "kg",
        "tạ",
        "tạ/ha",
        "tấn/ha",
        "lít",
        "mw",
        "kw",
        "mwp",
        "ttq",
        "gam",
        "tấn/năm",
    ]
)


def _word_follows(plain: str, position: int) -> bool:
    match = _WORD.match(plain, position)
    return bool(match) and "," not in plain[position : match.start(1)]  # type: ignore[union-attr]


def _longest_noun(plain: str, position: int) -> tuple[str, bool, int, int] | None:
    nouns, beginnings = _nouns(), _beginnings()
    best: tuple[str, bool, int, int] | None = None
    words: list[str] = []
    start = end = position
    comma = False
    while len(words) < _LONGEST and (match := _WORD.match(plain, end)):
        if "," in plain[end : match.start(1)]:
            if not words:
                break
            comma = True
        if not words:
            start = match.start(1)
        end = match.end()
        words.append(match[1])
        joined = " ".join(words)
        if joined in nouns and (not comma or "," in nouns[joined][0]):
            code, is_figure = nouns[joined]
            best = (code, is_figure, start, end)
        elif len(words) > 1 and "/" in match[1] and joined.rpartition("/")[0] in nouns and not comma:
            code, is_figure = nouns[joined.rpartition("/")[0]]
            best = (code, is_figure, start, end)
        elif len(words) == 1 and "/" in match[1]:
            head = match[1].split("/")[0]
            if head in nouns and nouns[head][1]:
                code = nouns[head][0]
                kept = code if code in ("VND", "USD", "m2", "person") else match[1]
                best = (kept, True, start, end)
        if joined not in beginnings:
            break
    return best


def unit_codes() -> frozenset[str]:
    """Give all unit codes that a number can be read with."""
    return frozenset(code for code, is_figure in _nouns().values() if is_figure) | {
        "percent",
        "percentage_point",
    }
