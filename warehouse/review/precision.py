"""How often judged facts are right, with what a sample of that size can tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from warehouse.review.sample import Drawn

ANSWERS = ("y", "n", "skip")

_Z = 1.959964
"""Of a 95 % interval."""

_CLASSES: Mapping[str, Callable[[Drawn], bool]] = {
    "all": lambda fact: True,
    "figures": lambda fact: fact.kind == "observation",
    "meetings": lambda fact: fact.kind == "meeting",
    "sure 0.9 and more": lambda fact: fact.confidence >= 0.9,
    "sure less than 0.9": lambda fact: fact.confidence < 0.9,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of a fact."""

    answer: str
    """y: every field is right; n: some field is wrong; skip: it cannot be told."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """The share of right facts among the judged ones of a class."""

    facts: str
    judged: int
    right: int
    skipped: int
    share: float | None
    low: float | None
    """Of the 95 % Wilson interval, as is `high`; None where nothing was judged."""
    high: float | None


def precision_of(judged: Sequence[tuple[Drawn, Judgement]]) -> list[Precision]:
    """Count right and wrong of all facts, by kind and by how sure the reader was, empty classes left out."""
    found = []
    for name, belongs in _CLASSES.items():
        answers = [judgement.answer for fact, judgement in judged if belongs(fact)]
        if not answers:
            continue
        right, wrong = answers.count("y"), answers.count("n")
        low, high = wilson(right, right + wrong)
        share = right / (right + wrong) if right + wrong else None
        found.append(Precision(name, right + wrong, right, answers.count("skip"), share, low, high))
    return found


def wilson(right: int, judged: int) -> tuple[float, float] | tuple[None, None]:
    """Return the 95 % Wilson score interval of a share; (None, None) where nothing was judged.

    Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if not judged:
        return None, None
    share, z2 = right / judged, _Z * _Z
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z * sqrt(share * (1 - share) / judged + z2 / (4 * judged * judged)) / (1 + z2 / judged)
    return max(0.0, middle - half), min(1.0, middle + half)
