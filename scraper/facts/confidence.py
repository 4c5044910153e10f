"""How sure a figure is, by the rules that read it; calibrated on the development set.

The chance that every field of an observation is right, rounded: it depends most on whether the clause itself
names the indicator, then on whether it names its period. `make score` shows how the classes turn out.
"""

from __future__ import annotations

_SUBJECT = {
    "named": 0.95,
    "counted": 0.94,
    "across": 0.97,
    "carried": 0.92,
    "shared": 0.85,
    "predicate": 0.75,
    "behind": 0.82,
    "named_far": 0.75,
    "slice": 0.74,
    "sector": 0.8,
    "crop": 0.6,
    "topic": 0.62,
    "carried_over": 0.6,
    "carried_area": 0.6,
    "other": 0.6,
    "unfit": 0.4,
}
_PERIOD = {"clause": 1.0, "sentence": 0.99, "carried": 0.97, "yearly": 0.95, "planned": 0.9, "default": 0.87}
_PERIOD |= {"bracket": 0.95, "last_year": 0.9, "behind": 0.8, "crop": 0.85, "next": 0.6}


def confidence(subject_rule: str, period_rule: str, sure: float) -> float:
    """Give the chance that an observation is right in every field, 0 to 1.

    `sure`: what the measure's own rule thinks of itself, 0.95 at best.
    """
    chance = _SUBJECT.get(subject_rule, 0.6) * _PERIOD.get(period_rule, 0.85) * min(1.0, sure / 0.95)
    return round(chance, 2)
