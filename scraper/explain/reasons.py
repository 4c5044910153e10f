"""The names of the rules by which facts are read, in words.

A figure's rule is the names of its parts' rules, joined by "/": subject, measure, period, status, area. A
subject that was carried has the rule that named it first behind "<". A meeting's rule is a phrase already.
"""

from __future__ import annotations

from collections.abc import Mapping

_SUBJECT: Mapping[str, str] = {
    "named": "named before the number",
    "named_far": "named in the sentence, farther before the number",
    "counted": "the noun that is counted names it",
    "behind": "named behind the number",
    "predicate": "named by what is said behind the number",
    "across": "a phrase that the number parts",
    "shared": "named once for two numbers",
    "slice": "a slice of an indicator named before",
    "sector": "a sector of an indicator named before",
    "slice_list": "one of a list of slices of an indicator named before",
    "structure": "a share of the structure of the economy",
    "contribution": "a contribution to growth",
    "damage": "what was damaged or lost",
    "herd": "a herd or flock",
    "given": "named by what a neighbouring number is of",
    "head": "named at the head of its part",
    "other_output": "an output that the vocabulary does not have",
    "part": "a part after “trong đó”",
    "topic": "the article's topic",
    "turn": "in the order in which it was announced",
    "crop": "a crop's area or yield",
    "other": "a name that the vocabulary does not have",
    "unfit": "named, but the unit does not fit the vocabulary's",
    "carried": "carried from the clause before",
    "carried_over": "carried from the sentence before",
    "carried_area": "carried to another area",
}
_MEASURE: Mapping[str, str] = {
    "level": "a plain amount",
    "level_over": "an amount over a threshold",
    "change": "tăng or giảm with a percent",
    "change_amount": "tăng or giảm with an amount",
    "change_list": "goes on with a change said before",
    "rate_change": "a rate that rises or falls",
    "points": "percentage points",
    "growth": "growth named by its noun",
    "signed": "printed with a sign",
    "signed_percent": "a percent printed with a sign",
    "share": "a percent and no sign of anything else",
    "structure": "a percent of a structure",
    "plan_of_others": "a percent of a plan of another body",
    "share_of": "a percent of a whole that is named",
    "plan": "a percent of a plan that is named",
    "plan_by_nature": "a percent that is of a plan by its indicator's nature",
    "plan_list": "goes on with a percent of a plan said before",
    "plan_unnamed": "đạt with a percent, the plan unnamed",
    "over_plan": "vượt with a percent of a plan",
    "completed": "hoàn thành with a percent",
    "plan_before": "a percent, so với a plan before it",
    "percent_of_past": "bằng with a percent of an earlier period",
    "times": "gấp or so many times",
    "times_from": "so many times the first year of a rise",
    "times_plan": "so many times a plan",
    "times_average": "so many times an average",
    "multiple": "so many times, in a table",
    "beside": "a percent beside the number before it",
    "bracket_share": "a percent in brackets",
    "bracket_change": "a change in brackets",
    "bracket_plan": "a percent of a plan in brackets",
}
_PERIOD: Mapping[str, str] = {
    "clause": "named in the clause",
    "sentence": "named in the sentence",
    "behind": "named behind the number",
    "bracket": "named in brackets",
    "carried": "carried from an earlier sentence",
    "default": "the article's reporting period",
    "weak": "the article's reporting period, weakly marked",
    "open": "the year of the article, which names no period",
    "standing": "as things stand on the article's day",
    "day": "the article's day",
    "head": "named in the table's head",
    "caption": "named above the table",
    "yearly": "the years of an average",
    "last_year": "the year before, in brackets",
    "planned": "a plan's period",
    "next": "the period to come",
    "crop": "the crop's season",
}
_STATUS: Mapping[str, str] = {
    "actual": "no word of an estimate or a target",
    "estimate_word": "a word of an estimate",
    "estimate_parts": "a part of an estimate",
    "expected": "a word of what is expected",
    "target_word": "a word of a target",
    "plan_printed": "a plan's printed value",
    "plan_in_bracket": "a plan's value in brackets",
    "list_head": "the head of its list says so",
    "next_tasks": "among the tasks to come",
    "floor": '"trở lên": so much is to be reached',
    "standing": "said to stand already",
    "to_come": "the period is still to come",
    "long_over": "an estimate of a period long over",
    "elsewhere": "the estimate is of another area",
}
_AREA: Mapping[str, str] = {
    "own": "the article's own area",
    "named": "named with the number",
    "carried": "named before in the sentence",
    "heading": "named in the heading above",
    "speaker": "the speaker's area",
}
_PARTS = (
    ("indicator", _SUBJECT),
    ("measure", _MEASURE),
    ("period", _PERIOD),
    ("status", _STATUS),
    ("area", _AREA),
)


def reasons_of(rule: str) -> tuple[tuple[str, str], ...]:
    """Give (what, why) for each part of a figure's rule; a rule without words of its own stands as it is.

    A rule of one part (a meeting's) gives one pair.
    """
    names = rule.split("/")
    if names[0] == "table":
        told = [("indicator", "named in the table's row"), ("measure", f"the column of {_spaced(names[1])}")]
        return (*told, *((f"period{i or ''}", _in_words(_PERIOD, n)) for i, n in enumerate(names[2:])))
    if len(names) != len(_PARTS):
        return (("rule", rule or "not told"),)
    return tuple((what, _in_words(words, name)) for (what, words), name in zip(_PARTS, names, strict=True))


def _in_words(words: Mapping[str, str], name: str) -> str:
    last, _, first = name.partition("<")
    said = words.get(last, _spaced(last))
    return f"{said}; there, {words.get(first, _spaced(first))}" if first else said


def _spaced(name: str) -> str:
    return name.replace("_", " ")
