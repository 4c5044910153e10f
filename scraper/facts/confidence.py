"""How sure a figure is: the chance that every field of it is right, by the rules that read it.

It is a product of chances, one a field: what named the indicator, what gave its period and whether the
article reports on that one, where its area comes from and how plainly the article is about that area, what
told estimates and targets, and what the measure's own rule thinks of itself. The chances are the shares of
figures right under each rule on annotated articles, drawn towards what comparable rules reach where a rule
is rare; a period or an area that was inherited is as sure as it proved on articles that nobody had developed
on, and what but a default on weak evidence gave stays far below 0.9. `make score` prints how they turn out.
"""

from __future__ import annotations

from dataclasses import dataclass

_SUBJECT = {
    "named": 0.985, "across": 0.965, "counted": 0.975, "structure": 0.95, "contribution": 0.95,
    "shared": 0.95, "sector": 0.95, "head": 0.97,
    "slice": 0.93, "crop": 0.9, "behind": 0.9, "damage": 0.88, "herd": 0.88, "named_far": 0.87,
    "slice_list": 0.85, "predicate": 0.8, "carried_area": 0.8, "part": 0.75, "turn": 0.75,
    "topic": 0.7, "other": 0.72, "carried_over": 0.65, "unfit": 0.5,
}  # fmt: skip
_UNKNOWN_SUBJECT = 0.75
_CARRIED = 0.99
_SLICED = 0.97
"""What a breakdown adds to the doubt of a name: it may be but a part of the printed one."""
_PERIOD = {
    "clause": (0.99, 0.94), "sentence": (0.96, 0.9), "carried": (0.96, 0.8), "bracket": (0.98, 0.97),
    "head": (0.98, 0.98), "caption": (0.95, 0.95), "yearly": (0.95, 0.95), "last_year": (0.95, 0.95),
    "crop": (0.92, 0.92), "planned": (0.93, 0.93), "behind": (0.9, 0.87), "standing": (0.8, 0.8),
    "next": (0.6, 0.6),
}  # fmt: skip
"""Of periods that are also the article's own, and of others."""
_DEFAULT = {"default": (0.93, 0.85), "weak": (0.92, 0.7), "open": (0.75, 0.7), "day": (0.85, 0.7)}
"""Of the article's own period, where the text reviews at most two periods, and where it names more."""
_FEW = {"default": 2, "weak": 1, "open": 1, "day": 1}
_OWN_AREA = {
    "titled": 0.99,
    "lead": 0.97,
    "body": 0.9,
    "country": 0.88,
    "parts": 0.8,
    "home": 0.85,
    "none": 0.6,
}
_CONTESTED = 0.8
"""What is left of the sureness of the article's own area where most of its mentions are of others."""
_PLAIN = {"titled": 0.45, "lead": 0.7, "body": 0.7}
_AREA = {"named": (0.97, 0.9), "carried": (0.96, 0.83), "heading": (0.9, 0.9), "speaker": (0.85, 0.85)}
"""Of areas that are the article's own, and of others."""
_STATUS = {
    "actual": 0.99, "estimate_word": 0.96, "target_word": 0.96, "estimate_parts": 0.95, "plan_printed": 0.97,
    "plan_in_bracket": 0.93, "next_tasks": 0.95, "floor": 0.95, "elsewhere": 0.85, "to_come": 0.75,
}  # fmt: skip
_MEASURE = {
    "change_amount": 0.92, "points": 0.9, "plan_by_nature": 0.85, "plan_unnamed": 0.9, "bracket_share": 0.85,
    "rate_change": 0.95, "completed": 0.85, "share": 0.97,
}  # fmt: skip
"""Measures whose base or kind is easily mistaken."""
_SURE = 0.96
"""The most that a measure's own rule thinks of itself."""


@dataclass(slots=True, unsafe_hash=True)
class Grounds:
    """By what rules one figure was read."""

    subject: str
    origin: str
    """The rule that named the subject first, where it was carried; else empty."""
    is_slice: bool
    period: str
    is_own_period: bool
    """True where the period is also the one that the article reports on."""
    rivals: int
    """How many periods the text reports on."""
    status: str
    area: str
    is_own_area: bool
    own_area: str
    """On what the article's own area stands."""
    own_share: float
    """How much of what the article names is its own area, 0 to 1."""
    measure: str
    """The rule that read measure and base."""
    sure: float
    """What the measure's rule thinks of itself, 0 to 1."""


def confidence(grounds: Grounds) -> float:
    """Give the chance that an observation is right in every field, 0 to 1, rounded to 0.01."""
    chance = _subject(grounds) * _period(grounds) * _area(grounds)
    chance *= _STATUS.get(grounds.status, 0.95) * _MEASURE.get(grounds.measure, 1.0)
    return round(chance * min(1.0, grounds.sure / _SURE), 2)


def _subject(grounds: Grounds) -> float:
    chance = _SUBJECT.get(grounds.origin or grounds.subject, _UNKNOWN_SUBJECT)
    if grounds.subject == "carried":
        chance *= _CARRIED
    return chance * _SLICED if grounds.is_slice else chance


def _period(grounds: Grounds) -> float:
    if grounds.period in _DEFAULT:
        few, many = _DEFAULT[grounds.period]
        return few if grounds.rivals <= _FEW[grounds.period] else many
    own, other = _PERIOD.get(grounds.period, (0.85, 0.85))
    return own if grounds.is_own_period else other


def _area(grounds: Grounds) -> float:
    if grounds.area == "own":
        chance = _OWN_AREA.get(grounds.own_area, 0.8)
        return chance * _CONTESTED if grounds.own_share < _PLAIN.get(grounds.own_area, 0.0) else chance
    own, other = _AREA.get(grounds.area, (0.9, 0.9))
    return own if grounds.is_own_area else other
