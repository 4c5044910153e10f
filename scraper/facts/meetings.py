"""The meetings that an article reports, announces, recalls or says were put off (facts.md §3 and §6).

Sentence by sentence: the titles in it (`meeting_titles`), the day that belongs to each (`meeting_days`), the
body that meets (`meeting_bodies`) and the place (`meeting_venues`); then who was there (`meeting_people`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.facts.districts import AreaReading
from scraper.facts.meeting_bodies import Body, default_body
from scraper.facts.meeting_calendar import Calendar
from scraper.facts.meeting_conveners import find_body, title_body
from scraper.facts.meeting_days import (
    Days,
    day_after,
    day_before,
    day_of_subject,
    extend,
    further,
    is_adjacent,
    is_headed,
    is_told_of,
    moved_to,
    resolve,
    widen,
)
from scraper.facts.meeting_draft import Draft, Prose, Spot
from scraper.facts.meeting_people import gather_people
from scraper.facts.meeting_records import to_meeting
from scraper.facts.meeting_roster import Roster
from scraper.facts.meeting_titles import classify, find_titles
from scraper.facts.meeting_venues import find_venue
from scraper.facts.meeting_words import (
    CANCEL,
    DONE,
    HABIT,
    HAPPENS,
    JUST,
    MOVED,
    ORGANISE,
    OTHER_DEED,
    PLANNED,
    QUOTED,
    REFERENCE,
    SOON,
    TASK,
    VERB_REFERENCE,
)
from scraper.items import Article, Meeting, Problem
from scraper.vietnamese.dates import DayMention
from scraper.vietnamese.organisations import begins_body
from scraper.vietnamese.sentences import Sentence, level, split_sentences

HAPPENING = ("congress", "session", "conference", "seminar")
"""Kinds of title that may be the subject of a sentence."""
LONGEST_SENTENCE = 3000
MOST_MEETINGS = 60
"""Bounds against hostile text: no prose has such sentences, no article so many meetings."""
DAY_FIRST = "day, body, then title"
RECALLED = "day, then title recalled"
TITLE_FIRST = "title, then its day"
NO_DAY = "body and title, no day"
CONFIDENCE = {DAY_FIRST: 0.95, RECALLED: 0.85, TITLE_FIRST: 0.9, NO_DAY: 0.7}
"""How sure each way of reading a meeting is."""
_TOLD = re.compile(r"(?:diễn ra|tổ chức|họp|khai mạc|mở)(?: vào)?\s*$")
_PLAN_NEAR = re.compile(r"(?<!\w)(?:sẽ|dự kiến|(?:sáng|chiều|tối|ngày) mai)(?!\w)")
_REVIEW = re.compile(r"sơ kết|tổng kết")
_REVIEW_PURPOSE = re.compile(
    r"[^,.;]{0,30}(?:nhằm |để )?(?:sơ kết|tổng kết|đánh giá (?:kết quả|công tác|tình hình))"
)
_SPECIAL = re.compile(r"chuyên đề|bất thường|thường lệ|khác|lần")
_GUEST_VERBS = ("chủ trì", "điều hành", "dự", "tham dự", "có", "kết thúc")


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
        text = article.body_text
        self.reference = reading.reference
        self.prose = Prose(text, level(text), reading, self.reference.anchor)
        self.calendar = Calendar(self.prose)
        self.roster = Roster(self.prose.plain)
        self.sentences = split_sentences(text)
        self.problems: list[Problem] = []
        self.named: dict[str, tuple[int | None, Body]] = {}
        """Ordinal and body of the last session or congress named in full."""

    def read(self) -> list[Meeting]:
        self._say_if_undated()
        for index, sentence in enumerate(self.sentences):
            if sentence.end - sentence.start > LONGEST_SENTENCE:
                self._problem("sentence_too_long", sentence, "A sentence is too long to be prose; not read.")
            elif len(self.roster.drafts) < MOST_MEETINGS:
                self._read_sentence(index, sentence)
        self.roster.drop_summaries()
        if self.roster.drafts:
            gather_people(self.prose, self.sentences, self.article.captions, self.roster.drafts)
        return [to_meeting(d, self.prose.text, self.calendar.given(d)) for d in self.roster.drafts]

    def _read_sentence(self, index: int, sentence: Sentence) -> None:
        plain = self.prose.plain
        every = self.calendar.days_of(sentence)
        quoted = [m.span() for m in QUOTED.finditer(plain, sentence.start, sentence.end)]
        days = tuple(d for d in every if d.role == "event" and not any(s < d.start < e for s, e in quoted))
        titles = find_titles(plain, sentence.start, sentence.end)
        held_on = day_of_subject(plain, sentence, titles[0], days) if titles and days else None
        if held_on:
            titles = [titles[0], *(t for t in titles[1:] if t.start > held_on.end)]
        made: list[Draft] = []
        used: set[int] = set()
        for position, title in enumerate(titles):
            following = titles[position + 1].start if position + 1 < len(titles) else sentence.end
            before = titles[position - 1].end if position else sentence.start
            spot = Spot(index, sentence, title, days, before, following, None if position else held_on)
            made += self._consider(spot, used, bool(made))
        if len(made) == 1 and made[0].is_main:
            widen(made[0], days, self.prose, self.calendar.previous)
        for draft in made:
            self._keep(draft)
        if not made and every and self.roster.drafts and (titles or not self._put_off(index, sentence, days)):
            main = next((d for d in reversed(self.roster.drafts) if d.is_main), None)
            if main:
                extend(main, sentence, every, self.prose)
        self.calendar.remember(days, sentence)

    def _consider(self, spot: Spot, used: set[int], has_earlier: bool) -> list[Draft]:
        """Decide whether a title is a meeting of its own here, and on which day."""
        plain, title = self.prose.plain, spot.title
        head = plain[max(spot.sentence.start, title.start - 40) : title.start]
        self._remember_name(spot)
        if spot.held_on:
            used.add(spot.held_on.start)
            return self._dated(spot, spot.held_on, TITLE_FIRST, used, True, False)
        organised = ORGANISE.search(head) is not None
        is_verb = title.kind in ("working", "voters", "briefing") or (
            title.kind == "sitting" and plain.startswith(("họp", "phiên thường"), title.start)
        )
        recalled = VERB_REFERENCE if is_verb else REFERENCE
        reference = recalled.search(head) is not None and not organised
        after, ahead = self._days_around(spot, used, reference)
        if title.kind == "review" and not organised and not after:
            is_verb = self._follows_body(spot)
            if not is_verb:
                return []
        active = organised or is_verb
        happens = (
            title.kind in HAPPENING and HAPPENS.match(plain, title.noun_end, spot.sentence.end) is not None
        )
        if after and (is_adjacent(plain, title, after) or not ahead or reference):
            day, rule = after, TITLE_FIRST
        elif ahead and reference and is_told_of(plain, title, ahead):
            day, rule, reference = ahead, RECALLED, False
        elif ahead and not reference and (active or happens or is_headed(plain, title, ahead)):
            day, rule = ahead, DAY_FIRST
        elif after and not reference:
            day, rule = after, TITLE_FIRST
        else:
            return [] if reference or not active or has_earlier else self._undated(spot)
        used.add(day.start)
        return self._dated(spot, day, rule, used, active, reference)

    def _days_around(
        self, spot: Spot, used: set[int], reference: bool
    ) -> tuple[DayMention | None, DayMention | None]:
        plain, title = self.prose.plain, spot.title
        after = day_after(plain, spot, used)
        if reference and after and "," in plain[title.end : after.start]:
            told = _TOLD.search(plain[title.end : after.start])
            after = after if told or PLANNED.search(plain, title.end, after.end) else None
        if reference and after and OTHER_DEED.search(plain, title.end, after.start):
            after = None
        if after and is_adjacent(plain, title, after):
            return after, None
        ahead = day_before(plain, spot, used)
        if ahead and after and CANCEL.search(plain, ahead.end, title.start):
            ahead = None  # the day on which it was put off, not the meeting's
        return after, ahead

    def _follows_body(self, spot: Spot) -> bool:
        """Tell whether "sơ kết" is the verb of a body: "Công an thành phố sơ kết công tác 6 tháng"."""
        plain, start = self.prose.plain, spot.sentence.start
        cut = max(plain.rfind(mark, start, spot.title.start) for mark in (",", ":", ";")) + 1
        subject = plain[max(cut, start) : spot.title.start].strip()
        return begins_body(subject) and len(subject) < 90

    def _remember_name(self, spot: Spot) -> None:
        """Keep what a session or congress was called in full: a later "Kỳ họp" may mean it."""
        title = spot.title
        if title.kind in ("session", "congress") and title.ordinal is not None:
            body = title_body(self.prose.text, self.prose.plain, title, spot.sentence, self.prose.reading)
            if body:
                self.named[title.kind] = (title.ordinal, body)

    def _undated(self, spot: Spot) -> list[Draft]:
        """Take a meeting without a day from the lead: "vừa tổ chức Hội nghị sơ kết …"."""
        plain, title, sentence = self.prose.plain, spot.title, spot.sentence
        if self.roster.drafts or sentence.paragraph > 1 or title.kind == "review":
            return []
        verb = ORGANISE.search(plain[max(sentence.start, title.start - 40) : title.start])
        window = plain[sentence.start : min(sentence.end, title.end + 30)]
        if verb and (verb["verb"] in _GUEST_VERBS or (verb["verb"] == "diễn ra" and not JUST.search(window))):
            return []
        if PLANNED.search(window) or CANCEL.search(window):
            return []
        if HABIT.search(window) and not JUST.search(window):
            return []
        body = find_body(self.prose.text, plain, title, sentence, self.prose.reading, None, False)
        if body is None:
            self._problem(
                "meeting_body_not_understood", sentence, "A meeting without a day and without a body."
            )
            return []
        draft = self._draft(spot, body, None, None, "confirmed", NO_DAY)
        draft.confidence += 0.1 if JUST.search(window) else 0.0
        return [draft]

    def _dated(
        self, spot: Spot, day: DayMention, rule: str, used: set[int], active: bool, reference: bool
    ) -> list[Draft]:
        prose, title = self.prose, spot.title
        window = self._window(spot, day, used)
        status = self._status(spot, day, window, rule == DAY_FIRST and active)
        is_task = status == "confirmed" and TASK.search(prose.plain, spot.sentence.start, title.start)
        if is_task and not DONE.search(window) and not day.part and not reference and day.start > title.start:
            return []
        found = resolve(day, status, prose.published, self.calendar.previous)
        is_told = status == "confirmed" and rule == TITLE_FIRST and not DONE.search(window)
        if found and is_told and self.reference.is_published:
            coming = day.resolve(prose.published, True) if day.anchor == "text" else None
            if (
                coming
                and (prose.published - found[0]).days > 240
                and 0 <= (coming[0] - prose.published).days < 100
            ):
                found, status = coming, "tentative"
        if found is None:
            self._problem(
                "meeting_day_not_understood", spot.sentence, "The day of a meeting could not be told."
            )
            return []
        if self.roster.joins(title, found, day):
            return []
        body = find_body(prose.text, prose.plain, title, spot.sentence, prose.reading, day, reference)
        if body is None:
            main = self.roster.main
            body = default_body(title, prose.reading, main.body if main else None, self.named.get(title.kind))
        draft = self._draft(spot, body, found, day, status, rule)
        if status == "cancelled":
            return [draft, *moved_to(draft, spot, prose, self.calendar.previous)]
        if draft.classification == "voter_contact":
            return [draft, *further(draft, spot, day, prose, self.calendar.previous)]
        return [draft]

    def _window(self, spot: Spot, day: DayMention, used: set[int]) -> str:
        """Return the stretch around a title and its day whose words of planning are its own."""
        plain, sentence, title = self.prose.plain, spot.sentence, spot.title
        start = max(plain.rfind(";", sentence.start, title.start) + 1, sentence.start)
        end = plain.find(";", max(title.end, day.end), sentence.end)
        end = sentence.end if end < 0 else end
        if spot.following < sentence.end:
            end = min(end, max(spot.following, day.end + 40))
        spent = [d.end for d in spot.days if d.start in used and d.end <= title.start and d is not day]
        return plain[max([start, *spent]) : end]

    def _status(self, spot: Spot, day: DayMention, window: str, is_told: bool) -> str:
        plain, title = self.prose.plain, spot.title
        if CANCEL.search(window):
            return "cancelled"
        planned = PLANNED.search(window) is not None and "theo kế hoạch số" not in window
        if is_told:
            planned = _PLAN_NEAR.search(plain[day.start : max(title.start, day.end)]) is not None
        if planned or SOON.match(plain[day.end : day.end + 12]):
            return "tentative"
        if day.last and day.last[2] and self.reference.is_published:
            resolved = day.resolve(self.prose.published)
            return "tentative" if resolved and resolved[1] > self.prose.published else "confirmed"
        return "confirmed"

    def _draft(
        self, spot: Spot, body: Body, days: Days | None, day: DayMention | None, status: str, rule: str
    ) -> Draft:
        plain, title, sentence = self.prose.plain, spot.title, spot.sentence
        start = (
            body.start
            if body.start is not None and sentence.start <= body.start < title.start
            else title.start
        )
        end = title.end
        if day and 0 <= day.start - title.end < (6 if status == "confirmed" else 80):
            end = day.end + (plain[day.end : day.end + 1] == ")" and "(" in plain[title.end : day.end])
        elif rule == DAY_FIRST and status == "confirmed" and sentence.end - title.end < 300:
            end = sentence.end - (plain[sentence.end - 1] in ".!")
        printed = plain[title.start : title.end]
        named = self.named.get(title.kind)
        is_named = named is not None and not body.printed and body.short == named[1].short
        if named and is_named and title.ordinal is None and not _SPECIAL.search(printed):
            title = replace(title, ordinal=named[0])
        if title.kind == "conference" and not _REVIEW.search(printed):
            purpose = _REVIEW_PURPOSE.match(plain, title.end, min(sentence.end, title.end + 40))
            printed = plain[title.start : purpose.end()] if purpose else printed
        return Draft(
            sentence=spot.index,
            title=title,
            start=start,
            end=end,
            body=body,
            classification=classify(title.kind, printed, level(body.short) if body.short else None),
            days=days,
            part=day.part if day else None,
            status=status,
            location=find_venue(self.prose, spot, day),
            rule=rule,
            confidence=CONFIDENCE[rule],
        )

    def _put_off(self, index: int, sentence: Sentence, days: tuple[DayMention, ...]) -> bool:
        """Read "thời gian họp lại dự kiến vào ngày 27/7" after a meeting that was put off."""
        last = self.roster.drafts[-1]
        if last.status != "cancelled" or not days:
            return False
        found = days[0].resolve(self.prose.published, True, self.calendar.previous)
        if found is None or not MOVED.search(self.prose.plain, sentence.start, sentence.end):
            return False
        moved = last.moved(found, days[0].part, "tentative", "moved to a new day")
        moved.start, moved.end, moved.sentence = sentence.start, days[0].end, index
        self.roster.drafts.append(moved)
        return True

    def _keep(self, draft: Draft) -> None:
        if self.roster.keep(draft) and draft.days and draft.is_main:
            self.calendar.previous = draft.days[0]

    def _say_if_undated(self) -> None:
        if self.reference.is_published or not self.sentences:
            return
        day = self.reference.day
        read = f"; {day.isoformat()} is printed in its lead" if day else ", and its lead prints no full date"
        detail = f"The article has no date of publication{read}: days whose year it does not print stay open."
        self.problems.append(Problem("facts", "article_undated", detail))

    def _problem(self, kind: str, sentence: Sentence, detail: str) -> None:
        self.problems.append(
            Problem("facts", kind, detail, self.prose.text[sentence.start : sentence.end][:500])
        )
