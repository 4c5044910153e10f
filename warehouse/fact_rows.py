"""Meetings and observations of one article as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scraper.items import Facts, Meeting, Observation, Participant, Problem
from warehouse.ids import hashed

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows by the name of their raw table."""

_NOTES = ("chair", "direct", "report", "speak", "attend")
"""Strongest first (facts.md §3)."""

_SMALLEST = Decimal("0.000001")
_LARGEST = Decimal(10) ** 22


@dataclass(frozen=True, slots=True)
class Readers:
    """The versions of the readers that made the records."""

    article: int
    fact: int


def add_facts(
    rows: Rows, fetch: str, article: str | None, revision: str, facts: Facts, readers: Readers
) -> Iterator[Problem]:
    """Add the rows of a text's facts; yield a problem for each fact that cannot be kept as it is.

    `fetch`, `article`, `revision`: ids of the capture, the article and the text.
    """
    common = {
        "fetch_id": fetch,
        "article_id": article,
        "revision_id": revision,
        "fact_reader": readers.fact,
    }
    ids: set[str] = set()
    for meeting in facts.meetings:
        row, problems = _meeting_row(meeting, revision)
        yield from problems
        if row["meeting_id"] in ids:
            yield _doubled("meeting", meeting.evidence.quote)
            continue
        ids.add(row["meeting_id"])
        rows["meeting"].append({**common, **row})
        rows["meeting_participant"] += _participant_rows(meeting.participants, fetch, row, readers)
    for position, observation in enumerate(facts.indicators):
        unstorable = _number_problem(observation)
        if unstorable is not None:
            yield unstorable
            continue
        row = _observation_row(observation, common, position)
        if row["observation_id"] in ids:
            yield _doubled("observation", observation.evidence.quote)
            continue
        ids.add(row["observation_id"])
        rows["observation"].append(row)
    rows["area_mention"] += [
        {**common, "ref_area": code, "printed_name": name} for code, name in facts.areas.items()
    ]


def _meeting_row(meeting: Meeting, revision: str) -> tuple[Row, list[Problem]]:
    evidence = meeting.evidence
    problems: list[Problem] = []
    says = (
        meeting.name,
        meeting.classification,
        meeting.organization,
        meeting.ordinal,
        meeting.start_date,
        meeting.end_date,
        meeting.part_of_day,
        meeting.location,
        meeting.ref_area,
        meeting.status,
    )
    row = {
        "meeting_id": "m-" + hashed(revision, evidence.field, *says, evidence.start, evidence.end),
        "name": meeting.name,
        "classification": meeting.classification,
        "organization": meeting.organization,
        "ordinal": meeting.ordinal,
        "start_date": _day(meeting.start_date, problems),
        "end_date": _day(meeting.end_date, problems),
        "part_of_day": meeting.part_of_day,
        "location": meeting.location,
        "ref_area": meeting.ref_area,
        "status": meeting.status,
        "field": evidence.field,
        "quote": evidence.quote,
        "quote_start": evidence.start,
        "quote_end": evidence.end,
        "confidence": meeting.confidence,
        "rule": meeting.rule,
    }
    return row, problems


def _participant_rows(
    participants: Iterable[Participant], fetch: str, meeting: Row, readers: Readers
) -> list[Row]:
    by_name: dict[str, Row] = {}
    for participant in participants:
        row = by_name.setdefault(
            participant.name,
            {
                "fetch_id": fetch,
                "meeting_id": meeting["meeting_id"],
                "fact_reader": readers.fact,
                "position": len(by_name),
                "person_name": participant.name,
                "roles": (),
                "note": participant.note,
            },
        )
        # One person named twice is one participant with all posts and the strongest note.
        row["roles"] = tuple(dict.fromkeys((*row["roles"], *participant.roles)))
        row["note"] = min(row["note"], participant.note, key=_note_rank)
    return list(by_name.values())


def _observation_row(observation: Observation, common: Row, position: int) -> Row:
    evidence = observation.evidence
    value, upper = observation.obs_value, observation.obs_value_upper
    number = hashed(
        common["revision_id"],
        evidence.field,
        observation.indicator_name,
        observation.indicator,
        observation.breakdown,
        observation.measure,
        observation.base,
        f"{value:f}",
        None if upper is None else f"{upper:f}",
        observation.unit_measure,
        observation.unit_mult,
        observation.bound,
        observation.obs_status,
        observation.time_period,
        observation.ref_area,
        evidence.start,
        evidence.end,
    )
    return {
        **common,
        "observation_id": f"o-{number}",
        "position": position,
        "indicator_name": observation.indicator_name,
        "indicator": observation.indicator,
        "breakdown": observation.breakdown,
        "measure": observation.measure,
        "base": observation.base,
        "obs_value": value,
        "obs_value_upper": upper,
        "unit_measure": observation.unit_measure,
        "unit_mult": observation.unit_mult,
        "bound": observation.bound,
        "obs_status": observation.obs_status,
        "time_period": observation.time_period,
        "ref_area": observation.ref_area,
        "field": evidence.field,
        "quote": evidence.quote,
        "quote_start": evidence.start,
        "quote_end": evidence.end,
        "confidence": observation.confidence,
        "rule": observation.rule,
    }


def _number_problem(observation: Observation) -> Problem | None:
    for value in (observation.obs_value, observation.obs_value_upper):
        if value is not None and not _fits(value):
            return Problem(
                "facts",
                "number_not_storable",
                f"{value} has more digits than are kept (22 before the point, 6 after)",
                observation.evidence.quote,
            )
    return None


def _fits(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < _LARGEST and value == value.quantize(_SMALLEST)


def _day(text: str | None, problems: list[Problem]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("facts", "date_not_iso", "A meeting's date is no ISO day", text))
        return None


def _doubled(what: str, quote: str) -> Problem:
    return Problem("facts", "fact_doubled", f"The same {what} was read twice from the same place", quote)


def _note_rank(note: str) -> int:
    return _NOTES.index(note) if note in _NOTES else len(_NOTES)
