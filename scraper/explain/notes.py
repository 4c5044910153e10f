"""What was read of an article as notes on stretches of its text: figures, meetings, persons, problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scraper.explain.reasons import reasons_of
from scraper.items import Article, Evidence, Facts, Meeting, Observation, Participant, Problem
from scraper.vietnamese.format import format_date, format_period, format_quantity

STATUS_WORDS: Mapping[str, str] = {"A": "actual", "E": "estimate", "T": "target"}

_PERSON_PLACES = 20
"""A name that stands more often than this is marked so often and no more."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one of the article's texts."""

    field: str
    """headline, body_text, caption:<n>, or attachment:<n>."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was read, or not understood, and where it stands."""

    label: str
    """1, 2 … for figures, M1 … for meetings, P1 … for persons, ?1 … for problems."""
    kind: str
    """figure, meeting, person or problem."""
    title: str
    fields: tuple[tuple[str, str], ...]
    """Every field of the fact by its name in facts.md, what is null left out."""
    reasons: tuple[tuple[str, str], ...]
    """What, and by which rule."""
    rule: str
    confidence: float | None
    places: tuple[Place, ...]
    """None where the text does not hold it."""


def notes_of(article: Article, facts: Facts) -> list[Note]:
    """Give a note for each figure, meeting, named person and problem, in this order."""
    texts = texts_of(article)
    notes = [_figure(f"{i}", o, facts.areas) for i, o in enumerate(facts.indicators, 1)]
    people: list[Note] = []
    for number, meeting in enumerate(facts.meetings, 1):
        notes.append(_meeting(f"M{number}", meeting, facts.areas))
        for person in meeting.participants:
            people.append(_person(f"P{len(people) + 1}", person, f"M{number}", meeting, texts))
    problems = (*article.problems, *facts.problems)
    return [*notes, *people, *(_problem(f"?{i}", p, texts) for i, p in enumerate(problems, 1))]


def texts_of(article: Article) -> dict[str, str]:
    """Give the article's texts by their field: headline, body_text, and its captions as caption:<n>."""
    captions = {f"caption:{number}": caption for number, caption in enumerate(article.captions, 1)}
    return {"headline": article.headline, "body_text": article.body_text, **captions}


def _figure(label: str, o: Observation, areas: Mapping[str, str]) -> Note:
    value = format_quantity(o.obs_value, o.unit_measure, o.unit_mult, o.obs_value_upper)
    fields = (
        ("indicator_name", o.indicator_name),
        ("indicator", o.indicator),
        ("breakdown", o.breakdown),
        ("measure", o.measure),
        ("base", o.base),
        ("obs_value", f"{o.obs_value:f}"),
        ("obs_value_upper", None if o.obs_value_upper is None else f"{o.obs_value_upper:f}"),
        ("unit_measure", o.unit_measure),
        ("unit_mult", str(o.unit_mult)),
        ("bound", o.bound),
        ("obs_status", f"{o.obs_status} ({STATUS_WORDS.get(o.obs_status, o.obs_status)})"),
        ("time_period", f"{o.time_period} ({format_period(o.time_period)})"),
        ("ref_area", _area(o.ref_area, areas)),
    )
    title = f"{o.indicator_name}: {value}"
    return _note(label, "figure", title, fields, o.rule, o.confidence, (_place(o.evidence),))


def _meeting(label: str, meeting: Meeting, areas: Mapping[str, str]) -> Note:
    fields = (
        ("name", meeting.name),
        ("classification", meeting.classification),
        ("organization", meeting.organization),
        ("ordinal", None if meeting.ordinal is None else str(meeting.ordinal)),
        ("start_date", meeting.start_date),
        ("end_date", meeting.end_date),
        ("part_of_day", meeting.part_of_day),
        ("location", meeting.location),
        ("ref_area", _area(meeting.ref_area, areas) if meeting.ref_area else None),
        ("status", meeting.status),
    )
    day = f", {format_date(meeting.start_date)}" if meeting.start_date else ""
    place = (_place(meeting.evidence),)
    return _note(label, "meeting", meeting.name + day, fields, meeting.rule, meeting.confidence, place)


def _person(label: str, person: Participant, meeting: str, held: Meeting, texts: Mapping[str, str]) -> Note:
    fields = (
        ("name", person.name),
        ("roles", "; ".join(person.roles) or None),
        ("note", person.note),
        ("meeting", f"{meeting} {held.name}"),
    )
    places = tuple(
        Place(field, start, start + len(person.name))
        for field, text in texts.items()
        for start in _occurrences(person.name, text)
    )[:_PERSON_PLACES]
    return _note(label, "person", f"{person.name} ({person.note})", fields, "", None, places)


def _problem(label: str, problem: Problem, texts: Mapping[str, str]) -> Note:
    fields = (("stage", problem.stage), ("kind", problem.kind), ("quote", problem.quote))
    found = ((field, text.find(problem.quote)) for field, text in texts.items() if problem.quote is not None)
    places = [Place(field, at, at + len(problem.quote or "")) for field, at in found if at >= 0]
    title = f"{problem.kind}: {problem.detail}"
    return _note(label, "problem", title, fields, "", None, tuple(places[:1]))


def _note(
    label: str,
    kind: str,
    title: str,
    fields: Sequence[tuple[str, str | None]],
    rule: str,
    confidence: float | None,
    places: tuple[Place, ...],
) -> Note:
    known = tuple((name, value) for name, value in fields if value is not None)
    return Note(label, kind, title, known, reasons_of(rule) if rule else (), rule, confidence, places)


def _place(evidence: Evidence) -> Place:
    return Place(evidence.field, evidence.start, evidence.end)


def _area(code: str, areas: Mapping[str, str]) -> str:
    return f"{code} ({areas[code]})" if areas.get(code, code) != code else code


def _occurrences(name: str, text: str) -> Iterator[int]:
    """Yield where a name stands as whole words."""
    at = text.find(name) if name else -1
    while at >= 0:
        end = at + len(name)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at
        at = text.find(name, end)
