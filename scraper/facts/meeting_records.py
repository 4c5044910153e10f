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


_RUNS_ON = re.compile(
    r"((?:với|cùng) (?:lãnh đạo )?(?:phường|xã|quận|huyện|thị xã|thành phố|TP|đặc khu|tỉnh) "
    r"[A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*)*?)(?= (?:UBND|HĐND|MTTQ|Chủ tịch|Bí thư|Phó|Đảng ủy|Thành ủy|Tỉnh ủy|"
    r"Huyện ủy|Quận ủy|Thị ủy|Ủy ban|Ban |Thường trực|Thường vụ|[Đđ]ồng chí|[Ôô]ng |[Bb]à ))"
)
"""A partner's name that the next sentence's words were glued to: "với phường Lê Chân UBND phường báo cáo"."""
_PARTNER = re.compile(r"(?:(?:buổi|cuộc) )?(làm việc|họp(?: \w+){0,2}?) ((?:với|cùng) .+)", re.IGNORECASE)


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
    name = re.sub(r"^[Cc]ó ", "", name)
    if runs_on := _RUNS_ON.search(name):
        name = name[: runs_on.end()]
    if draft.body.short and not _NAMED_BODY.search(level(name)) and len(name.split()) < 9:
        partner = _PARTNER.fullmatch(name)
        if partner:  # the body that meets stands before the one that it meets with
            noun = f"Buổi {partner[1]}" if partner[1].lower() == "làm việc" else partner[1]
            name = f"{noun} của {draft.body.short} {partner[2]}"
        else:
            name = f"{name} {draft.body.short}"
    return name[0].upper() + name[1:]
