"""Which areas a text names, decided: what `read_areas` gives and every other reader of facts asks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from scraper.facts.reference_day import ReferenceDay


@dataclass(slots=True, unsafe_hash=True)
class AreaMention:
    """One decided mention of an area in `body_text` or `headline`."""

    start: int
    end: int
    ref: str
    """GSO code, or the printed name where the gazetteer has no such unit."""
    level: str
    """province, district, commune or country."""
    how: str
    """kind, body, list, bare or deixis (the kind word alone: the document's own unit)."""
    role: str
    """subject, office ("UBND quận …"), giver ("thành phố giao") or aside (an origin, a former post)."""
    field: str = "body_text"

    @property
    def is_subject(self) -> bool:
        """True where it is spoken of itself, not as an office, a plan's giver or in passing."""
        return self.role == "subject"


@dataclass(slots=True)
class AreaReading:
    """What `read_areas` found."""

    reference: ReferenceDay
    """The article's day, and the days by which units were taken as valid."""
    mentions: tuple[AreaMention, ...]
    districts: tuple[str, ...]
    ref_area: str
    """The article's own area: its district or commune, else its province, else the country."""
    province: str | None
    names: dict[str, str]
    """Printed name of every code that the reading can give."""
    own_rule: str = "none"
    """On what `ref_area` stands: titled, lead, body, parts, home, country or none (`own_area`)."""
    own_share: float = 0.0
    """Its part of all that the mentions weigh, 0 to 1."""
    goes_through: str = ""
    """The level of the many units that the article goes through one by one, none of them its own."""
    titled_peers: frozenset[str] = frozenset()
    """Several units of one level that the headline names together, the article's own among them."""
    headings: tuple[tuple[int, str], ...] = ()
    """Where a paragraph of `body_text` that holds nothing but an area's name ends, and that area."""
    own: dict[str, str] = field(default_factory=dict)
    """The unit that a bare kind word ("quận", "thành phố") stands for."""
    sentence_starts: list[int] = field(default_factory=list)
    _by_field: dict[str, tuple[list[int], list[AreaMention]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def reference_day(self) -> date | None:
        """The day that the article is read on: its publication, else the full date in its lead, else None."""
        return self.reference.day

    def area_at(self, start: int, end: int, field_name: str = "body_text") -> str:
        """Return the area that a clause is about.

        Its own, else the nearest before it in its sentence, else the article's.
        `start`, `end`: offsets of the clause in the field. Gives a code, or a printed name.
        """
        inside = [
            m for m in self.mentions if m.field == field_name and start <= m.start < end and m.is_subject
        ]
        if inside:
            return inside[0].ref
        sentence = self.sentence_start(start) if field_name == "body_text" else 0
        before = [
            m for m in self.mentions if m.field == field_name and sentence <= m.start < start and m.is_subject
        ]
        return before[-1].ref if before else self.ref_area

    def heading_of(self, offset: int) -> str | None:
        """Give the area whose name alone heads the paragraphs about an offset of `body_text`."""
        index = bisect_right(self.headings, offset, key=lambda heading: heading[0]) - 1
        return self.headings[index][1] if index >= 0 else None

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence of `body_text` that holds an offset begins."""
        index = bisect_right(self.sentence_starts, offset) - 1
        return self.sentence_starts[index] if index >= 0 else 0

    def mentions_in(self, start: int, end: int, field_name: str = "body_text") -> list[AreaMention]:
        """Return the mentions that lie within a stretch of a field, in their order."""
        known = self._by_field.get(field_name)
        if known is None:
            here = sorted((m for m in self.mentions if m.field == field_name), key=lambda m: m.start)
            known = self._by_field[field_name] = [m.start for m in here], here
        starts, mentions = known
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        return [m for m in mentions[first:last] if m.end <= end] if first < last else []

    def mentions_at(self, offset: int, field_name: str = "body_text") -> list[AreaMention]:
        """Return the mentions that begin at an offset of a field."""
        return [m for m in self.mentions if m.field == field_name and m.start == offset]

    def name_of(self, ref: str) -> str:
        """Return the printed name of a code ("quận Lê Chân"); a printed name stays as it is."""
        return self.names.get(ref, ref)

    def bare_name(self, ref: str) -> str:
        """Return the name of an area without its kind word: "Lê Chân"."""
        return re.sub(
            r"^(?:thành phố|quận|huyện đảo|huyện|thị xã|tỉnh|phường|xã|thị trấn|đặc khu) (?=\S)",
            "",
            self.name_of(ref),
        )
