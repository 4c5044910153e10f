"""One review: the facts before a person, what was said of them, and the file that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scraper.errors import UsageError
from warehouse.review.precision import Judgement
from warehouse.review.sample import Drawn, draw, facts_of
from warehouse.review.sheet import read_answers, write_sheet
from warehouse.review.shown import Ask, judgements


@dataclass(slots=True)
class Session:
    """The state of a review; `begin_review` makes it."""

    facts: list[Drawn]
    said: dict[str, Judgement]
    """By fact id, of facts that are no longer read too."""
    file: Path | None

    @property
    def judged(self) -> list[tuple[Drawn, Judgement]]:
        """The facts that have an answer, with it."""
        return [(fact, self.said[fact.fact_id]) for fact in self.facts if fact.fact_id in self.said]

    @property
    def lost(self) -> int:
        """How many facts were judged and are no longer read so."""
        return len(self.said) - len(self.judged)

    def ask(self, ask: Ask) -> None:
        """Ask a person for what has no answer yet, keeping each answer as it comes."""
        for fact_id, judgement in judgements(self.facts, dict(self.said), ask):
            self.said[fact_id] = judgement
            self.keep()

    def keep(self) -> None:
        """Write the facts and their answers into the file, where there is one."""
        if self.file is not None:
            write_sheet(self.file, self.facts, self.said)


def begin_review(home: Path, number: int | None, seed: int, answers: Path | None) -> Session:
    """Return the review of so many facts drawn anew, with those that the file of answers holds.

    Raises UsageError where neither is given, the file is no such file, or there is nothing to draw from.
    """
    if number is None and answers is None:
        raise UsageError("say what to review: --sample N draws facts, --answers FILE counts what was judged")
    kept: dict[str, Judgement | None] = {}
    if answers is not None and (number is None or answers.exists()):
        kept = read_answers(answers)
    facts = {fact.fact_id: fact for fact in draw(home, number, seed)} if number is not None else {}
    facts |= facts_of(home, list(kept))
    said = {fact_id: judgement for fact_id, judgement in kept.items() if judgement is not None}
    return Session(list(facts.values()), said, answers)
