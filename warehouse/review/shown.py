"""A sample before a person at a terminal, and what its judgements come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from scraper.console import print_pairs, print_styled, print_table
from warehouse.review.precision import Judgement, precision_of
from warehouse.review.sample import Drawn

Ask = Callable[[str], str]
"""Asks a person and returns what they typed; raises EOFError where they have gone."""

_KEYS = {"y": "y", "yes": "y", "n": "n", "no": "n", "s": "skip", "skip": "skip"}


def show_fact(fact: Drawn, number: int, of: int) -> None:
    """Print a fact with the words around it and every field."""
    print_styled(
        [
            (f"\n{number} of {of}  ", "bold"),
            (f"{fact.kind}, sure {fact.confidence:.2f}, read by {fact.rule or 'no rule told'}\n", "dim"),
            (f"{fact.headline}", "bold"),
            (f"  {fact.date_published or ''}\n", ""),
            (f"…{fact.before}", "dim"),
            (f"‹{fact.quote}›", "bold green"),
            (f"{fact.after}…\n", "dim"),
        ]
    )
    print_pairs({name: str(value) for name, value in fact.fields.items()})
    print_styled([(f"{fact.url}\n", "dim")])


def judgements(
    sample: Sequence[Drawn], answers: Mapping[str, Judgement], ask: Ask
) -> Iterator[tuple[str, Judgement]]:
    """Ask of each fact that has no answer whether it is right; stop where the person leaves."""
    for number, fact in enumerate(sample, start=1):
        if fact.fact_id in answers:
            continue
        show_fact(fact, number, len(sample))
        answer = None
        while answer is None:
            try:
                said = ask("right in every field? y, n, s(kip) or q(uit)").strip().lower()
            except EOFError:
                return
            if said in ("q", "quit"):
                return
            answer = _KEYS.get(said)
        reason = ask("what is wrong?").strip() if answer == "n" else ""
        yield fact.fact_id, Judgement(answer, reason)


def show_precision(judged: Sequence[tuple[Drawn, Judgement]], open_facts: int, lost_facts: int) -> None:
    """Print how often the judged facts are right, and those that are not.

    `open_facts`: how many have no answer yet; `lost_facts`: how many are no longer read as they were judged.
    """
    numbers = ("judged", "right", "skipped", "precision", "95 % (Wilson)")
    print_table(
        ["facts", *numbers],
        [
            (
                row.facts,
                row.judged,
                row.right,
                row.skipped,
                None if row.share is None else f"{row.share:.3f}",
                None if row.low is None or row.high is None else f"{row.low:.3f} – {row.high:.3f}",
            )
            for row in precision_of(judged)
        ],
        styles=dict.fromkeys(numbers, "right"),
    )
    wrong = [(fact, judgement) for fact, judgement in judged if judgement.answer == "n"]
    if wrong:
        print_table(["wrong", "reason", "quote"], [(f.fact_id, j.reason, f"“{f.quote}”") for f, j in wrong])
    if open_facts:
        print_styled([(f"{open_facts} facts have no answer yet\n", "")])
    if lost_facts:
        print_styled([(f"{lost_facts} facts are no longer read as they were judged\n", "")])
