"""How sure a figure is, by the rules that read it; calibrated on the development set.

The chance that every field of an observation is right, as a product: whether the clause itself names the
indicator, whether it names its period, where its area comes from, and what the measure's own rule thinks of
itself. The factors were fitted on the annotated articles that it was developed on, rare rules by judgement;
`make score` shows how the classes turn out.
"""

from __future__ import annotations

_SUBJECT = {
    "named": 0.97,
    "across": 0.98,
    "counted": 0.93,
    "shared": 0.9,
    "behind": 0.85,
    "sector": 0.85,
    "named_far": 0.82,
    "part": 0.8,
    "slice": 0.78,
    "predicate": 0.75,
    "topic": 0.72,
    "turn": 0.7,
    "other": 0.65,
    "carried_over": 0.6,
    "carried_area": 0.6,
    "crop": 0.55,
    "unfit": 0.35,
}
_CARRIED = 0.98
_PERIOD = {
    "clause": 1.0,
    "sentence": 1.0,
    "head": 1.0,
    "default": 0.99,
    "yearly": 0.97,
    "bracket": 0.97,
    "caption": 0.95,
    "last_year": 0.95,
    "carried": 0.92,
    "planned": 0.9,
    "behind": 0.84,
    "crop": 0.8,
    "weak": 0.75,
    "day": 0.7,
    "next": 0.55,
}
_AREA = {"own": 0.99, "named": 0.95, "carried": 0.93, "speaker": 0.85}


def confidence(subject_rule: str, origin: str, period_rule: str, area_rule: str, sure: float) -> float:
    """Give the chance that an observation is right in every field, 0 to 1.

    `origin`: the rule that named the subject first, where it was carried; `sure`: what the measure's own rule
    thinks of itself, 0.95 at best.
    """
    chance = _SUBJECT.get(origin or subject_rule, 0.6)
    if subject_rule == "carried":
        chance *= _CARRIED
    chance *= _PERIOD.get(period_rule, 0.85) * _AREA.get(area_rule, 0.9)
    return round(chance * min(1.0, sure / 0.95), 2)
