"""Which meeting each person of an article took part in, over sentences and captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scraper.facts.meeting_draft import Draft, Prose
from scraper.facts.participants import Attendee, read_sentence
from scraper.vietnamese.areas import find_mentions
from scraper.vietnamese.names import Person
from scraper.vietnamese.sentences import Sentence, level
from scraper.vietnamese.words import Part

LONGEST = 3000
"""Characters of the longest sentence that is read; longer ones are no prose."""
_AT_MEETING = re.compile(r"hội nghị|kỳ họp|đại hội|hội thảo|tọa đàm|buổi làm việc")


class Roll:
    """The persons of an article, each with the meeting where it was first said what they did."""

    def __init__(self) -> None:
        self._known: dict[str, Attendee] = {}
        self._levelled: dict[str, str] = {}
        self._owner: dict[str, Draft] = {}
        self._objects: set[str] = set()

    def note(self, person: Person, note: str | None, is_object: bool, draft: Draft) -> None:
        """Take in one appearance of a person at a meeting."""
        name = self._full_name(person)
        if name is None:
            return
        if is_object:
            self._objects.add(name)
        attendee = self._known.get(name)
        if attendee is None:
            attendee = self._known[name] = Attendee(name)
            self._levelled[name] = level(name)
            self._owner[name] = draft
        elif note and attendee.note is None:
            self._owner[name] = draft
        attendee.add(note, person.posts)

    def _full_name(self, person: Person) -> str | None:
        """Find the full name that "ông Thắng" or "bà Sa Rone" stands for; None where there is none."""
        short = level(person.name)
        for name, full in self._levelled.items():
            if full == short or full.endswith(" " + short) or full.startswith(short + " "):
                return name
        return None if person.is_short else person.name

    def hand_out(self) -> None:
        """Give every meeting its participants: those with a note, save who was merely elected or praised."""
        for name, attendee in self._known.items():
            if attendee.note and not (name in self._objects and attendee.note == "attend"):
                self._owner[name].people[name] = attendee


def gather_people(
    prose: Prose, sentences: Sequence[Sentence], captions: Iterable[str], drafts: Sequence[Draft]
) -> None:
    """Fill in the participants of all drafts.

    A person belongs to the meeting of the sentence, else to the one that the paragraphs before are about; one
    in a caption to the article's main meeting.
    """
    roll = Roll()
    main = next((d for d in drafts if d.is_main), drafts[0])
    spots = [(m.start, m.end) for m in prose.reading.mentions if m.field == "body_text" and m.how != "deixis"]
    current = main
    for index, sentence in enumerate(sentences):
        if sentence.end - sentence.start > LONGEST:
            continue
        held = [d for d in drafts if d.sentence == index and d.is_main]
        if held and (sentence.paragraph == 1 or _opens(prose, held[0], sentence)):
            current = held[0]
        areas = [
            (s - sentence.start, e - sentence.start) for s, e in spots if sentence.start <= s < sentence.end
        ]
        plain = Part.of(prose.plain, sentence.start, sentence.end)
        for seen in read_sentence(prose.text[sentence.start : sentence.end], areas, plain):
            chosen = held[0] if held else current
            for draft in held[1:]:
                if draft.start <= seen.person.start + sentence.start:
                    chosen = draft
            roll.note(seen.person, seen.note, seen.is_object, chosen)
    provinces = frozenset({prose.reading.province or "-"})
    for caption in captions:
        areas = [(m.start, m.end) for m in find_mentions(caption, provinces) if m.how != "deixis"]
        default = "attend" if _AT_MEETING.search(level(caption)) else None
        for seen in read_sentence(caption, areas):
            roll.note(seen.person, seen.note or default, seen.is_object, main)
    roll.hand_out()


def _opens(prose: Prose, draft: Draft, sentence: Sentence) -> bool:
    """Tell whether a paragraph begins with a meeting of its own, so that what follows is said there."""
    lead = prose.text[max(0, sentence.start - 2) : sentence.start]
    return draft.start - sentence.start < 160 and lead.endswith("\n")
