"""The days that an article names, sentence by sentence: which is meant, and whether its year is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scraper.facts.meeting_draft import Draft, Prose
from scraper.vietnamese.dates import DayMention, find_days
from scraper.vietnamese.sentences import Sentence
from scraper.vietnamese.words import Part


class Calendar:
    """The days of an article while it is read from its beginning."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.reference = prose.reading.reference
        self.previous: date | None = None
        """The day that "cùng ngày" means."""
        self.unsettled: set[date] = set()
        """Days of an article without a date whose year is open: they order its meetings and are not given."""

    def days_of(self, sentence: Sentence) -> list[DayMention]:
        """Find the days of a sentence, with the text's offsets and the years that an undated text settles."""
        clause = Part.of(self.prose.plain, sentence.start, sentence.end)
        found = [
            replace(d, start=d.start + sentence.start, end=d.end + sentence.start)
            for d in find_days(self.prose.text[sentence.start : sentence.end], clause)
        ]
        if self.reference.is_published:
            return found
        settled = [self.reference.settle(day, clause) for day in found]
        base = self.previous or self.prose.published
        for day in settled:
            if self._is_open(day):
                options = (day.resolve(self.prose.published, planned, base) for planned in (True, False))
                self.unsettled.update(days[0] for days in options if days)
        return settled

    def _is_open(self, day: DayMention) -> bool:
        """Tell whether the year of a day is known from nothing that is printed."""
        if day.last:
            return day.last[2] is None
        return day.anchor == "published" or self.previous is None or self.previous in self.unsettled

    def remember(self, days: tuple[DayMention, ...], sentence: Sentence) -> None:
        """Keep the day that a sentence begins with: "cùng ngày" may mean it."""
        for day in days:
            found = day.resolve(self.prose.published, False, self.previous)
            if found and day.anchor != "previous" and day.start - sentence.start < 12:
                self.previous = found[0]

    def given(self, draft: Draft) -> tuple[date, date] | None:
        """Return the days of a meeting; None where it has none, or their year is open."""
        return draft.days if draft.days and draft.days[0] not in self.unsettled else None
