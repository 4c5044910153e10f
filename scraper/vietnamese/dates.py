"""Dates and parts of the day in Vietnamese prose, resolved against the day of publication.

What is read: "Sáng 11/4", "Chiều 6- 1", "Trong 2 ngày 17 và 18-12", "từ ngày 19 – 20/12/2019",
"24,25,26 tháng 7 năm 2020", "Sáng nay (22/7)", "hôm qua", "cùng ngày", "trước đó 3 ngày".
What is no date: "vừa qua", a lunar date ("15 tháng 8 Âm lịch"), a fraction ("02/4 = 50%"), a month alone.
A date that is as-of, a deadline or a document's is found too, and says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scraper.vietnamese.gates import gated
from scraper.vietnamese.scanning import Led
from scraper.vietnamese.sentences import level

PARTS = {
    "sáng": "morning", "trưa": None, "chiều": "afternoon", "tối": "evening", "đêm": "evening",
}  # fmt: skip
"""Part of the day by its printed word; noon is none of the three."""
_COUNTS = r"(?:\d{1,2}(?:,5)?|một|hai|ba|bốn|năm|sáu|bảy)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ITEM = rf"(?:(?:vào )?(?:hết )?(?:buổi )?(?:ngày )?(?:(?:sáng|trưa|chiều|tối) )?(?:ngày )?){_DAY}"
_JOIN = r"(?:\s*,\s*(?:và )?|\s+và\s+|\s+(?:đến|tới)(?: hết)?\s+|\s*-\s*)"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_TAIL = (
    rf"(?:\s*[/.]\s*{_MONTH}(?:\s*[/.]\s*(?:20\d\d|19\d\d|\d\d(?!\d)))?"
    rf"|\s?-\s?{_MONTH}(?:\s?-\s?(?:20|19)\d\d)?"
    rf"| tháng {_MONTH}(?:(?: năm |[/-]| - )(?:20|19)\d\d)?)"
)
_LIST = rf"(?P<days>(?:{_ITEM}(?:{_TAIL})?{_JOIN}){{0,4}}{_ITEM}{_TAIL})(?![\d%]|[.,/]\d)"
_PART = r"(?P<part>sáng|trưa|chiều|tối|đêm)"
_LEAD = (
    rf"(?:(?:{_PART}|hôm|ngày)\s+(?P<near>nay|qua|mai)(?:\s*[,(]\s*|\s+)(?:(?:tức )?(?:thứ \w+"
    rf"|chủ nhật),? )?(?:ngày )?"
    rf"|{_PART.replace('part', 'part2')}\s+(?:sớm )?(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy)"
    rf"|chủ nhật),?\s*(?:ngày )?|ngày\s+)?"
    r"|(?:vào\s+)?(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?: tuần (?:tới|này|sau|trước"
    r"|qua))?(?:,\s*|\s+|\s*\()(?:ngày\s+)?"
    r"|(?:ngày|hôm)\s+(?:thứ (?:hai|ba|tư|năm|sáu|bảy),?\s*)?"
    rf"|(?:trong\s+)?(?:{_COUNTS}|các|những)\s+(?:ngày|buổi)(?: rưỡi)?[\s,:(]+(?:từ\s+)?(?:ngày\s+)?"
    r"|từ\s+|vào\s+|đến\s+|hồi\s+|\(\s*|:\s+|trước\s+|sau\s+)"
)
_DATE = Led(rf"(?<![\w/]){_LEAD}{_LIST}")
_DATE_SIGN = re.compile(r"\d\s*[/.-]\s*\d|\d tháng \d")
"""What every such day holds: most sentences hold none."""
_NEAR = Led(
    r"(?<!\w)(?:(?P<part>sáng|trưa|chiều|tối|đêm)\s+(?P<near>nay|qua|mai|hôm qua|hôm nay|hôm sau)"
    r"|hôm (?P<near2>nay|qua)"
    r"|ngày (?P<near3>mai)|hôm (?P<near4>sau))(?!\w)"
)
_SAME = Led(
    r"(?<!\w)(?:(?:buổi )?(?P<part>sáng|trưa|chiều|tối|đêm)\s+)?(?:cùng|cũng trong) ngày(?! (?:càng"
    r"|một))(?!\w)"
)
_AGO = Led(rf"(?<!\w)(?P<side>trước|sau) đó (?P<count>{_COUNTS}) ngày(?!\w)")
_BUOI = Led(r"(?<!\w)(?:vào )?buổi (?P<part>sáng|chiều|tối)(?! (?:làm|họp|tiếp|gặp))(?!\w)")
_TOLD = Led("|".join(re.sub(r"\?P<\w+>", "", each.regex.pattern) for each in (_NEAR, _SAME, _AGO, _BUOI)))
"""Any of the four ways to tell a day from another one: most sentences hold none."""
_LONE = gated(rf"(?<!\w)(?P<part>sáng|chiều|tối)\s+(?P<day>{_DAY})(?=\s*[,;)]|\s+và\s)")
_NUMBER_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_LUNAR = re.compile(r"^\s*(?:\(?\s*)?(?:(?:năm )?\w+ \w+ )?âm lịch|^ tháng (?:giêng|chạp)")
_THAT_IS = gated(r"tức[^.;)]{0,20}$")
_AS_OF = gated(
    r"(?:tính đến|tính tới|tính từ|đến hết|kể từ|cho đến|từ nay đến|đến nay|thời điểm|chốt|trước|hết"
    r"|sau)\s*(?:\d+ giờ )?(?:ngày )?$"
)
_UNTIL = gated(r"(?:^|[\s(,])(?:đến|tới)\s*$")
_DOCUMENT = gated(
    r"(?:nghị quyết|quyết định|kế hoạch|chỉ thị|kết luận|thông báo|công văn|công điện|thông tư"
    r"|nghị định|luật|đề án|hướng dẫn"
    r"|chương trình|báo cáo|tờ trình|giấy mời|\d[\w/]*-[a-zđ]+(?:/[a-zđ]+)*)[^.;:\n]{0,40}$"
)
_RANGE_WORD = re.compile(r"đến|tới|-")
_IN_WORDS = re.compile(r"\s*(?:tháng|năm)\s*")
_DASHED_YEAR = re.compile(r"(?<=\d)\s*-\s*((?:20|19)\d\d)\b")
_LAST_DAY = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?\s*$")
_DAY_BEFORE = re.compile(
    r"(\d{1,2})(?:\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?|\s?-\s?(\d{1,2})(?=\s*(?:đến|tới|và|,)))?"
)


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day or stretch of days named in a text, at `text[start:end]`."""

    start: int
    end: int
    first: tuple[int, int, int | None] | None
    """Day, month and year (None where not printed) of the first day; None for a day told from another."""
    last: tuple[int, int, int | None] | None
    part: str | None
    """morning, afternoon or evening of the first day."""
    offset: int | None = None
    """Days from publication for "nay", "mai"; for "cùng ngày", "trước đó 3 ngày" from the day before."""
    anchor: str = "text"
    """text: its own numbers; published; or previous: the event's day named before."""
    role: str = "event"
    """event, from, as_of, deadline or document."""
    is_part_only: bool = False
    """True for "buổi chiều": a part of the day that was named before."""

    def with_year(self, year: int) -> DayMention:
        """Give the same days in a year that the last of them falls in."""
        if self.first is None or self.last is None:
            return self
        first_year = year - (self.first[1] > self.last[1])
        return replace(self, first=(*self.first[:2], first_year), last=(*self.last[:2], year))

    def resolve(
        self, published: date, is_planned: bool = False, previous: date | None = None
    ) -> tuple[date, date] | None:
        """Give the first and last day; None where there is no such day.

        Without a printed year it is the latest such day not after publication; of what is planned, the first
        not before it.
        """
        if self.anchor != "text":
            base = published if self.anchor == "published" else previous
            if base is None:
                return None
            day = base + timedelta(days=self.offset or 0)
            return day, day
        assert self.first
        assert self.last
        if is_planned or self.last[2] is not None:
            last = _on(self.last, published, is_planned)
            if last is None:
                return None
            year = self.first[2] if self.first[2] is not None else last.year - (self.first[1] > last.month)
            first = _date(year, self.first[1], self.first[0])
            return (first, last) if first and first <= last else (last, last)
        first = _on(self.first, published, False)  # what began is told of, though it may not have ended
        if first is None:
            return None
        last = _date(first.year + (self.last[1] < self.first[1]), self.last[1], self.last[0])
        return (first, last) if last and first <= last else (first, first)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _on(parts: tuple[int, int, int | None], published: date, is_planned: bool) -> date | None:
    day, month, year = parts
    if year is not None:
        return _date(year, month, day)
    for step in (0, 1) if is_planned else (0, -1):
        found = _date(published.year + step, month, day)
        if found and (found >= published if is_planned else found <= published):
            return found
    return _date(published.year, month, day)


