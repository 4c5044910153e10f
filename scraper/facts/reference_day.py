"""The day that an article is read on: its publication, else what its own text settles, else none.

Nothing is guessed: without a date of publication a day without a year gets one only where the text prints
it — the same day in full, a full date in the lead close by, or a period with its year in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from scraper.items import Article
from scraper.vietnamese.areas import REFORM
from scraper.vietnamese.dates import DayMention, find_days
from scraper.vietnamese.sentences import level

NEAR = timedelta(days=60)
"""How far from a full date in the lead a day without a year may lie to be of the same time."""
BEFORE_PERIOD, AFTER_PERIOD = timedelta(days=45), timedelta(days=100)
"""How long before a period begins it is planned at a meeting, and after its end summed up at one."""
_RECALLS = re.compile(
    r"(?<!\w)(?:kỷ niệm|thành lập|truyền thống|giải phóng|sinh(?! hoạt)|ra đời|ban hành|ký)(?!\w)"
    r"[^.,;]{0,60}$"
)
"""Words before a day of the past or of a document."""
_YEAR = re.compile(r"(?<![\d.,])20\d\d(?!\d|[.,]\d)")
"""A year of the portals' time: one of the last century is told of, not lived in."""
_SPAN = re.compile(r"(?<!\d)(?:19|20)\d\d\s*-\s*(?:19|20)\d\d(?!\d)")
_AIM = re.compile(r"(?:nhiệm kỳ|giai đoạn|tầm nhìn|mục tiêu|đến|tới|từ|khóa)\s+(?:hết |cuối )?(?:năm )?$")
_PERIOD = re.compile(
    r"(?<!\w)(?:quý (?P<quarter>iv|i{1,3}|[1-4])|(?P<count>\d{1,2}|ba|sáu|chín) tháng(?: đầu)?"
    r"|tháng (?P<month>1[0-2]|0?[1-9]))(?:\s*[/-]\s*|\s+năm\s+|\s+)(?P<year>20\d\d)(?!\d)"
)
_WHOLE_YEAR = re.compile(r"(?<!tháng )(?<!\w)năm (20\d\d)(?!\d)")
_SUMMED = re.compile(r"tổng kết|kết quả|đánh giá")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_COUNTS = {"ba": 3, "sáu": 6, "chín": 9}


@dataclass(frozen=True, slots=True)
class ReferenceDay:
    """The day of an article and what stands on it."""

    day: date | None
    """Its publication, else the full date in its lead, else None."""
    is_published: bool
    """False where the page gave no date of publication."""
    valid_on: tuple[str, ...]
    """ISO days on any of which an area may have been valid: one, or where the day is open the ends of it."""
    printed: dict[tuple[int, int], int] = field(default_factory=dict)
    """Year by day and month, of the days that the text prints in full."""

    @property
    def anchor(self) -> date:
        """A day to put the days of the text in order by; it settles no year where `day` is None."""
        return self.day or date.fromisoformat(max(self.valid_on))

    def settle(self, mention: DayMention, clause: str) -> DayMention:
        """Give a day without a year the one that the text settles, if any.

        `clause`: the levelled sentence of the mention.
        """
        if self.is_published or mention.last is None or mention.last[2] is not None:
            return mention
        year = self._year_of(mention.last[0], mention.last[1], clause)
        return mention if year is None else mention.with_year(year)

    def _year_of(self, day: int, month: int, clause: str) -> int | None:
        if (day, month) in self.printed:
            return self.printed[day, month]
        if self.day:
            near = [y for y in _around(self.day.year) if _is_near(self.day, y, month, day)]
            if near:
                return near[0]
        years = {*_years_by_period(day, month, clause)} or {*_years_by_year(month, clause)}
        return years.pop() if len(years) == 1 else None


