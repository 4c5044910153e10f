"""Facts that deserve a look, before a person: as a list, or one by one at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scraper.console import print_pairs, print_styled
from scraper.errors import UsageError
from warehouse.review.deserving import Deserving, Lost

Ask = Callable[[str], str]
"""Asks a person and returns what they typed; raises EOFError where they have gone."""
Keep = Callable[[Deserving, str, str, str], None]
"""Told the fact, its field, what is right and why; raises UsageError where that cannot be."""

_HINTS = {"observation": "obs_value", "meeting": "start_date"}


def show_deserving(found: Sequence[Deserving], lost: Sequence[Lost]) -> None:
    """Print the facts in their order, each with the command that corrects it; then lost corrections."""
    for number, fact in enumerate(found, start=1):
        _show(fact, number, len(found))
        field = _HINTS[fact.kind]
        command = f'review --correct {fact.fact_id} --field {field} --right … --reason "…"'
        print_styled([(f"{command}  (or --no-fact, --confirm)\n", "dim")])
    if not found:
        print_styled([("no fact is doubted that nobody looked at\n", "")])
    show_lost(lost)


def show_lost(lost: Sequence[Lost]) -> None:
    """Print the corrections that were applied to nothing."""
    for correction in lost:
        why = "finds its fact no more" if correction.status == "unmatched" else "finds several facts"
        said = f"{correction.field or 'fact'} {correction.wrong_value} → {correction.right_value}"
        print_styled(
            [
                (f"correction {correction.correction_id} {why}: ", "bold"),
                (f"{said}, “{correction.quote or ''}”\n  {correction.url}\n", ""),
            ]
        )


def decide(found: Sequence[Deserving], ask: Ask, keep: Keep) -> int:
    """Show the facts one by one and keep what a person says of each; return how many were decided."""
    decided = 0
    for number, fact in enumerate(found, start=1):
        _show(fact, number, len(found))
        try:
            decided += _decided(fact, ask, keep)
        except EOFError:
            break
    return decided


def _decided(fact: Deserving, ask: Ask, keep: Keep) -> int:
    """Ask until the answer can be kept; raise EOFError where the person leaves."""
    while True:
        said = ask("right? y, n, f (no fact), s(kip) or q(uit)").strip().lower()
        if said in ("q", "quit"):
            raise EOFError
        if said in ("s", "skip", ""):
            return 0
        try:
            if said in ("y", "yes"):
                field = "obs_value" if fact.kind == "observation" else "name"
                keep(fact, field, str(fact.fields[field]), ask("why are you sure?"))
            elif said in ("n", "no"):
                keep(fact, ask("which field?").strip(), ask("what is right?").strip(), ask("why?"))
            elif said == "f":
                keep(fact, "", "", ask("why?"))
            else:
                continue
        except UsageError as error:
            print_styled([(f"{error}\n", "red")])
            continue
        return 1


def _show(fact: Deserving, number: int, of: int) -> None:
    print_styled(
        [
            (f"\n{number} of {of}  ", "bold"),
            (f"{fact.kind} {fact.fact_id}, sure {fact.confidence:.2f}\n", "dim"),
            *((f"  {reason}\n", "yellow") for reason in fact.reasons),
            (f"“{fact.quote}”\n", "bold green"),
        ]
    )
    print_pairs({name: str(value) for name, value in fact.fields.items()})
    print_styled([(f"{fact.url}\n{fact.archived}\n", "dim")])
