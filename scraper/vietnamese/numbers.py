"""Numbers as Vietnamese prose writes them: digits with dots and decimal commas, words, Roman, ordinals."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scraper.vietnamese.scanning import Led
from scraper.vietnamese.words import DIGIT, index_of

DIGITS = (
    r"[1-9]\d{0,2}(?: \d{3}(?!\d)){2,}|[1-9]\d{0,2} 000(?!\d)"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?!\d)|\d+"
)
"""Pattern of one number in digits."""

_NUMBER = re.compile(rf"(?<![\w.,/])(?<!\d-)({DIGITS})(?![\d])")
_RANGE = re.compile(rf"\s?(?:-|đến|tới)\s?({DIGITS})(?![\d/])")
_JOINS = ("-", "đ", "t")
"""What joins the ends of a range begins with."""
_OVER = re.compile(rf"\s?/\s?({DIGITS})(?![\d/])")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}")

_UNITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8}
_UNITS |= {"chín": 9, "mười": 10}
_TAILS = {"mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_TAILS |= {"chín": 9, "một": 1, "năm": 5}
_ORDINALS = {"nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_FORM = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_WORDS = Led(
    r"(?<![\w])(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|tư|lăm|sáu|bảy|tám|chín))?"
    r"|mười (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|mười|hai|ba|bốn|sáu|bảy|tám|chín)(?![\w])"
)


@dataclass(slots=True, unsafe_hash=True)
class Number:
    """A number in a text: `text[start:end]`; the upper end of a range, the whole of a fraction."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None
    """The other end of a range: 2 in "1,5-2"."""
    whole: Decimal | None = None
    """What a fraction is of: 4 in "02/4"."""
    in_words: bool = False


@lru_cache(maxsize=1024)
def parse_number(text: str) -> Decimal:
    """Read one number in digits: "1.234,5" → 1234.5, "69,466" → 69.466, "4.3" → 4.3, "1,234,567" → 1234567.

    Raises ValueError where the text is no such number. Dots before three digits part thousands, and so do
    spaces before zeros or more than one group ("346 000"); a comma is the decimal sign (language.md F)
    unless it parts more than one group.
    """
    if text.isdecimal():
        return Decimal(text)
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _SPACED.fullmatch(text):
        return Decimal(text.replace(" ", ""))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise ValueError(f"no number: {text!r}")


def parse_words(text: str) -> int | None:
    """Read a cardinal below one hundred in words: "hai mươi mốt" → 21, "mười lăm" → 15; else None."""
    words = text.lower().split()
    if len(words) == 1:
        return _UNITS.get(words[0])
    if len(words) == 2 and words[0] == "mười":
        tail = _TAILS.get(words[1])
        return None if tail is None else 10 + tail
    if len(words) in (2, 3) and words[1] == "mươi" and 2 <= _UNITS.get(words[0], 0) <= 9:
        tail = 0 if len(words) == 2 else _TAILS.get(words[2])
        return None if tail is None else 10 * _UNITS[words[0]] + tail
    return None


def parse_roman(text: str) -> int | None:
    """Read a Roman number below 400: "XXIV" → 24; None where it is not well formed."""
    low = text.lower()
    if not low or not _ROMAN_FORM.fullmatch(low):
        return None
    values = [_ROMAN[char] for char in low] + [0]
    return sum(-here if here < after else here for here, after in itertools.pairwise(values))


def parse_ordinal(text: str) -> int | None:
    """Read what follows "thứ" or "lần thứ": "13", "XXIV", "nhất", "tư", "mười chín"; else None."""
    low = text.strip().lower()
    if low.isdigit():
        return int(low)
    if low in _ORDINALS:
        return _ORDINALS[low]
    return parse_words(low) or parse_roman(low)


def find_numbers(plain: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Find the numbers of a levelled text in order, ranges and fractions as one; words are kept apart.

    A range is taken only where its ends rise, or fall with an equal unit behind; "2020-2025" is one too:
    who calls masks terms and dates before.
    """
    end = len(plain) if end is None else end
    found: list[Number] = []
    position = start
    places = index_of(plain).get(DIGIT, [])
    for place in places[bisect_left(places, start) : bisect_left(places, end)]:
        if place < position or not (match := _NUMBER.match(plain, place, end)):
            continue
        position = match.end()
        value = parse_number(match[1])
        follows = plain[position : position + 2].lstrip()[:1]
        if follows == "/" and (over := _OVER.match(plain, position, end)):
            position = over.end()
            found.append(Number(match.start(), position, value, whole=parse_number(over[1])))
            continue
        if follows in _JOINS and (span := _RANGE.match(plain, position, end)):
            other = parse_number(span[1])
            if other > value:
                position = span.end()
                found.append(Number(match.start(), position, value, upper=other))
                continue
        found.append(Number(match.start(), position, value))
    return found


def find_number_words(plain: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Find cardinals in words ("ba", "mười hai"); "một" and "năm" alone are left out as too common."""
    end = len(plain) if end is None else end
    found = []
    for match in _WORDS.finditer(plain, start, end):
        value = parse_words(match[0])
        if value is not None:
            found.append(Number(match.start(), match.end(), Decimal(value), in_words=True))
    return found
