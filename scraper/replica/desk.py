"""The desk at which one story is written: its area and day, its dealt phrases, its reporter and its cast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random

from scraper.replica.figures import Period
from scraper.replica.people import Person, holder
from scraper.replica.places import Area, area_on
from scraper.replica.prose import Deck, Slot, chance, fill, phrases, write
from scraper.replica.records import Block, Caption, Fact, Story, Text
from scraper.replica.statements import Reporter

ZONE = timezone(timedelta(hours=7))
_STRENGTH = ("attend", "speak", "report", "direct", "chair")


@dataclass(frozen=True, slots=True)
class Brief:
    """One story to be written: which portal prints it, of what genre, of which area and day."""

    number: int
    portal: str
    genre: str
    code: str
    day: date
    """Day of what is told; the story appears that day or the next."""
    turn: int = 0
    """Tells repeated briefs apart."""

    @property
    def key(self) -> str:
        """What the story's chances are drawn from."""
        return f"{self.genre}:{self.code}:{self.day}:{self.turn}"


class Cast:
    """The people at one meeting, with the posts printed so far and the strongest note."""

    def __init__(self) -> None:
        self.people: list[Fact] = []

    def _enter(self, person: Person, roles: tuple[str, ...], note: str) -> None:
        for known in self.people:
            if known["name"] == person.name:
                printed = known["roles"]
                assert isinstance(printed, list)
                printed += [role for role in roles if role not in printed]
                if _STRENGTH.index(note) > _STRENGTH.index(str(known["note"])):
                    known["note"] = note
                return
        self.people.append({"name": person.name, "roles": list(roles), "note": note})

    def full(self, person: Person, note: str) -> str:
        """Print the name with all posts after it."""
        self._enter(person, person.roles, note)
        return f"{person.name}, {person.posts}" if person.roles else person.name

    def titled(self, person: Person, note: str) -> str:
        """Print the last post before the name."""
        self._enter(person, person.roles[-1:], note)
        return f"{person.roles[-1]} {person.name}"

    def bare(self, person: Person, note: str) -> str:
        """Print the name alone."""
        self._enter(person, (), note)
        return person.name


class Desk:
    """Everything that the writing of one story needs; all chances come from the brief's own source."""

    def __init__(
        self,
        seed: int,
        brief: Brief,
        period: Period,
        restated: Mapping[tuple[str, str], Decimal] | None = None,
    ) -> None:
        self.seed, self.brief, self.day = seed, brief, brief.day
        self.rng = chance(seed, "story", brief.key)
        self.area: Area = area_on(brief.code, brief.day)
        self.reporter = Reporter(seed, self.area, period, self.rng, restated)
        self.cast = Cast()
        self._decks: dict[str, Deck] = {}

    @property
    def period(self) -> Period:
        """The reporting period."""
        return self.reporter.period

    def person(self, post: str, area: Area | None = None) -> Person:
        """Return who holds the post that day."""
        return holder(self.seed, area or self.area, post, self.day)

    def document(self) -> str:
        """Return a document's name and number, which is no figure."""
        n = self.rng.randint(3, 298)
        year = self.day.year
        return self.rng.choice((
            f"Nghị quyết số {n % 60 + 3}-NQ/TU", f"Kế hoạch số {n}/KH-UBND", f"Chỉ thị số {n % 40 + 5}-CT/TU",
            f"Kết luận số {n % 90 + 2}-KL/TW", f"Nghị quyết số {n % 45 + 2}/NQ-HĐND",
            f"Quyết định số {n * 11}/QĐ-UBND ngày {n % 27 + 1}/{n % 11 + 1}/{year - 1}",
        ))  # fmt: skip

    def ward(self) -> str:
        """Return a part of the area by name, or a village."""
        if self.area.wards:
            kind = "phường" if self.area.kind in ("quận",) else "xã"
            return f"{kind} {self.rng.choice(self.area.wards)}"
        if self.area.code == "31":
            return self.rng.choice(phrases("gatherings")["quarters"])
        return self.rng.choice(phrases("gatherings")["blocks" if self.area.kind == "phường" else "villages"])

    def words(self) -> dict[str, Slot]:
        """Return the slots that every line may use."""
        area, book = self.area, phrases("sessions")
        first = second = self.ward()
        while second == first and (area.wards or area.code == "31" or not area.is_district):
            second = self.ward()
        matters, worries = self.rng.sample(book["matters"], 3), self.rng.sample(book["worries"], 2)
        return {
            "u": area.kind,
            "A": area.full,
            "F": area.full[0].upper() + area.full[1:],
            "N": area.name,
            "C": area.committee,
            "B": area.council,
            "w": first,
            "w2": second,
            "y": str(self.day.year),
            "doc": self.document(),
            "matter": matters[0],
            "matter2": matters[1],
            "matter3": matters[2],
            "worry": worries[0],
            "worry2": worries[1],
        }

    def line(self, book: str, key: str, **slots: Slot) -> Text:
        """Deal a line of a phrase book that this story has not used, with its slots filled."""
        deck = self._decks.setdefault(f"{book}:{key}", Deck(phrases(book)[key], self.rng))
        text = Text()
        fill(text, deck.deal(), {**self.words(), **slots}, self.rng)
        return text.capitalised()

    def words_of(self, book: str, key: str, **slots: Slot) -> str:
        """Return a dealt line as plain words, without a capital of its own."""
        deck = self._decks.setdefault(f"{book}:{key}", Deck(phrases(book)[key], self.rng))
        return write(deck.deal(), {**self.words(), **slots}, self.rng)

    def filler(self, topic: str) -> Text:
        """Return a sentence of connecting prose."""
        return self.line("filler", topic)

    def sentence(self, *clauses: Text, lead: str = "") -> Text:
        """Join clauses by semicolons into one sentence with a capital and a full stop."""
        out = Text(lead)
        for position, clause in enumerate(clauses):
            out.join(clause, "; " if position else " ")
        out.add(".")
        return out.capitalised()

    def captions(self, count: int) -> list[Caption]:
        """Return captions that add nothing to what the text says of the meeting's people."""
        return [Caption(self.line("gatherings", "scene").text) for _ in range(count)]

    def story(self, headline: str, blocks: list[Block], *, districts: tuple[str, ...] | None = None) -> Story:
        """Finish the story: byline, hour, districts and the names of the areas used."""
        delay = self.rng.choice((0, 0, 1, 1, 2))
        hour = time(
            self.rng.randint(15, 21) if delay == 0 else self.rng.randint(6, 20), self.rng.randint(0, 59)
        )
        published = datetime.combine(self.day + timedelta(days=delay), hour, ZONE)
        if districts is None:
            districts = (self.area.code,) if self.area.is_district else ()
        story = Story(headline, blocks, published, authors=byline(self.rng), districts=districts)
        for fact in story.facts("indicator") + story.facts("meeting"):
            code = str(fact["ref_area"])
            story.areas[code] = area_on(code, self.day).full
        for code in districts:
            story.areas[code] = area_on(code, self.day).full
        return story


def byline(rng: Random) -> tuple[str, ...]:
    """Return the author line: a pen name, initials, or two names."""
    names = phrases("gatherings")["pens"]
    draw = rng.random()
    if draw < 0.12:
        return (rng.choice(("LMT", "TG", "BH", "KC", "PV", "D.M")),)
    if draw < 0.2:
        return tuple(rng.sample(names, 2))
    return (rng.choice(names),)