def read_reference_day(article: Article) -> ReferenceDay:
    """Read the day of an article; a date of publication that is no date counts as none."""
    published = _parse(article.date_published)
    if published:
        return ReferenceDay(published, True, (published.isoformat(),))
    text = f"{article.headline}\n{article.description or ''}\n{article.body_text}"
    plain = level(text)
    printed = dict(_printed_days(plain))
    lead = _lead_day(article)
    if lead:
        return ReferenceDay(lead, False, (lead.isoformat(),), printed)
    years = [int(m.group()) for m in _YEAR.finditer(_without_spans(plain)) if not _is_aim(plain, m.start())]
    if years:
        return ReferenceDay(None, False, (f"{max(years)}-01-01", f"{max(years)}-12-31"), printed)
    last_before = date.fromisoformat(REFORM) - timedelta(days=1)
    return ReferenceDay(None, False, (last_before.isoformat(), REFORM), printed)


def _without_spans(plain: str) -> str:
    """Blank out terms and stages ("2020-2025"): the text need not be of any of their years."""
    return _SPAN.sub(lambda m: " " * len(m.group()), plain)


def _is_aim(plain: str, position: int) -> bool:
    return _AIM.search(plain, max(0, position - 24), position) is not None


def _parse(printed: str | None) -> date | None:
    try:
        return date.fromisoformat((printed or "")[:10])
    except ValueError:
        return None


def _full_days(text: str) -> Iterator[tuple[DayMention, date]]:
    plain = level(text)
    for mention in find_days(text):
        recalls = _RECALLS.search(plain[max(0, mention.start - 80) : mention.start])
        if mention.last and mention.last[2] and mention.role == "event" and not recalls:
            days = mention.resolve(date.max)
            if days:
                yield mention, days[1]


def _printed_days(text: str) -> Iterator[tuple[tuple[int, int], int]]:
    found: dict[tuple[int, int], set[int]] = {}
    for mention, _ in _full_days(text):
        for part in (mention.first, mention.last):
            if part and part[2]:
                found.setdefault((part[0], part[1]), set()).add(part[2])
    yield from ((key, min(years)) for key, years in found.items() if len(years) == 1)


def _lead_day(article: Article) -> date | None:
    """Return the day that first paragraph, description or headline prints in full, if of one time."""
    lead = article.body_text.strip().partition("\n")[0]
    days = [
        day for part in (lead, article.description or "", article.headline) for _, day in _full_days(part)
    ]
    return days[0] if days and max(days) - min(days) <= NEAR else None


def _around(year: int) -> tuple[int, int, int]:
    return year, year - 1, year + 1


def _is_near(anchor: date, year: int, month: int, day: int) -> bool:
    found = _day(year, month, day)
    return found is not None and abs(found - anchor) <= NEAR


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years_by_period(day: int, month: int, clause: str) -> Iterable[int]:
    """Years in which the day lies about a quarter or months that the clause prints with their year."""
    for match in _PERIOD.finditer(clause):
        year = int(match["year"])
        if match["quarter"]:
            last = 3 * (_QUARTERS.get(match["quarter"]) or int(match["quarter"]))
            first = last - 2
        elif match["month"]:
            first = last = int(match["month"])
        else:
            first, last = 1, _COUNTS.get(match["count"]) or int(match["count"])
        if not 1 <= last <= 12:
            continue
        begins = date(year, first, 1) - BEFORE_PERIOD
        ends = date(year + last // 12, last % 12 + 1, 1) + AFTER_PERIOD
        for candidate in _around(year):
            found = _day(candidate, month, day)
            if found and begins <= found <= ends:
                yield candidate


def _years_by_year(month: int, clause: str) -> Iterable[int]:
    """Years of the day by the years that the clause prints: about New Year what is summed up decides."""
    found = _WHOLE_YEAR.finditer(_without_spans(clause))
    years = sorted({int(m[1]) for m in found if not _is_aim(clause, m.start(1))})
    if len(years) == 1 and 4 <= month <= 10:
        yield years[0]
    elif (len(years) == 2 and years[1] == years[0] + 1 and not 4 <= month <= 10) or (
        len(years) == 1 and _SUMMED.search(clause)
    ):
        yield years[0] + (month < 4)
    else:
        yield from years if len(years) > 1 else ()
