"""A meeting while it is being read, and what its reading stands on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from scraper.facts.districts import AreaReading
from scraper.facts.meeting_bodies import Body
from scraper.facts.meeting_titles import Title
from scraper.facts.participants import Attendee
from scraper.vietnamese.dates import DayMention
from scraper.vietnamese.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Prose:
    """The text that is read, levelled too, with its areas and its day."""

    text: str
    plain: str
    reading: AreaReading
    published: date


@dataclass(frozen=True, slots=True)
class Spot:
    """One title in its sentence: what stands before it, after it, and the days around it."""

    index: int
    """Number of the sentence."""
    sentence: Sentence
    title: Title
    days: tuple[DayMention, ...]
    """Days of the sentence on which something may have been held, with offsets of the text."""
    before: int
    """Where the title before it in the sentence ends, or the sentence begins."""
    following: int
    """Where the next title of the sentence begins, or the sentence ends."""
    held_on: DayMention | None = None
    """The day on which it is said to have been held by someone: "… được Quận ủy tổ chức sáng 11/4"."""


@dataclass(slots=True)
class Draft:
    """One meeting as far as it is known."""

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

    @property
    def is_main(self) -> bool:
        """True where the meeting took place, so that what follows may have been said at it."""
        return self.status == "confirmed"

    def moved(self, days: tuple[date, date], part: str | None, status: str, rule: str) -> Draft:
        """Return a meeting like this one on other days, without people and place."""
        return replace(self, days=days, part=part, status=status, rule=rule, location=None, people={})

    def is_same(self, other: Draft, plain: str) -> bool:
        """Tell whether two drafts are one meeting, named twice."""
        if self.days is None or other.days is None:
            return False
        if self.status != other.status and (
            "confirmed" in (self.status, other.status) or self.sentence == other.sentence
        ):
            return False
        if self.days[0] > other.days[1] or other.days[0] > self.days[1]:
            return False
        if self.part and other.part and self.part != other.part:
            return False
        if self.title.ordinal and other.title.ordinal and self.title.ordinal != other.title.ordinal:
            return False
        if "voter_contact" in (self.classification, other.classification):
            named = plain[self.title.start : self.title.end] == plain[other.title.start : other.title.end]
            return self.days == other.days and named
        return self.classification == other.classification or self.body.short == other.body.short
