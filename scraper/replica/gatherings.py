"""Meetings as told: the opening with its evidence, who chaired, directed, reported, attended and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scraper.replica.desk import Desk
from scraper.replica.figures import ROMAN, SPELLED, day_month, full_day
from scraper.replica.people import Person
from scraper.replica.places import CITY, Area
from scraper.replica.prose import Slot
from scraper.replica.records import Caption, Fact, Text

_PARTS = (
    ("Sáng", "morning"),
    ("Chiều", "afternoon"),
    ("Sáng", "morning"),
    ("Ngày", None),
    ("Chiều", "afternoon"),
)


@dataclass(slots=True)
class Gathering:
    """A meeting to be told."""

    body: str
    """Who meets or convenes, as printed."""
    organization: str
    name: str
    classification: str
    agenda: str
    ordinal: int | None = None
    days: int = 1
    venue: str | None = None
    area: str | None = None
    status: str = "confirmed"
    chairs: tuple[Person, ...] = ()
    is_session: bool = False


def when(desk: Desk, days: int) -> tuple[str, str, str | None]:
    """Return the printed day at a sentence's head and in its middle, and the part of day."""
    rng, day = desk.rng, desk.day
    if days > 1:
        last = day + timedelta(days=days - 1)
        mark = rng.choice("/-")
        if last.month == day.month:
            words = rng.choice(
                (
                    f"{day.day} và {last.day}{mark}{day.month}",
                    f"{day.day}{mark}{day.month} và {last.day}{mark}{day.month}",
                )
            )
        else:
            words = f"{day.day}{mark}{day.month} và {last.day}{mark}{last.month}"
        head = rng.choice((f"Trong 2 ngày {words}", f"Trong hai ngày {words}"))
        return head, head[0].lower() + head[1:], None
    word, part = rng.choice(_PARTS)
    style = rng.randrange(6)
    printed = full_day(day, rng.randrange(2)) if rng.random() < 0.15 else day_month(day, style)
    needs = word != "Ngày" and ("tháng" in printed or rng.random() < 0.3)
    head = f"{word}{' ngày' if needs else ''} {printed}"
    return head, head[0].lower() + head[1:], part


def opening(desk: Desk, meeting: Gathering) -> tuple[Text, Fact]:
    """Return the sentence that tells of the meeting, and its fact, which participants enter later."""
    head, middle, part = when(desk, meeting.days)
    venue = f" tại {meeting.venue}" if meeting.venue else ""
    fact: Fact = {
        "name": meeting.name[0].upper() + meeting.name[1:],
        "classification": meeting.classification,
        "organization": meeting.organization,
        "ordinal": meeting.ordinal,
        "start_date": desk.day.isoformat(),
        "end_date": (desk.day + timedelta(days=meeting.days - 1)).isoformat(),
        "part_of_day": part,
        "location": None,
        "ref_area": meeting.area or desk.area.code,
        "status": meeting.status,
        "participants": desk.cast.people,
    }
    starts: list[int] = []

    def write_name(text: Text, words: str) -> None:
        starts.append(len(text))
        text.add(words)

    def write_agenda(text: Text) -> None:
        text.add(meeting.agenda)
        text.mark("meeting", min(starts), fact)

    def write_venue(text: Text, words: str) -> None:
        if words:
            fact["location"] = meeting.venue
        text.add(words)

    slots: dict[str, Slot] = {
        "when": head,
        "when_in": middle,
        "verb": desk.rng.choice(("triệu tập", "tổ chức"))
        if meeting.classification == "party_committee"
        else "tổ chức",
        "venue": lambda t: write_venue(t, f",{venue}" if venue else ""),
        "venue_plain": lambda t: write_venue(t, f"{venue.strip()}, " if venue else ""),
        "body": lambda t: write_name(t, meeting.body),
        "name": lambda t: write_name(t, meeting.name),
        "agenda": write_agenda,
    }
    return desk.line("gatherings", "open", **slots), fact


