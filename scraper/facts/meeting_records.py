"""The record of a meeting that was read: its name, its days and who took part."""

from __future__ import annotations

import re

from scraper.facts.meeting_days import Days
from scraper.facts.meeting_draft import Draft
from scraper.items import Evidence, Meeting, Participant
from scraper.vietnamese.sentences import level

_NAMED_BODY = re.compile(
    r"quận ủy|huyện ủy|thị ủy|thành ủy|tỉnh ủy|đảng|hđnd|ubnd|quốc hội|chính phủ|ban |sở |hội đồng"
    r"|cử tri|[\"“]"
)


def to_meeting(draft: Draft, text: str, days: Days | None) -> Meeting:
    """Make the record of a meeting.

    `text`: the article's body; `days`: those of the draft where they may be given.
    """
    people = tuple(Participant(a.name, tuple(a.roles), a.note or "attend") for a in draft.people.values())
    return Meeting(
        name=name_of(draft, text),
        classification=draft.classification,
        organization=draft.body.short,
        ordinal=draft.title.ordinal,
        start_date=days[0].isoformat() if days else None,
        end_date=days[1].isoformat() if days else None,
        part_of_day=draft.part,
        location=draft.location,
        ref_area=draft.body.ref_area,
        status=draft.status,
        participants=people,
        evidence=Evidence(text[draft.start : draft.end], draft.start, draft.end),
        confidence=round(draft.confidence, 2),
        rule=draft.rule,
    )


def name_of(draft: Draft, text: str) -> str:
    """Give the shortest full form: the title as printed, with the body where the title names none."""
    title = draft.title
    name = " ".join(text[title.start : title.end].split())
    if title.name_start is not None:
        shared = re.split(r"\slần thứ\s", text[title.name_start : title.start])[0]
        name = f"{shared} {name}"
    if draft.body.short and not _NAMED_BODY.search(level(name)) and len(name.split()) < 9:
        name = f"{name} {draft.body.short}"
    return name[0].upper() + name[1:]
