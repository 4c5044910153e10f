"""Meetings as events of Open Civic Data (OCDEP 4), for tools that read councils' calendars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_STATUS = {"tentative": "tentative", "cancelled": "cancelled"}


def write_events(meetings: list[dict[str, Any]], notice: str, folder: Path) -> None:
    """Write `ocd/events.json`: an array of events as the schema of pupa 0.11 has them.

    Every day is given without a time: articles say at most the part of the day, which stands in `extras`.

    Args:
        meetings: As `queries/meetings.sql` gives them.
        notice: What every publication of these portals' data must say; may be empty. It stands in `extras`.
        folder: The publication's.
    """
    (folder / "ocd").mkdir()
    events = [_event(meeting, notice) for meeting in meetings]
    (folder / "ocd" / "events.json").write_text(
        json.dumps(events, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _event(meeting: dict[str, Any], notice: str) -> dict[str, Any]:
    quotes = list(dict.fromkeys(source["quote"] for source in meeting["sources"]))
    return {
        "_id": f"ocd-event/{uuid5(NAMESPACE_URL, 'urn:cityledger:meeting:' + meeting['meeting_id'])}",
        "name": meeting["name"],
        "all_day": True,
        "start_date": meeting["start_date"].isoformat(),
        "end_date": meeting["end_date"].isoformat() if meeting["end_date"] else "",
        "status": _STATUS.get(meeting["status"], "confirmed"),
        "classification": meeting["classification"],
        "description": "\n".join(quotes),
        "location": {"name": meeting["location"], "note": "", "coordinates": None}
        if meeting["location"]
        else None,
        "media": [],
        "documents": [],
        "links": [],
        "participants": [*_organizer(meeting), *map(_participant, meeting["participants"])],
        "agenda": [],
        "sources": [{"url": source["url"], "note": source["headline"]} for source in meeting["sources"]],
        "extras": {
            "meeting_id": meeting["meeting_id"],
            "ref_area": meeting["ref_area"],
            "area_name": meeting["area_name"],
            "part_of_day": meeting["part_of_day"],
            "is_retracted": meeting["is_retracted"],
            **({"notice": notice} if notice else {}),
        },
    }


def _organizer(meeting: dict[str, Any]) -> list[dict[str, Any]]:
    if not meeting["organization"]:
        return []
    return [_entity(meeting["organization"], "organization", "host")]


def _participant(person: dict[str, Any]) -> dict[str, Any]:
    posts = ", ".join(person["posts"] or ())
    return _entity(person["name"], "person", f"{person['note']}: {posts}" if posts else person["note"] or "")


def _entity(name: str, kind: str, note: str) -> dict[str, Any]:
    return {"name": name, "entity_name": name, "entity_type": kind, "note": note}
