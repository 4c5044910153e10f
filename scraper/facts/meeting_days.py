"""Which day of a sentence a meeting was, is or will be held on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from scraper.facts.meeting_draft import Draft, Prose, Spot
from scraper.facts.meeting_titles import Title
from scraper.facts.meeting_words import CONNECT, DURATION, MOVED, OPENER, PASSIVE, REFERENCE
from scraper.vietnamese.dates import DayMention
from scraper.vietnamese.sentences import Sentence

Days = tuple[date, date]
LONGEST_PASSIVE = 300
"""Characters before a day within which it is said by whom the meeting was held."""
_SOON_DAY = ("(dự kiến", "dự kiến", "(họp", "họp", "vào", "diễn ra", "tổ chức")
_TOLD_OF = re.compile(r"\)?\s*,?\s*(?:phát biểu |dự |tham dự )?(?:tại|trong)\s+(?:các |cuộc |buổi )?")
_LISTED = re.compile(r"gồm|các (?:đồng chí|ông|bà)")
_LASTS = re.compile(r"kéo dài (?:đến|tới)")


def is_adjacent(plain: str, title: Title, day: DayMention) -> bool:
    """Tell whether a day stands right behind a title: "kỳ họp thứ 14 (dự kiến ngày 18, 19/12/2020)"."""
    gap = plain[title.end : day.start]
    return len(gap.strip(" ,(")) <= 2 or (len(gap) <= 12 and gap.strip().startswith(_SOON_DAY))


def day_of_subject(
    plain: str, sentence: Sentence, title: Title, days: Iterable[DayMention]
) -> DayMention | None:
    """Return the day of a meeting that is its sentence's subject, however long what it is for goes on.

    "Hội nghị sơ kết công tác 6 tháng; bàn nhiệm vụ 6 tháng cuối năm được Quận ủy tổ chức sáng 11/4": whatever
    other meetings stand between are no subject.
    """
    if not OPENER.match(plain, sentence.start, title.start):
        return None
    for day in days:
        if day.anchor != "text" or day.start <= title.end:
            continue
        if PASSIVE.search(plain, max(title.end, day.start - LONGEST_PASSIVE), day.start):
            return day
    return None


def day_after(plain: str, spot: Spot, used: set[int]) -> DayMention | None:
    """Return the next day behind a title, before the next title, where a word of meeting leads to it."""
    title = spot.title
    for day in spot.days:
        if day.is_part_only or day.start < title.noun_end or day.start in used:
            continue
        gap = plain[title.noun_end : day.start]
        if day.start >= spot.following or len(gap) > 170 or ";" in gap:
            return None
        bracketed = plain.startswith("(", day.start) or plain[day.start - 1] == "("
        leads = bracketed or is_adjacent(plain, title, day) or CONNECT.search(plain, title.noun_end, day.end)
        return day if leads else None
    return None


def day_before(plain: str, spot: Spot, used: set[int]) -> DayMention | None:
    """Return the last day before a title that no other title of the sentence stands nearer to."""
    title = spot.title
    found = [d for d in spot.days if not d.is_part_only and d.end <= title.start and d.start not in used]
    if not found:
        return None
    day = found[-1]
    if spot.before > day.end and spot.before != spot.sentence.start and day.start < spot.before - 80:
        lead = plain[max(spot.sentence.start, spot.before - 60) : spot.before]
        if REFERENCE.search(lead) is None:
            return None
    gap = plain[day.end : title.start]
    return None if ";" in gap and not _LISTED.search(gap) else day


def is_told_of(plain: str, title: Title, day: DayMention) -> bool:
    """Tell whether a meeting with a name of its own follows its day: "Sáng 3/3, tại hội nghị lần thứ XX"."""
    full = title.ordinal is not None or title.end - title.noun_end > 8
    return full and _TOLD_OF.fullmatch(plain, day.end, title.start) is not None


def is_headed(plain: str, title: Title, day: DayMention) -> bool:
    """Tell whether a title stands right behind its day: "Trưa nay 23-7, Đại hội …"."""
    return len(plain[day.end : title.start].strip(" ,):-")) <= 2


def resolve(day: DayMention, status: str, published: date, previous: date | None) -> Days | None:
    """Give the days of a meeting; of one that was put off those nearest to publication."""
    if status != "cancelled":
        return day.resolve(published, status == "tentative", previous or published)
    options = [found for planned in (True, False) if (found := day.resolve(published, planned, previous))]
    return min(options, key=lambda days: abs((days[0] - published).days)) if options else None


def widen(draft: Draft, days: Iterable[DayMention], prose: Prose, previous: date | None) -> None:
    """Take in the other days of the sentence: a preparatory session before, the closing day after."""
    if draft.days is None:
        return
    first, last = draft.days
    for day in days:
        found = day.resolve(prose.published, False, previous)
        if not found or day.anchor == "previous" or not -4 <= (found[0] - first).days <= 6:
            continue
        if found[0] < first:
            first, draft.part = found[0], day.part
        last = max(last, found[1])
    draft.days = (first, last)
    stretch = next((d for d in days if d.first and d.first != d.last and d.start < draft.title.start), None)
    if first != last and stretch is not None and stretch.part is None:
        opening = stretch.resolve(prose.published)
        if opening and opening[0] == first:
            draft.part = None


def extend(draft: Draft, sentence: Sentence, days: Iterable[DayMention], prose: Prose) -> None:
    """Read from a later sentence how many days a meeting took: "trong 2 ngày (16-17/5)"."""
    if draft.days is None or draft.status == "cancelled":
        return
    lasts = _LASTS.search(prose.plain, sentence.start, sentence.end)
    if not lasts and not DURATION.search(prose.plain, sentence.start, sentence.end):
        return
    for day in days:
        if day.anchor != "text" or day.role == "deadline":
            continue
        found = day.resolve(prose.published, draft.status == "tentative") or draft.days
        if day.role == "as_of":
            closing = day.resolve(prose.published, True)
            found = (draft.days[0], closing[1]) if closing else found
        if found[0] == draft.days[0] and 0 < (found[1] - found[0]).days <= 30:
            draft.days = found
            return


def moved_to(draft: Draft, spot: Spot, prose: Prose, previous: date | None) -> list[Draft]:
    """Read the new day of a meeting that was moved: what was put off and what is planned are two."""
    for day in spot.days:
        lead = prose.plain[max(spot.sentence.start, day.start - 30) : day.end]
        if day.start <= draft.title.start or not MOVED.search(lead):
            continue
        found = day.resolve(prose.published, True, previous)
        if found and draft.days and found[0] != draft.days[0]:
            return [draft.moved(found, day.part, "tentative", "moved to a new day")]
    return []


def further(draft: Draft, spot: Spot, first: DayMention, prose: Prose, previous: date | None) -> list[Draft]:
    """Read the other voter contacts that a sentence names with a day, or a part of the day, each."""
    more: list[Draft] = []
    for day in spot.days:
        if day.start <= first.start or draft.days is None:
            continue
        if day.anchor == "text":
            if "(" not in prose.plain[max(0, day.start - 1) : day.start + 1]:
                continue
            found = resolve(day, draft.status, prose.published, previous)
        else:
            found = draft.days
        if found == draft.days and draft.part is None:
            draft.part = day.part
        elif found and (found != draft.days or day.part != draft.part):
            more.append(draft.moved(found, day.part, draft.status, "further day of a list"))
    return more
