"""The meetings of an article as they gather: one named twice is one, days told later are taken in."""

from __future__ import annotations

from dataclasses import replace

from scraper.facts.meeting_days import Days
from scraper.facts.meeting_draft import Draft
from scraper.facts.meeting_titles import Title
from scraper.facts.meeting_words import BARE_KINDS, NAMING
from scraper.vietnamese.dates import DayMention


class Roster:
    """The meetings read so far, in the order in which the text (`plain`: levelled) names them."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.drafts: list[Draft] = []

    @property
    def main(self) -> Draft | None:
        """The first meeting that took place, else the first at all."""
        return next((d for d in self.drafts if d.is_main), self.drafts[0] if self.drafts else None)

    def keep(self, draft: Draft) -> bool:
        """Add a meeting, unless it is one that the article named before."""
        for other in self.drafts:
            if not other.is_same(draft, self.plain) or other.days is None or draft.days is None:
                continue
            if draft.days[0] == other.days[0] and other.is_main:
                other.days = (other.days[0], max(other.days[1], draft.days[1]))
            if other.location is None and draft.is_main:
                other.location = draft.location
            if other.title.ordinal is None and draft.title.ordinal is not None:
                other.title = replace(other.title, ordinal=draft.title.ordinal)
            return False
        self.drafts.append(draft)
        return True

    def joins(self, title: Title, found: Days, day: DayMention) -> bool:
        """Take "Kỳ họp dự kiến bế mạc chiều 12/7" as a further day of the session named before."""
        held = [d for d in reversed(self.drafts) if d.title.kind == title.kind and d.days]
        last = next((d for d in held if _is_near(d.days, found)), None)
        if last is None or last.days is None or last.status == "cancelled":
            return False
        nameless = title.end - title.noun_end < 2 or (
            title.kind in ("session", "congress") and not NAMING.match(self.plain, title.noun_end)
        )
        is_verb = self.plain.startswith("họp", title.start)
        bare = title.ordinal is None and nameless and title.kind in BARE_KINDS and not is_verb
        again = title.ordinal is not None and title.ordinal == last.title.ordinal
        if not (bare or (again and title.kind in ("session", "congress"))):
            return False
        if found[0] < last.days[0]:
            last.part = day.part
        last.days = (min(last.days[0], found[0]), max(last.days[1], found[1]))
        return True

    def drop_summaries(self) -> None:
        """Drop a voter contact over several days where the article then tells of each."""
        contacts = [d for d in self.drafts if d.classification == "voter_contact" and d.days]
        for whole in contacts:
            inside = [
                d
                for d in contacts
                if d is not whole
                and d.days
                and whole.days
                and whole.days[0] <= d.days[0] <= d.days[1] <= whole.days[1]
            ]
            if whole.days and whole.days[0] != whole.days[1] and len(inside) >= 2:
                self.drafts.remove(whole)


def _is_near(days: Days | None, other: Days) -> bool:
    """Tell whether other days may be further ones of a meeting."""
    return days is not None and -4 <= (other[0] - days[0]).days <= 5
