"""Dates as portals print them beside an article, and the clocks that only look like them.

The line forms and traps are those seen on real portals; a portal's header prints the day of reading ("Hải
Phòng, ngày 18 tháng 10 năm 2019"). The time zone is always Viet Nam's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from scraper.items import VIETNAM
from scraper.portal_file import date_pattern
from scraper.vietnamese.text import fold, squeeze

FIRST_YEAR = 1997
"""Viet Nam went online in November 1997: no page was published before."""


@dataclass(frozen=True, slots=True)
class PageDate:
    """When an article was published, as one place of its page says it."""

    iso: str
    """ISO 8601 with +07:00, or a date alone where no time is printed."""
    source: str
    confidence: float

    @property
    def day(self) -> date:
        """The day alone."""
        return date.fromisoformat(self.iso[:10])


_DAY = (
    r"(?:(?P<Y1>(?:19|20)\d{2})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m2>\d{1,2})\s?(?P=sep)\s?(?P<Y2>(?:19|20)\d{2})"
    r"|(?P<d3>\d{1,2})\s+thang\s+(?P<m3>\d{1,2})(?:\s+nam|,)?\s+(?P<Y3>(?:19|20)\d{2}))"
)
_TIME = (
    r"(?P<H{0}>\d{{1,2}})\s?[:hg]\s?(?P<M{0}>\d{{2}})(?:\s?[:p]\s?\d{{2}}(?:\.\d+)?)?"
    r"(?:\s?(?P<p{0}>[ap]\.?m\.?|sa|ch)\b)?"
)
_BETWEEN = r"[\s,|–—-]*(?:luc|vao luc|ngay|t)?[\s,|–—:-]*"
_PRINTED = re.compile(
    rf"(?<![\d/.,])(?:{_TIME.format(1)}(?:\s*phut)?{_BETWEEN}(?:\([a-z +:\d]*\)\s*)?)?(?:(?:thu\s+\w+"
    rf"|chu\s+nhat|cn)[\s,-]*"
    rf"(?:ngay\s+)?)?{_DAY}(?![\d/])(?:{_BETWEEN}{_TIME.format(2)})?"
)
_CLOCK = re.compile(
    r"[a-z .]{2,40}, ngay (?:\d{1,2} thang \d{1,2} nam \d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\W*"
)
_ZONE = re.compile(r"\[gmt ?\+")
_LONGEST_CLOCK = 200
"""Characters before folding, which leaves no more than 90 of a clock."""
_CLOCK_WORDS = re.compile(r"\[gmt ?\+ ?7\]|hom nay|bay gio|lich van nien|am lich|dang truc tuyen|truy cap")
_PRINT_LINE = re.compile(r"print\s+(?:thu|chu)\s+\w+,")
_LABEL = re.compile(
    r"(?:ngay dang(?: tin)?|dang (?:ngay|luc)|ngay (?:viet|xuat ban|cap nhat|tao|ban hanh|gui)"
    r"|thoi gian(?: dang)?|cap nhat(?: luc| ngay)?"
    r"|xuat ban|posted on|published|date|duoc (?:dang|gui) boi\b.{0,40}\bvao)\b"
)
_WEEKDAY = re.compile(r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7])\b")
_FURNITURE = re.compile(
    r"\b(?:nguon(?: tin)?|tac gia|nguoi (?:dang|viet)|chuyen muc|bien tap)\s*:.*"
    r"|luot xem[: ]*[\d.,]*|so lan xem[: ]*[\d.,]*|da xem[: ]*[\d.,]*|[\d.,]+ (?:luot xem|views?|binh luan)"
    r"|print|goc|in bai|email|chia se|facebook|twitter|zalo|co chu|[ap]-|[ap]\+|tac gia|by|admin|ban in"
    r"|doc bai|\bgmt\b|\bngay\b|\bluc\b|\bthang\b"
)
_DIGIT = re.compile(r"\d")
_URL_DAY = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/")


def iso_datetime(text: str | None) -> str | None:
    """Read a machine's date ("2023-04-11T03:55:00+00:00", "2023-04-11") as ISO with +07:00, or a date alone.

    A time without a zone is Viet Nam's. None where it is no date that can be.
    """
    text = squeeze(text or "")
    if len(text) < 8 or not text[:4].isdigit():
        return None
    try:
        if len(text) == 10:
            return _checked(date.fromisoformat(text))
        moment = datetime.fromisoformat(text.replace(" +", "+").replace("/", "-"))
    except ValueError:
        return None
    try:
        local = moment.astimezone(VIETNAM) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    except (OverflowError, ValueError):
        return None
    return _checked(local)


def printed_date(text: str, formats: Sequence[str] = ()) -> str | None:
    """Read the first date of a printed line as ISO: by a portal's formats, then the forms seen anywhere.

    Header clocks ("Hải Phòng, ngày 18 tháng 10 năm 2019") and relative times ("3 ngày trước") are no dates.
    """
    text = squeeze(text)
    folded = fold(text)
    if _tells_now(folded):
        return None
    for date_format in formats:
        match = _format_pattern(date_format).search(text)
        if match and (found := _from_parts(match.groupdict())):
            return found
    match = _PRINTED.search(folded)
    return _from_match(match) if match else None


def is_clock(text: str) -> bool:
    """Tell whether a line is a portal's clock, which prints the day of reading and no publication."""
    return _tells_now(fold(text))


