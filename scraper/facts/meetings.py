"""The meetings that an article reports, announces, recalls or says were put off (facts.md §3 and §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from scraper.facts.districts import UNDATED, AreaReading
from scraper.facts.meeting_bodies import Body, default_body, find_body, title_body
from scraper.facts.meeting_titles import Title, classify, find_titles
from scraper.facts.participants import Attendee, read_sentence
from scraper.items import Article, Evidence, Meeting, Participant, Problem
from scraper.vietnamese.areas import find_mentions
from scraper.vietnamese.dates import DayMention, find_days
from scraper.vietnamese.names import Person
from scraper.vietnamese.organisations import begins_body
from scraper.vietnamese.sentences import Sentence, level, split_sentences

_ORGANISE = re.compile(
    r"(?P<verb>tổ chức|triệu tập|tiến hành|khai mạc|bế mạc|khai giảng|mở|chủ trì|điều hành|họp"
    r"|đăng cai|tham dự|dự|hoãn|tạm hoãn"
    r"|có|kết thúc)\s+(?:lễ |buổi lễ )?(?:trọng thể |thành công |khai mạc |bế mạc |xong |lại |các "
    r"|cuộc |buổi |phiên |một |riêng |hai |2 )*$"
)
_REFERENCE = re.compile(
    r"(?:tại|trước|sau|trong|kết quả|của|nội dung|báo cáo|trình|cho|về|đến|chuẩn bị|theo|ở|từ|phục vụ"
    r"|kết luận|bên lề|với|giữa|kể từ)\s+(?:các |cuộc |buổi )?$"
)
_VERB_REFERENCE = re.compile(
    r"(?:tại|trước|sau|trong|kết quả|của|kết luận|bên lề|kể từ)\s+(?:các |cuộc |buổi |đợt )?$"
)
_TASK = re.compile(
    r"(?<!\w)(?:đề nghị|yêu cầu|giao|lưu ý|chỉ đạo|phấn đấu|nhắc|đôn đốc|xây dựng kế hoạch"
    r"|nhiệm vụ trọng tâm)(?!\w)"
)
_BARE_KINDS = ("session", "congress", "conference", "sitting", "training", "seminar", "working")
_CANCEL = re.compile(
    r"(?<!\w)(?:hoãn|tạm hoãn|lùi(?! thời gian gpmb)|dời|hủy|tạm dừng|lẽ ra|không tổ chức|đình lại"
    r"|chưa tổ chức được)(?!\w)"
)
_MOVED = re.compile(
    r"(?:lùi|chuyển|dời|hoãn)(?: lại)?(?: thời gian)? (?:sang|đến|tới|vào)|họp lại|tổ chức lại"
    r"|thời gian (?:mới|tổ chức lại)"
)
_PLANNED = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|theo kế hoạch|theo lịch|theo chương trình công tác|ấn định|sắp tới"
    r"|sáng mai|chiều mai|ngày mai|tới đây|được giao tổ chức|chuẩn bị tổ chức)(?!\w)"
)
_SOON = re.compile(r"^\)?\s*(?:tới|sắp tới|tới đây)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã (?!hoãn|phải|được)|vừa qua|vừa)")
_JUST = re.compile(r"(?<!\w)(?:vừa|mới đây|vừa qua)(?!\w)")
_CONNECT = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|diễn ra|tổ chức|họp|kế hoạch|lịch|ấn định|khai mạc|bế mạc|lẽ ra|mở|vào"
    r"|trong|từ|được|hoãn|lùi|khai giảng|làm việc|kéo dài|ngày|trước đó)(?!\w)"
)
_DURATION = re.compile(r"(?:trong|diễn ra|kéo dài|thời gian)[^.;]{0,20}(?:\d+|hai|ba|bốn|năm) (?:ngày|buổi)")
_VENUE = re.compile(
    r"(?<!\w)(?:tại|ở)\s+(?!hội nghị|đại hội|kỳ họp|phiên họp|cuộc họp|buổi|đây|địa phương|các |\d+ "
    r"|hội thảo|tọa đàm|lễ|chỗ|nơi|nhiều|một số|hai |mỗi|xã này|những)"
)
_VENUE_END = re.compile(
    r"(?<!tp)[.;:\n]|,|\)|\s(?:và họp|đã|với|vào|do|để|nhằm|theo|về|trong|sau|có|họp|sẽ|phải|bế mạc"
    r"|khai mạc|tổ chức|đang|cùng|kết nối|vì|ngày|sáng|chiều|tối|buổi|trước|từ ngày|nối|được)(?!\w)"
)
_HELD_AT = re.compile(
    r"(?:khai mạc|bế mạc|diễn ra|tổ chức|họp|mở)(?: trực tuyến)? (?:tại|ở) (?!hội nghị|đại hội|đây|các |\d)"
)
_QUOTED = re.compile(r"\"[^\"\n]{2,200}\"")


@dataclass(slots=True)
class _Draft:
    """A meeting while it is being read."""

    sentence: int
    title: Title
    start: int
    end: int
    body: Body
    classification: str
    days: tuple[date, date] | None
    part: str | None
    status: str
    location: str | None
    rule: str
    confidence: float
    people: dict[str, Attendee] = field(default_factory=dict)
    is_main: bool = True


def read_meetings(article: Article, reading: AreaReading) -> list[Meeting]:
    """Read the meetings of an article, in the order in which it names them."""
    return read_meetings_with_problems(article, reading)[0]


def read_meetings_with_problems(
    article: Article, reading: AreaReading
) -> tuple[list[Meeting], list[Problem]]:
    """Read the meetings of an article, and what looked like one and was not understood."""
    reader = _Reader(article, reading)
    return reader.read(), reader.problems


class _Reader:
    def __init__(self, article: Article, reading: AreaReading) -> None:
        self.article = article
        self.reading = reading
        self.text = article.body_text
        self.plain = level(self.text)
        self.published = date.fromisoformat((article.date_published or UNDATED)[:10])
        self.sentences = split_sentences(self.text)
        self.drafts: list[_Draft] = []
        self.problems: list[Problem] = []
        self.previous: date | None = None
        self.named: dict[str, tuple[int | None, Body]] = {}
        self.provinces = frozenset({reading.province}) if reading.province else frozenset({"-"})
        self.areas = [
            (m.start, m.end) for m in reading.mentions if m.field == "body_text" and m.how != "deixis"
        ]

    def read(self) -> list[Meeting]:
        for index, sentence in enumerate(self.sentences):
            self._read_sentence(index, sentence)
        self._drop_summaries()
        if not self.drafts:
            return []
        self._gather_people()
        return [self._finish(d) for d in self.drafts]

    # -- which meetings -------------------------------------------------------------------------------------------

    def _read_sentence(self, index: int, sentence: Sentence) -> None:
        shifted = [
            replace(d, start=d.start + sentence.start, end=d.end + sentence.start)
            for d in find_days(self.text[sentence.start : sentence.end])
        ]
        quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(self.plain, sentence.start, sentence.end)]
        days = [d for d in shifted if d.role == "event" and not any(s < d.start < e for s, e in quoted)]
        titles = find_titles(self.plain, sentence.start, sentence.end)
        if not titles:
            if shifted and self.drafts and not self._put_off(index, sentence, days):
                self._extend(sentence, shifted)
            self._remember(days, sentence)
            return
        made: list[_Draft] = []
        used: set[int] = set()
        for position, title in enumerate(titles):
            following = titles[position + 1].start if position + 1 < len(titles) else sentence.end
            before = titles[position - 1].end if position else sentence.start
            made += self._consider(index, sentence, title, days, used, following, before, bool(made))
        if len(made) == 1 and made[0].days and made[0].status == "confirmed":
            self._widen(made[0], days)
        for draft in made:
            self._keep(draft)
        if not made and self.drafts and shifted:
            self._extend(sentence, shifted)
        self._remember(days, sentence)

    def _remember(self, days: list[DayMention], sentence: Sentence) -> None:
        """Keep the day that a sentence begins with: "cùng ngày" may mean it."""
        for day in days:
            found = day.resolve(self.published, False, self.previous)
            if found and day.anchor != "previous" and day.start - sentence.start < 12:
                self.previous = found[0]

    def _consider(
        self, index: int, sentence: Sentence, title: Title, days: list[DayMention], used: set[int],
        following: int, before_title: int, has_earlier: bool,
    ) -> list[_Draft]:  # fmt: skip
        head = self.plain[max(sentence.start, title.start - 40) : title.start]
        self._remember_name(title, sentence)
        organised = _ORGANISE.search(head)
        is_verb = title.kind in ("working", "voters", "briefing") or (
            title.kind == "sitting" and self.plain.startswith(("họp", "phiên thường"), title.start)
        )
        recalled = _VERB_REFERENCE if is_verb else _REFERENCE
        reference = recalled.search(head) is not None and not organised
        whole = [d for d in days if not d.is_part_only]
        after = self._day_after(title, whole, following, used)
        if reference and after and "," in self.plain[title.end : after.start]:
            told = re.search(
                r"(?:diễn ra|tổ chức|họp|khai mạc|mở)(?: vào)?\s*$", self.plain[title.end : after.start]
            )
            after = after if told or _PLANNED.search(self.plain, title.end, after.end) else None
        ahead = (
            None
            if after and self._adjacent(title, after)
            else self._day_before(title, whole, before_title, sentence, used)
        )
        if title.kind == "review" and not (organised or after):
            is_verb = self._follows_body(title, sentence)
            if not is_verb:
                return []
        if ahead and after and _CANCEL.search(self.plain, ahead.end, title.start):
            ahead = None
        day = None
        rule = ""
        if after and (self._adjacent(title, after) or (not ahead or reference)):
            day, rule = after, "title, then its day"
        elif ahead and reference and self._is_told_of(title, ahead):
            day, rule, reference = ahead, "day, then title recalled", False
        elif ahead and not reference and (organised or is_verb or self._is_headed(title, ahead)):
            day, rule = ahead, "day, body, then title"
        elif after and not reference:
            day, rule = after, "title, then its day"
        if day is None:
            return self._undated(index, sentence, title, bool(organised) or is_verb, reference, has_earlier)
        used.add(day.start)
        return self._dated(
            index,
            sentence,
            title,
            day,
            days,
            used,
            following,
            rule,
            organised is not None or is_verb,
            reference,
        )

    def _remember_name(self, title: Title, sentence: Sentence) -> None:
        """Keep what a session or congress was called in full: a later "Kỳ họp" may mean it."""
        if title.kind in ("session", "congress") and title.ordinal is not None:
            body = title_body(self.text, self.plain, title, sentence, self.reading)
            if body:
                self.named[title.kind] = (title.ordinal, body)

    def _put_off(self, index: int, sentence: Sentence, days: list[DayMention]) -> bool:
        """Read "thời gian họp lại dự kiến vào ngày 27/7" after a meeting that was put off."""
        last = self.drafts[-1]
        if (
            last.status != "cancelled"
            or not days
            or not _MOVED.search(self.plain, sentence.start, sentence.end)
        ):
            return False
        found = days[0].resolve(self.published, True, self.previous)
        if found is None:
            return False
        moved = replace_draft(last, days=found, part=days[0].part, status="tentative", location=None)
        moved.start, moved.end, moved.sentence, moved.rule = (
            sentence.start,
            days[0].end,
            index,
            "moved to a new day",
        )
        self.drafts.append(moved)
        return True

    def _adjacent(self, title: Title, day: DayMention) -> bool:
        gap = self.plain[title.end : day.start]
        return len(gap.strip(" ,(")) <= 2 or (
            len(gap) <= 12
            and gap.strip().startswith(("(dự kiến", "dự kiến", "(họp", "họp", "vào", "diễn ra", "tổ chức"))
        )

    def _day_after(
        self, title: Title, days: list[DayMention], following: int, used: set[int]
    ) -> DayMention | None:
        for day in days:
            if day.start < title.noun_end or day.start in used:
                continue
            if day.start >= following:
                return None
            gap = self.plain[title.noun_end : day.start]
            if len(gap) > 170 or ";" in gap:
                return None
            bracketed = self.plain.startswith("(", day.start) or self.plain[day.start - 1] == "("
            if (
                bracketed
                or self._adjacent(title, day)
                or _CONNECT.search(self.plain, title.noun_end, day.end)
            ):
                return day
            return None
        return None

    def _day_before(
        self, title: Title, days: list[DayMention], before_title: int, sentence: Sentence, used: set[int]
    ) -> DayMention | None:
        found = [d for d in days if d.end <= title.start and d.start not in used]
        if not found:
            return None
        day = found[-1]
        if (
            before_title > day.end
            and before_title != sentence.start
            and _REFERENCE.search(self.plain[max(sentence.start, before_title - 60) : before_title]) is None
            and day.start < before_title - 80
        ):
            return None
        gap = self.plain[day.end : title.start]
        return None if ";" in gap and not re.search(r"gồm|các (?:đồng chí|ông|bà)", gap) else day

    def _follows_body(self, title: Title, sentence: Sentence) -> bool:
        """Tell whether "sơ kết" is the verb of a body: "Công an thành phố sơ kết công tác 6 tháng"."""
        start = max(self.plain.rfind(mark, sentence.start, title.start) for mark in (",", ":", ";")) + 1
        subject = self.plain[max(start, sentence.start) : title.start].strip()
        return begins_body(subject) and len(subject) < 90

    def _is_told_of(self, title: Title, day: DayMention) -> bool:
        """Tell whether a named meeting follows its day: "Chiều 30/3, tại hội nghị lần thứ XX, …"."""
        gap = self.plain[day.end : title.start]
        full = title.ordinal is not None or title.end - title.noun_end > 8
        return (
            full
            and re.fullmatch(
                r"\)?\s*,?\s*(?:phát biểu |dự |tham dự )?(?:tại|trong)\s+(?:các |cuộc |buổi )?", gap
            )
            is not None
        )

    def _is_headed(self, title: Title, day: DayMention) -> bool:
        """Tell whether a title stands right behind its day: "Trưa nay 23-7, Đại hội …"."""
        return len(self.plain[day.end : title.start].strip(" ,):-")) <= 2

    def _undated(
        self, index: int, sentence: Sentence, title: Title, active: bool, reference: bool, has_earlier: bool
    ) -> list[_Draft]:
        if self.drafts or has_earlier or sentence.paragraph > 1 or reference or not active:
            return []
        verb = _ORGANISE.search(self.plain[max(sentence.start, title.start - 40) : title.start])
        if verb and verb["verb"] in ("chủ trì", "điều hành", "dự", "tham dự", "có", "kết thúc"):
            return []
        window = self.plain[sentence.start : min(sentence.end, title.end + 30)]
        if _PLANNED.search(window) or _CANCEL.search(window) or title.kind in ("review",):
            return []
        body = find_body(self.text, self.plain, title, sentence, self.reading, None, False)
        if body is None:
            return []
        just = _JUST.search(window) is not None
        return [
            self._draft(
                index,
                sentence,
                title,
                body,
                None,
                None,
                "confirmed",
                "body and title, no day",
                0.8 if just else 0.6,
            )
        ]

    def _dated(
        self, index: int, sentence: Sentence, title: Title, day: DayMention, days: list[DayMention], used: set[int],
        following: int, rule: str, active: bool, reference: bool,
    ) -> list[_Draft]:  # fmt: skip
        clause_start = max(self.plain.rfind(";", sentence.start, title.start) + 1, sentence.start)
        clause_end = self.plain.find(";", max(title.end, day.end), sentence.end)
        clause_end = sentence.end if clause_end < 0 else clause_end
        clause_end = min(clause_end, max(following, day.end + 40)) if following < sentence.end else clause_end
        spent = [d.end for d in days if d.start in used and d.end <= title.start and d is not day]
        window = self.plain[max([clause_start, *spent]) : clause_end]
        cancelled = _CANCEL.search(window)
        soon = _SOON.match(self.plain[day.end : day.end + 12]) is not None
        planned = soon or (
            bool(_PLANNED.search(window)) and not re.search(r"(?<!\w)theo kế hoạch số", window)
        )
        near = (
            self.plain[max(title.start, day.start - 40) : day.end]
            if day.start > title.start
            else self.plain[day.start : title.start]
        )
        if rule == "day, body, then title" and active and not cancelled:
            planned = soon or bool(
                re.search(r"(?<!\w)(?:sẽ|dự kiến|(?:sáng|chiều|tối|ngày) mai)(?!\w)", near)
            )
        status = "cancelled" if cancelled else "tentative" if planned else "confirmed"
        if status == "confirmed" and day.anchor == "text" and day.last and day.last[2]:
            resolved = day.resolve(self.published)
            status = "tentative" if resolved and resolved[1] > self.published else status
        body = find_body(
            self.text, self.plain, title, sentence, self.reading, day, reference
        ) or default_body(title, self.reading, self._main_body(), self.named.get(title.kind))
        found = self._resolve(day, status)
        if (
            (
                status == "confirmed"
                and _TASK.search(self.plain, sentence.start, title.start)
                and not _DONE.search(window)
            )
            and not day.part
            and not reference
            and day.start > title.start
        ):
            return []
        if found and self._joins(title, found, day):
            return []
        if found is None:
            self._problem("meeting_day_not_understood", sentence, "The day of a meeting could not be told.")
            return []
        draft = self._draft(
            index, sentence, title, body, found, day, status, rule, 0.9 if rule.startswith("day") else 0.8
        )
        drafts = [draft]
        if status == "cancelled":
            drafts += self._moved(draft, days, sentence, cancelled)
        elif draft.classification == "voter_contact":
            drafts += self._further(draft, days, day, sentence)
        return drafts

    def _joins(self, title: Title, found: tuple[date, date], day: DayMention) -> bool:
        """Take "Kỳ họp dự kiến bế mạc chiều 12/7" as a further day of the session named before."""
        last = next((d for d in reversed(self.drafts) if d.title.kind == title.kind and d.days), None)
        if last is None or last.days is None or last.status == "cancelled":
            return False
        bare = title.ordinal is None and title.end - title.noun_end < 2 and title.kind in _BARE_KINDS
        again = (
            title.ordinal is not None
            and title.ordinal == last.title.ordinal
            and title.kind in ("session", "congress")
        )
        near = -4 <= (found[0] - last.days[0]).days <= 5
        if not near or not (bare or again):
            return False
        if found[0] < last.days[0]:
            last.part = day.part
        last.days = (min(last.days[0], found[0]), max(last.days[1], found[1]))
        return True

    def _resolve(self, day: DayMention, status: str) -> tuple[date, date] | None:
        if status == "cancelled":
            options = [
                d for planned in (True, False) if (d := day.resolve(self.published, planned, self.previous))
            ]
            return min(options, key=lambda d: abs((d[0] - self.published).days)) if options else None
        return day.resolve(self.published, status == "tentative", self.previous or self.published)

    def _moved(
        self, draft: _Draft, days: list[DayMention], sentence: Sentence, cancelled: re.Match[str] | None
    ) -> list[_Draft]:
        """A meeting moved to a new day is two: what was put off, and what is planned instead."""
        assert draft.days
        for day in days:
            if day.start <= draft.title.start:
                continue
            if _MOVED.search(self.plain[max(sentence.start, day.start - 30) : day.end]):
                found = day.resolve(self.published, True, self.previous)
                if found and found[0] != draft.days[0]:
                    return [
                        replace_draft(
                            draft,
                            days=found,
                            part=day.part,
                            status="tentative",
                            location=None,
                            rule="moved to a new day",
                        )
                    ]
        return []

    def _further(
        self, draft: _Draft, days: list[DayMention], first: DayMention, sentence: Sentence
    ) -> list[_Draft]:
        """Voter contacts named together with a day or part of a day each."""
        more = []
        for day in days:
            if day.start <= first.start or draft.days is None:
                continue
            found = self._resolve(day, draft.status) if day.anchor == "text" else draft.days
            if day.anchor == "text" and "(" not in self.plain[max(0, day.start - 1) : day.start + 1]:
                continue
            if found and (found != draft.days or day.part != draft.part):
                if draft.part is None and found == draft.days:
                    draft.part = day.part
                    continue
                more.append(
                    replace_draft(
                        draft, days=found, part=day.part, location=None, rule="further day of a list"
                    )
                )
        return more

    def _widen(self, draft: _Draft, days: list[DayMention]) -> None:
        """Take in the other days of the sentence: a preparatory session, the closing day."""
        assert draft.days
        first, last = draft.days
        for day in days:
            found = day.resolve(self.published, False, self.previous)
            if not found or day.anchor == "previous":
                continue
            if -6 <= (found[0] - first).days <= 6 and found[1] <= self.published.replace(
                year=self.published.year + 1
            ):
                if found[0] < first:
                    if (first - found[0]).days > 4:
                        continue
                    first, draft.part = found[0], day.part
                last = max(last, found[1])
        multi = next((d for d in days if d.first and d.first != d.last and d.start < draft.title.start), None)
        draft.days = (first, last)
        if first != last and multi is not None and multi.part is None:
            opening = multi.resolve(self.published)
            if opening and opening[0] == first:
                draft.part = None

    def _extend(self, sentence: Sentence, days: list[DayMention]) -> None:
        """A later sentence may say how many days the meeting took: "trong 2 ngày (16-17/5)"."""
        draft = next((d for d in reversed(self.drafts) if d.is_main), None)
        if draft is None or draft.days is None or draft.status == "cancelled":
            return
        lasts = re.search(r"kéo dài (?:đến|tới)", self.plain[sentence.start : sentence.end])
        if not lasts and not _DURATION.search(self.plain, sentence.start, sentence.end):
            return
        for day in days:
            if day.anchor != "text" or day.role == "deadline":
                continue
            found = day.resolve(self.published, draft.status == "tentative") or draft.days
            if day.role == "as_of":
                found = (
                    (draft.days[0], day.resolve(self.published, True)[1])
                    if day.resolve(self.published, True)
                    else found
                )  # type: ignore[index]
            if found[0] == draft.days[0] and 0 < (found[1] - found[0]).days <= 30:
                draft.days = found
                return

    # -- one meeting ----------------------------------------------------------------------------------------------

    def _draft(
        self, index: int, sentence: Sentence, title: Title, body: Body, days: tuple[date, date] | None,
        day: DayMention | None, status: str, rule: str, confidence: float,
    ) -> _Draft:  # fmt: skip
        title_text = self.plain[title.start : title.end]
        start = title.start
        if body.start is not None and sentence.start <= body.start < title.start:
            start = body.start
        end = title.end
        if (
            day
            and day.start >= title.end
            and day.start - title.end < 80
            and (status != "confirmed" or day.start - title.end < 6)
        ):
            end = day.end
            if self.plain[end : end + 1] == ")" and "(" in self.plain[title.end : end]:
                end += 1
        part = day.part if day else None
        special = re.search(r"chuyên đề|bất thường|thường lệ|khác|lần", title_text)
        if (
            title.ordinal is None
            and not special
            and title.kind in self.named
            and not body.printed
            and body.short == self.named[title.kind][1].short
        ):
            title = replace(title, ordinal=self.named[title.kind][0])
        classification = classify(title.kind, self.plain[title.start : min(sentence.end, title.end + 40)] if title.kind == "conference" and not re.search("sơ kết|tổng kết", title_text) and re.match(r"[^,.;]{0,30}(?:nhằm |để )?(?:sơ kết|tổng kết)", self.plain[title.end : title.end + 40]) else title_text, level(body.short) if body.short else None)  # fmt: skip
        return _Draft(
            sentence=index, title=title, start=start, end=end, body=body, classification=classification, days=days,
            part=part, status=status, location=self._location(title, day, sentence), rule=rule, confidence=confidence,
            is_main=status == "confirmed",
        )  # fmt: skip

    def _location(self, title: Title, day: DayMention | None, sentence: Sentence) -> str | None:
        reach = max(title.end, day.end if day else 0) + 50
        extra = re.match(r"[^.;]{0,60}\((?:[^()]{0,90})\)", self.plain[title.end : sentence.end])
        reach = (
            max(reach, title.end + extra.end() + 4) if extra and day and day.start < title.start else reach
        )
        areas = [(title.noun_end, min(sentence.end, reach)), (sentence.start, title.start)]
        if day and day.end <= title.start:
            areas = [(max(sentence.start, day.start - 60), title.start), areas[0]]
        for start, end in areas:
            for match in _VENUE.finditer(self.plain, start, sentence.end):
                if match.start() >= end:
                    break
                if end <= title.start and not self._sets_scene(match.start(), sentence, day):
                    continue
                venue = self._venue(match.end(), sentence.end)
                if venue:
                    return venue
        held = _HELD_AT.search(self.plain, title.noun_end, sentence.end)
        return (
            self._venue(held.end(), sentence.end)
            if held and ";" not in self.plain[title.end : held.start()]
            else None
        )

    def _sets_scene(self, position: int, sentence: Sentence, day: DayMention | None) -> bool:
        """Tell whether "tại" before a title stands where a meeting's place does: first, behind the day, or after a comma."""
        before = self.plain[sentence.start : position].rstrip()
        return not before or before[-1] in ",(-" or bool(day and 0 <= position - day.end <= 3)

    def _venue(self, start: int, limit: int) -> str | None:
        stop = _VENUE_END.search(self.plain, start, limit)
        end = stop.start() if stop else limit
        bracket = re.match(
            r"\s*\((?=số |đường |tp|phường |quận |huyện |\d)[^()]{2,60}\)",
            self.plain[end:limit] if end < limit else "",
        )
        opened = self.plain.find("(", start, end)
        if opened >= 0:
            close = self.plain.find(")", opened)
            keep = re.match(r"\((?:số |đường |tp|phường |quận |\d)", self.plain[opened:]) is not None
            end = close + 1 if keep and 0 < close < limit else opened
        elif bracket:
            end += bracket.end()
        while (
            end < limit
            and self.plain[end : end + 1] == ","
            and re.match(r", (?:xã|phường|thị trấn|quận|huyện|số \d) ?", self.plain[end : end + 14])
        ):
            again = _VENUE_END.search(self.plain, end + 2, limit)
            end = again.start() if again else limit
        venue = self.text[start:end].strip(" ,-–(")
        return venue if 2 < len(venue) <= 120 and not re.search(r"cử tri", level(venue)) else None

    def _main_body(self) -> Body | None:
        return next((d.body for d in self.drafts if d.is_main), self.drafts[0].body if self.drafts else None)

    def _keep(self, draft: _Draft) -> None:
        """Add a meeting, unless it is one that the article named before."""
        for other in self.drafts:
            if other.days and draft.days and self._is_same(other, draft):
                if draft.days[0] == other.days[0] and other.status == "confirmed":
                    other.days = (other.days[0], max(other.days[1], draft.days[1]))
                if other.location is None and draft.status == "confirmed":
                    other.location = draft.location
                if other.title.ordinal is None and draft.title.ordinal is not None:
                    other.title = replace(other.title, ordinal=draft.title.ordinal)
                return
        self.drafts.append(draft)
        if draft.days and draft.status == "confirmed":
            self.previous = draft.days[0]

    def _is_same(self, first: _Draft, second: _Draft) -> bool:
        assert first.days
        assert second.days
        if first.status != second.status and "confirmed" in (first.status, second.status):
            return False
        overlap = first.days[0] <= second.days[1] and second.days[0] <= first.days[1]
        if not overlap or (first.part and second.part and first.part != second.part):
            return False
        if first.title.ordinal and second.title.ordinal and first.title.ordinal != second.title.ordinal:
            return False
        if first.sentence == second.sentence and first.status != second.status:
            return False
        if "voter_contact" in (first.classification, second.classification):
            return first.days == second.days and self._named(first) == self._named(second)
        return first.classification == second.classification or first.body.short == second.body.short

    def _named(self, draft: _Draft) -> str:
        return self.plain[draft.title.start : draft.title.end]

    def _drop_summaries(self) -> None:
        """Drop a voter contact over several days where the article then tells of each."""
        contacts = [d for d in self.drafts if d.classification == "voter_contact" and d.days]
        for whole in contacts:
            assert whole.days
            parts = [
                d
                for d in contacts
                if d is not whole and d.days and whole.days[0] <= d.days[0] <= d.days[1] <= whole.days[1]
            ]
            if whole.days[0] != whole.days[1] and len(parts) >= 2:
                self.drafts.remove(whole)

    # -- who was there --------------------------------------------------------------------------------------------

    def _gather_people(self) -> None:
        known: dict[str, Attendee] = {}
        owner: dict[str, _Draft] = {}
        objects: set[str] = set()
        main = next((d for d in self.drafts if d.is_main), self.drafts[0])
        current = main
        for index, sentence in enumerate(self.sentences):
            here = [d for d in self.drafts if d.sentence == index]
            held = [d for d in here if d.is_main]
            if held and (sentence.paragraph == 1 or self._opens(held[0], sentence)):
                current = held[0]
            target = held[0] if held else current
            areas = [
                (s - sentence.start, e - sentence.start)
                for s, e in self.areas
                if sentence.start <= s < sentence.end
            ]
            for seen in read_sentence(self.text[sentence.start : sentence.end], areas):
                chosen = target
                for draft in held[1:]:
                    if draft.start <= seen.person.start + sentence.start:
                        chosen = draft
                self._note(seen.person, seen.note, seen.is_object, known, owner, objects, chosen)
        for caption in self.article.captions:
            spots = [(m.start, m.end) for m in find_mentions(caption, self.provinces) if m.how != "deixis"]
            for seen in read_sentence(caption, spots):
                note = seen.note or (
                    "attend"
                    if re.search(r"hội nghị|kỳ họp|đại hội|hội thảo|tọa đàm|buổi làm việc", level(caption))
                    else None
                )
                self._note(seen.person, note, seen.is_object, known, owner, objects, main)
        for name, attendee in known.items():
            if attendee.note and not (name in objects and attendee.note == "attend"):
                owner[name].people[name] = attendee

    def _opens(self, draft: _Draft, sentence: Sentence) -> bool:
        """Tell whether a paragraph or bullet begins with a meeting of its own, so that what follows is said there."""
        return draft.start - sentence.start < 160 and self.text[
            max(0, sentence.start - 2) : sentence.start
        ].endswith("\n")

    def _note(
        self, person: Person, note: str | None, is_object: bool, known: dict[str, Attendee], owner: dict[str, _Draft],
        objects: set[str], draft: _Draft,
    ) -> None:  # fmt: skip
        name = self._full_name(person, known)
        if name is None:
            return
        if is_object:
            objects.add(name)
        attendee = known.get(name)
        if attendee is None:
            attendee = known[name] = Attendee(name)
            owner[name] = draft
        elif note and attendee.note is None:
            owner[name] = draft
        attendee.add(note, person.posts)

    def _full_name(self, person: Person, known: dict[str, Attendee]) -> str | None:
        for name in known:
            if name == person.name:
                return name
            if level(name).endswith(" " + level(person.name)) or level(name).startswith(
                level(person.name) + " "
            ):
                return name
        return None if person.is_short else person.name

    # -- the record -----------------------------------------------------------------------------------------------

    def _finish(self, draft: _Draft) -> Meeting:
        people = tuple(
            Participant(name=a.name, roles=tuple(a.roles), note=a.note or "attend")
            for a in draft.people.values()
        )
        return Meeting(
            name=self._name(draft),
            classification=draft.classification,
            organization=draft.body.short,
            ordinal=draft.title.ordinal,
            start_date=draft.days[0].isoformat() if draft.days else None,
            end_date=draft.days[1].isoformat() if draft.days else None,
            part_of_day=draft.part,
            location=draft.location,
            ref_area=draft.body.ref_area,
            status=draft.status,
            participants=people,
            evidence=Evidence(self.text[draft.start : draft.end], draft.start, draft.end),
            confidence=draft.confidence,
            rule=draft.rule,
        )

    def _name(self, draft: _Draft) -> str:
        """Give the shortest full form: the title as printed, with the body where the title does not name it."""
        name = " ".join(self.text[draft.title.start : draft.title.end].split())
        if draft.title.name_start is not None:
            shared = re.split(r"\slần thứ\s", self.text[draft.title.name_start : draft.title.start])[0]
            name = f"{shared} {name}"
        plain = level(name)
        named = re.search(
            r"quận ủy|huyện ủy|thị ủy|thành ủy|tỉnh ủy|đảng|hđnd|ubnd|quốc hội|chính phủ|ban |sở "
            r"|hội đồng|cử tri|[\"“]",
            plain,
        )
        if draft.body.short and not named and len(name.split()) < 9:
            name = f"{name} {draft.body.short}"
        return name[0].upper() + name[1:]

    def _problem(self, kind: str, sentence: Sentence, detail: str) -> None:
        self.problems.append(Problem("facts", kind, detail, self.text[sentence.start : sentence.end]))


def replace_draft(draft: _Draft, **changes: object) -> _Draft:
    """Return another meeting like a draft, with its own day and people."""
    values = {name: getattr(draft, name) for name in _Draft.__slots__}
    values.update(changes)
    values["people"] = {}
    values["is_main"] = values["status"] == "confirmed"
    return _Draft(**values)