def find_days(text: str, plain: str | None = None) -> list[DayMention]:
    """Find the days that a text names, in order, without overlap.

    `plain`: the levelled text where the caller has it; offsets are the text's own.
    """
    plain = level(text) if plain is None else plain
    found: list[DayMention] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        for s, e in taken:  # noqa: SIM110 - a generator costs more than the comparisons
            if start < e and s < end:
                return False
        return True

    def keep(mention: DayMention | None) -> None:
        if mention and free(mention.start, mention.end):
            found.append(mention)
            taken.append((mention.start, mention.end))

    for match in _DATE.finditer(plain) if _DATE_SIGN.search(plain) else ():
        keep(_absolute(plain, match))
    tells_another = _TOLD.search(plain) is not None
    for match in _NEAR.finditer(plain) if tells_another else ():
        near = next(g for g in (match["near"], match["near2"], match["near3"], match["near4"]) if g)
        offset = {"nay": 0, "hôm nay": 0, "qua": -1, "hôm qua": -1, "mai": 1, "hôm sau": 1, "sau": 1}[near]
        anchor = "previous" if near in ("sau", "hôm sau") else "published"
        part = PARTS.get(match["part"]) if match["part"] else None
        keep(DayMention(match.start(), match.end(), None, None, part, offset, anchor))
    for match in _SAME.finditer(plain) if tells_another else ():
        part = PARTS.get(match["part"]) if match["part"] else None
        keep(DayMention(match.start(), match.end(), None, None, part, 0, "previous"))
    for match in _AGO.finditer(plain) if tells_another else ():
        count = (
            int(match["count"].split(",")[0])
            if match["count"][0].isdigit()
            else _NUMBER_WORDS[match["count"]]
        )
        sign = -1 if match["side"] == "trước" else 1
        keep(DayMention(match.start(), match.end(), None, None, None, sign * count, "previous"))
    for match in _BUOI.finditer(plain) if tells_another else ():
        part = PARTS[match["part"]]
        keep(DayMention(match.start(), match.end(), None, None, part, 0, "previous", is_part_only=True))
    found.sort(key=lambda m: m.start)
    return _with_lone(plain, found) if any(m.first for m in found) else found