def _tells_now(folded: str) -> bool:
    return bool(_CLOCK.fullmatch(folded) or _CLOCK_WORDS.search(folded))


def is_header_clock(text: str) -> bool:
    """Tell whether a line is nothing but a header's clock: a place and a day, or a time with its zone."""
    if len(text) > _LONGEST_CLOCK or (_DIGIT.search(text) is None and "[" not in text):
        return False
    folded = fold(text)
    return len(folded) < 90 and bool(_CLOCK.fullmatch(folded) or _ZONE.search(folded))


def date_line(text: str) -> PageDate | None:
    """Read a short line that says when the article was published; None for every other line.

    A line counts where nothing but a date, its label, a weekday, counters and tools stand in it.
    """
    if len(text) > 140 or _DIGIT.search(text) is None:
        return None
    folded = fold(text)
    if _tells_now(folded):
        return None
    match = _PRINTED.search(folded)
    if match is None or (iso := _from_match(match)) is None:
        return None
    if _PRINT_LINE.search(folded):
        return PageDate(iso, "print-line", 0.95)
    labelled = bool(_LABEL.search(folded[: match.start()]))
    rest = _WEEKDAY.sub(" ", folded[: match.start()] + " " + folded[match.end() :])
    rest = _FURNITURE.sub(" ", _LABEL.sub(" ", rest))
    if len(re.sub(r"[^a-z]", "", rest)) > (25 if labelled else 3):
        return None
    has_time = "T" in iso
    return PageDate(iso, "print-line", 0.9 if labelled else 0.85 if has_time else 0.7)


def url_date(url: str) -> PageDate | None:
    """Read the day out of a dated permalink, /2023/04/11/…: weak, for migrations rewrite it."""
    match = _URL_DAY.search(url)
    if match is None:
        return None
    iso = _from_parts(dict(zip("Ymd", match.groups(), strict=True)))
    return PageDate(iso, "url", 0.5) if iso else None


@lru_cache(maxsize=256)
def _format_pattern(date_format: str) -> re.Pattern[str]:
    return date_pattern(date_format)


def _from_match(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    parts = {
        key: next((groups[f"{key}{n}"] for n in "123" if groups.get(f"{key}{n}")), None) for key in "dmY"
    }
    for n in "12":
        if groups[f"H{n}"]:
            parts |= {"H": groups[f"H{n}"], "M": groups[f"M{n}"], "p": groups[f"p{n}"]}
    return _from_parts(parts)


def _from_parts(parts: dict[str, str | None]) -> str | None:
    try:
        day = date(int(parts["Y"] or 0), int(parts["m"] or 0), int(parts["d"] or 0))
    except ValueError:
        return None
    if not parts.get("H"):
        return _checked(day)
    hour, minute = int(parts["H"] or 0), int(parts.get("M") or 0)
    half = (parts.get("p") or "").lower().replace(".", "")
    # Some portals print "15:21:00 PM": the half of the day says nothing where the hour is past 12.
    if half in ("pm", "ch") and hour < 12:
        hour += 12
    elif half in ("am", "sa") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return _checked(day)
    return _checked(datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM))


def _checked(moment: date) -> str | None:
    return moment.isoformat() if FIRST_YEAR <= moment.year < 2100 else None
