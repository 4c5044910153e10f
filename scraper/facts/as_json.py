"""Facts and articles as the JSON objects of `docs/standard/facts.md` §5, and articles back from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scraper.items import Article, Evidence, Facts, Meeting, Observation


def to_json(id: str, article: Article, facts: Facts) -> dict[str, Any]:
    """Give the object of one article and its facts, as facts.md §5 lays it out, ready for `json.dumps`."""
    return {
        "id": id,
        "article": article_to_json(article),
        "districts": list(facts.districts),
        "meetings": [_meeting(meeting) for meeting in facts.meetings],
        "indicators": [_observation(observation) for observation in facts.indicators],
        "areas": dict(facts.areas),
        "problems": [
            {"stage": p.stage, "kind": p.kind, "detail": p.detail, "quote": p.quote} for p in facts.problems
        ],
    }


def article_to_json(article: Article) -> dict[str, Any]:
    """Give the fields of facts.md §1 for one article."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "headline": article.headline,
        "description": article.description,
        "date_published": article.date_published,
        "authors": list(article.authors),
        "source": article.source,
        "section": list(article.section),
        "body_text": article.body_text,
        "captions": list(article.captions),
        "attachments": list(article.attachments),
    }


def article_from_json(fields: Mapping[str, Any]) -> Article:
    """Make the article that a JSON object with the fields of facts.md §1 describes.

    Raises ValueError where headline and body_text are both missing or a field has the wrong type.
    """
    if not isinstance(fields, Mapping) or ("headline" not in fields and "body_text" not in fields):
        raise ValueError("an article needs at least a headline or a body_text")
    url = _text(fields, "url") or ""
    return Article(
        url=url,
        canonical_url=_text(fields, "canonical_url") or url,
        headline=_text(fields, "headline") or "",
        body_text=_text(fields, "body_text") or "",
        portal=_text(fields, "portal"),
        native_id=_text(fields, "native_id"),
        description=_text(fields, "description"),
        date_published=_text(fields, "date_published"),
        date_source=_text(fields, "date_source"),
        date_modified=_text(fields, "date_modified"),
        authors=_texts(fields, "authors"),
        source=_text(fields, "source"),
        section=_texts(fields, "section"),
        captions=_texts(fields, "captions"),
        attachments=_texts(fields, "attachments"),
    )


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} must be a string, not {type(value).__name__}")
    return value


def _texts(fields: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name) or ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"{name} must be a list of strings, not {type(value).__name__}")
    return tuple(str(item) for item in value)


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _evidence(evidence: Evidence) -> dict[str, Any]:
    place: dict[str, Any] = {"quote": evidence.quote, "start": evidence.start, "end": evidence.end}
    if evidence.field != "body_text":
        place["field"] = evidence.field
    return place


def _observation(observation: Observation) -> dict[str, Any]:
    return {
        "indicator_name": observation.indicator_name,
        "indicator": observation.indicator,
        "breakdown": observation.breakdown,
        "measure": observation.measure,
        "base": observation.base,
        "obs_value": _number(observation.obs_value),
        "obs_value_upper": _number(observation.obs_value_upper),
        "unit_measure": observation.unit_measure,
        "unit_mult": observation.unit_mult,
        "bound": observation.bound,
        "obs_status": observation.obs_status,
        "time_period": observation.time_period,
        "ref_area": observation.ref_area,
        **_evidence(observation.evidence),
        "rule": observation.rule,
        "confidence": observation.confidence,
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "name": meeting.name,
        "classification": meeting.classification,
        "organization": meeting.organization,
        "ordinal": meeting.ordinal,
        "start_date": meeting.start_date,
        "end_date": meeting.end_date,
        "part_of_day": meeting.part_of_day,
        "location": meeting.location,
        "ref_area": meeting.ref_area,
        "status": meeting.status,
        "participants": [
            {"name": person.name, "roles": list(person.roles), "note": person.note}
            for person in meeting.participants
        ],
        **_evidence(meeting.evidence),
        "rule": meeting.rule,
        "confidence": meeting.confidence,
    }