def _absolute(plain: str, match: re.Match[str]) -> DayMention | None:
    if _LUNAR.search(plain[match.end() : match.end() + 30]):
        return None
    if _THAT_IS.search(plain, max(0, match.start() - 24), match.start()):
        return None
    days = _parse_days(match["days"])
    if not days:
        return None
    first, last = days[0], days[-1]
    word = match["part"] or match["part2"]
    if first[2] and last[2] and last[2] - first[2] > 1:
        return None  # an anniversary: "(03/02/1930 - 03/02/2025)"
    inner = re.match(r"(?:trong )?(?:ngày )?(sáng|chiều|tối) (?!và (?:sáng|chiều|tối))", match["days"])
    if re.search(r"(?:sáng|chiều|tối)(?:,| và) $", plain[max(0, match.start() - 10) : match.start()]):
        word = None
    part = PARTS.get(word) if word else PARTS.get(inner[1]) if inner else None
    return DayMention(match.start(), match.end(), first, last, part, role=_role(plain, match))


def _role(plain: str, match: re.Match[str]) -> str:
    before = plain[max(0, match.start() - 70) : match.start()]
    lead = match.group()
    if lead.startswith(("trước", "sau")) or re.search(
        r"(?:trước|chậm nhất|thời hạn|hạn chót)\s*(?:ngày )?$", before
    ):
        return "deadline"
    if _AS_OF.search(before) or (lead.startswith("đến") and not re.search(r"từ[^.;]{0,25}$", before)):
        return "as_of"
    if _UNTIL.search(before) and not re.search(r"từ[^.;]{0,25}(?:đến|tới)\s*$", before):
        return "as_of"
    if re.match(r"(?:kể )?từ ", lead) and len(_parse_days(match["days"]) or ()) < 2:
        return "event" if re.search(r"(?:diễn ra|khai mạc|tổ chức|tiến hành|họp)\s*$", before) else "from"
    if re.match(r"\s*đến nay", plain[match.end() : match.end() + 10]):
        return "as_of"
    if lead.startswith("ngày") and re.search(r"\d[\w/]*-[a-zđ]+(?:/[a-zđ]+)*,?\s*$", before):
        return "document"
    if lead.startswith("ngày") and re.search(
        r"(?:nghị quyết|quyết định|kế hoạch|chỉ thị|thông báo|công văn) số [^,.;]{0,30}$", before
    ):
        return "document"
    return "event"


def _parse_days(text: str) -> list[tuple[int, int, int | None]] | None:
    """Read "17 và 18-12", "19 - 20/12/2019", "16-17/5": the month of the last holds for those before it."""
    if "tháng" in text or "năm" in text:
        text = _IN_WORDS.sub("/", text)
    if "-" in text:
        text = _DASHED_YEAR.sub(r"/\1", text)
    tail = _LAST_DAY.search(text)
    if not tail:
        return None
    day, month = int(tail[1]), int(tail[3])
    year = int(tail[4]) if tail[4] else None
    if year is not None and year < 100:
        year += 2000
    if month > 12 or day > 31:
        return None
    days: list[tuple[int, int, int | None]] = [(day, month, year)]
    rest = text[: tail.start()]
    current = month
    for piece in reversed(_DAY_BEFORE.findall(rest) if rest else ()):
        own_month = piece[1] or piece[3]
        current = int(own_month) if own_month and int(own_month) <= 12 else current
        days.insert(0, (int(piece[0]), current, int(piece[2]) if piece[2] else year))
    return days


def _with_lone(plain: str, found: list[DayMention]) -> list[DayMention]:
    """Add days without a month ("chiều 21") that stand just before one with a month in the same bracket."""
    added = []
    for match in _LONE.finditer(plain):
        if any(m.start <= match.start() < m.end for m in found):
            continue
        later = next((m for m in found if m.first and match.end() <= m.start <= match.end() + 40), None)
        if later and later.first:
            day = (int(match["day"]), later.first[1], later.first[2])
            added.append(DayMention(match.start(), match.end(), day, day, PARTS[match["part"]]))
    return sorted(found + added, key=lambda m: m.start)