def chair_line(desk: Desk, meeting: Gathering) -> Text:
    """Return the sentence that names who chaired."""
    first = meeting.chairs[0]
    second = meeting.chairs[1] if len(meeting.chairs) > 1 else None
    cast = desk.cast
    slots: dict[str, Slot] = {
        "chair": lambda t: t.add(cast.full(first, "chair")),
        "chair_before": lambda t: t.add(cast.titled(first, "chair")),
        "chair2": lambda t: t.add(cast.full(second or first, "chair")),
    }
    if meeting.is_session:
        key = "session_chair"
    else:
        key = "chair_two" if second and desk.rng.random() < 0.6 else "chair_one"
    return desk.line("gatherings", key, **slots)


def direct_line(desk: Desk, person: Person) -> Text:
    """Return the sentence on the superior who attended and directed."""
    return desk.line("gatherings", "direct", direct=lambda t: t.add(desk.cast.full(person, "direct")))


def attend_line(desk: Desk, guests: tuple[Person, Person]) -> Text:
    """Return the sentence on guests."""
    return desk.line("gatherings", "attend", guest=lambda t: t.add(desk.cast.full(guests[0], "attend")),
                     guest2=lambda t: t.add(desk.cast.full(guests[1], "attend")))  # fmt: skip


def report_line(desk: Desk, person: Person) -> Text:
    """Return the sentence on who reported."""
    return desk.line("gatherings", "report", report=lambda t: t.add(desk.cast.full(person, "report")))


def closing(desk: Desk, person: Person, note: str = "chair") -> Text:
    """Return the concluding speech without figures."""
    cast = desk.cast
    return desk.line(
        "gatherings", "close",
        chair_before=lambda t: t.add(cast.titled(person, note)),
        chair_name=lambda t: t.add(cast.bare(person, note)),
        ask=lambda t: t.add(_lower(desk.line("gatherings", "ask"))),
        ask2=lambda t: t.add(_lower(desk.line("gatherings", "ask"))),
    )  # fmt: skip


def _lower(text: Text) -> str:
    return text.text[:1].lower() + text.text[1:]


def photo(desk: Desk, chair: Person) -> Caption:
    """Return a picture of the meeting with its caption."""
    cast = desk.cast
    return Caption(desk.line("gatherings", "captions", chair_name=lambda t: t.add(cast.bare(chair, "chair")),
                             chair_before=lambda t: t.add(cast.titled(chair, "chair"))).text)  # fmt: skip


def party_ordinal(area: Area, year: int, quarter: int) -> int:
    """Return the running number of a committee's quarterly conference in its term.

    Terms begin with the congresses of summer 2015, 2020 and 2025; one conference a year is thematic.
    """
    if not area.is_district and area.code != "31":
        return (year - 2025) * 4 + quarter - 3 + 2
    start = 2020 if (year, quarter) >= (2020, 3) else 2015
    start = 2025 if (year, quarter) >= (2025, 4) else start
    return max(1, (year - start) * 5 + quarter - 3 + 1 + (quarter >= 3))


def council_term(area: Area, day: date) -> tuple[int, int, str]:
    """Return a council's term number, the year it was elected in and its span."""
    if not area.is_district and area.code != "31":
        return (2, 2026, "2026-2031") if day >= date(2026, 3, 20) else (1, 2025, "2021-2026")
    if day >= date(2026, 3, 20):
        return area.council_term + 1, 2026, "2026-2031"
    if day >= date(2021, 6, 15):
        return area.council_term, 2021, "2021-2026"
    return area.council_term - 1, 2016, "2016-2021"


def council_ordinal(area: Area, day: date) -> int:
    """Return the running number of a session: three a year (July, October, December) after the first."""
    _, elected, _ = council_term(area, day)
    turn = 1 if day.month <= 8 else 2 if day.month <= 10 else 3
    return (day.year - elected) * 3 + turn + 1


def ordinal_words(desk: Desk, number: int, figures_only: bool = False) -> str:
    """Print an ordinal in figures, in Roman figures or spelled."""
    draw = desk.rng.random()
    if figures_only or draw < 0.62 or number >= len(ROMAN):
        return str(number)
    if draw < 0.82 or number >= len(SPELLED):
        return ROMAN[number]
    return SPELLED[number]


def superiors(desk: Desk) -> Person:
    """Return a leader of the city who may come to a meeting of a unit."""
    return desk.person(desk.rng.choice(("vice", "vice2", "organiser", "council_vice", "front")), CITY)
