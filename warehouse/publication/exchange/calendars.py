"""Meetings as iCalendar (RFC 5545), all of them and by area, to subscribe to."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

from scraper.version import VERSION
from scraper.vietnamese.text import squeeze

ALL = "all"
_STATUS = {"tentative": "TENTATIVE", "cancelled": "CANCELLED"}
_PARTS_OF_DAY = {"morning": "sáng", "afternoon": "chiều", "evening": "tối"}


def write_calendars(meetings: list[dict[str, Any]], notice: str, folder: Path) -> None:
    """Write `calendar/all.ics` and `calendar/<area code>.ics`; an event's UID stays the same for good.

    Args:
        meetings: As `queries/meetings.sql` gives them; each lasts whole days, since articles tell no hours.
        notice: What every publication of these portals' data must say; may be empty.
        folder: The publication's.
    """
    (folder / "calendar").mkdir()
    titles: dict[str, str] = {}
    by_area: dict[str, list[bytes]] = defaultdict(list)
    for meeting in meetings:
        if not meeting["is_retracted"]:
            # Written once for both of its calendars: folding lines is what takes the time.
            event = bytes(_event(meeting).to_ical())
            titles[ALL] = "CityLedger"
            by_area[ALL].append(event)
            if area := meeting["ref_area"]:
                titles[area] = f"CityLedger: {meeting['area_name']}"
                by_area[area].append(event)
    for area, events in by_area.items():
        (folder / "calendar" / f"{area}.ics").write_bytes(_calendar(titles[area], notice, events))


def _calendar(title: str, notice: str, events: list[bytes]) -> bytes:
    """Return a calendar with events put between its own lines: components of one another only nest."""
    calendar = Calendar()
    calendar.add("prodid", f"-//CityLedger//{VERSION}//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", squeeze(title))
    if notice:
        calendar.add("x-wr-caldesc", squeeze(notice))
    head, ends, _ = bytes(calendar.to_ical()).rpartition(b"END:VCALENDAR\r\n")
    return b"".join((head, *events, ends))


def _event(meeting: dict[str, Any]) -> Event:
    event = Event()
    event.add("uid", f"{meeting['meeting_id']}@cityledger")
    event.add("summary", squeeze(meeting["name"]))
    event.add("dtstart", meeting["start_date"])
    event.add("dtend", (meeting["end_date"] or meeting["start_date"]) + timedelta(days=1))
    event.add("dtstamp", meeting["last_reported_at"])
    event.add("created", meeting["first_reported_at"])
    event.add("status", _STATUS.get(meeting["status"], "CONFIRMED"))
    event.add("categories", [meeting["classification"]])
    event.add("transp", "TRANSPARENT")
    if meeting["location"]:
        event.add("location", squeeze(meeting["location"]))
    if meeting["sources"]:
        event.add("url", squeeze(meeting["sources"][0]["url"]))
    event.add("description", "\n".join(map(squeeze, _lines(meeting))))
    return event


def _lines(meeting: dict[str, Any]) -> list[str]:
    lines = [source["quote"] for source in meeting["sources"][:1]]
    if meeting["part_of_day"]:
        lines.append(f"Buổi: {_PARTS_OF_DAY.get(meeting['part_of_day'], meeting['part_of_day'])}")
    if meeting["organization"]:
        lines.append(f"Cơ quan: {meeting['organization']}")
    chairs = [person["name"] for person in meeting["participants"] if person["note"] == "chair"]
    if chairs:
        lines.append(f"Chủ trì: {', '.join(chairs)}")
    return [*lines, *(f"Nguồn: {source['url']}" for source in meeting["sources"])]
