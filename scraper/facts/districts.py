"""Which areas an article names, which of them it is about, and which one a clause speaks of.

A name is decided by its kind word, the day, the province that the article is at home in, and what else it
names; a unit that the gazetteer lacks, or a name that stays doubtful, is kept as printed (facts.md §2).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from scraper.facts.area_reading import AreaMention, AreaReading
from scraper.facts.area_roles import BEFORE, is_aside, is_branch, is_former, role_of
from scraper.facts.country import find_country, find_regions
from scraper.facts.home_unit import HomeUnit
from scraper.facts.own_area import OwnArea, Surroundings, own_area
from scraper.facts.reference_day import read_reference_day
from scraper.items import Article
from scraper.vietnamese.areas import (
    COUNTRY,
    DISTRICT_KINDS,
    REFORM,
    Mention,
    Unit,
    bears_person,
    find_mentions,
    gazetteer,
    name_key,
)
from scraper.vietnamese.names import SURNAMES
from scraper.vietnamese.text import fold_tone

__all__ = ["AreaMention", "AreaReading", "read_areas"]

_VENUE_CITY = re.compile(r"\btại\s*$", re.IGNORECASE)
_HEADED = re.compile(r"(?:\([^)]*\)\s*)?((?:[A-ZĐ]\w*(?: |(?=:)))+?)(?=[:a-zđ])")
"""A headline that begins with a name."""
_NUMBERING = re.compile(r"[\s*+–-]*(?:[\dIVX]{1,4}[.)]?)?\s*")
_LEAD = 600
"""Characters of a body that the province of an article without a home is looked for in."""
_SENTENCE_END = re.compile(r"[.!?…](?=\s+[^\sa-zà-ỹ])|\n\n*")


def read_areas(article: Article, home_area: str | None = None) -> AreaReading:
    """Read the areas of an article.

    `home_area`: GSO code of the area that the portal belongs to; None: inferred from the address where it
    holds a province's name.
    """
    return _Reader(article, home_area).read()


class _Reader:
    def __init__(self, article: Article, home_area: str | None) -> None:
        self.article = article
        self.book = gazetteer()
        self.reference = read_reference_day(article)
        self.has_districts = min(self.reference.valid_on) < REFORM
        self.may_be_reformed = self.has_districts and max(self.reference.valid_on) >= REFORM
        home = home_area or HomeUnit(self.book, self._alive).code_of(article)
        unit = self._unit(home) if home else None
        self.home_unit = unit
        self.home_province = self.book.province_of(unit) if unit else ""
        self.names: dict[str, str] = {}

    def read(self) -> AreaReading:
        texts = {"headline": self.article.headline, "body_text": self.article.body_text}
        first = {name: find_mentions(text) for name, text in texts.items()}
        self._choose_province([m for found in first.values() for m in found])
        bare_in = frozenset(self.provinces) or frozenset({"-"})
        communes = self._bare_communes(first)
        raw = {name: find_mentions(text, bare_in, first[name], communes) for name, text in texts.items()}
        self._gather_context([m for found in raw.values() for m in found])
        mentions: list[AreaMention] = []
        for name, found in raw.items():
            mentions += self._decide_all(name, texts[name], found)
            mentions += [
                AreaMention(start, end, COUNTRY, "country", "kind", "subject", name)
                for start, end in find_country(texts[name])
            ]
            mentions += [
                AreaMention(start, end, region, "region", "kind", "subject", name)
                for start, end, region in find_regions(texts[name])
            ]
        own = self._own_units(mentions)
        mentions = [m for m in (self._bind(m, own) for m in mentions) if m is not None]
        mentions.sort(key=lambda m: (m.field, m.start))
        area = self._own_area(mentions)
        starts = [0, *(m.end() for m in _SENTENCE_END.finditer(self.article.body_text))]
        return AreaReading(
            reference=self.reference,
            mentions=tuple(mentions),
            districts=self._districts(mentions, own),
            ref_area=area.ref,
            province=self.main_province or None,
            names={**self._own_names(own), **self.names},
            own_rule=area.rule,
            headings=tuple(self._headings(mentions)),
            own_share=area.share,
            goes_through=area.goes_through,
            titled_peers=_titled_peers(mentions, area.ref),
            own=own,
            sentence_starts=starts,
        )

    def _headings(self, mentions: list[AreaMention]) -> Iterator[tuple[int, str]]:
        body = self.article.body_text
        for mention in mentions:
            if mention.field == "body_text" and mention.how != "deixis":
                before = body[body.rfind("\n", 0, mention.start) + 1 : mention.start]
                stop = body.find("\n", mention.end)
                after = body[mention.end : stop] if stop >= 0 else ""
                if stop >= 0 and _NUMBERING.fullmatch(before) and after.strip() in ("", ":", "."):
                    yield stop, mention.ref

    def _own_area(self, mentions: list[AreaMention]) -> OwnArea:
        units = [unit for m in mentions if m.ref.isdigit() and (unit := self._unit(m.ref))]
        around = Surroundings(
            self.article.headline, self.article.body_text, self.home_unit.code if self.home_unit else None,
            self.main_province or None, self.has_districts,
        )  # fmt: skip
        return own_area(mentions, around, {unit.code: unit.parent for unit in units})

    def _bare_communes(self, first: dict[str, list[Mention]]) -> frozenset[str]:
        """Give the keys of the communes that a bare name may mean.

        They are the special zones and those named with their kind, before the reform in the headline; none
        that is called like a person.
        """
        zones = {name_key(u.name) for u in self.book.special_zones() if self._alive(u)}
        named = {
            name_key(m.name)
            for m in (first["headline"] if self.has_districts else (*first["headline"], *first["body_text"]))
            if m.units
            and m.units[0].level == "commune"
            and not m.name.isdigit()
            and not _is_like_person(m.name)
        }
        return frozenset(zones | named)

    def _own_names(self, own: dict[str, str]) -> dict[str, str]:
        units = ((ref, self._unit(ref)) for ref in own.values() if ref.isdigit())
        return {ref: unit.printed for ref, unit in units if unit}

    def _choose_province(self, mentions: list[Mention]) -> None:
        votes: Counter[str] = Counter()
        for mention in mentions:
            codes = {self.book.province_of(u) for u in mention.units if self._alive(u)}
            if len(codes) == 1 and not mention.name.isdigit():
                votes[next(iter(codes))] += 3 if mention.units[0].level == "province" else 1
        self.provinces = set(votes)
        if self.home_province:
            self.provinces.add(self.home_province)
        else:
            self._add_bare_provinces(votes)
        self.main_province = self.home_province or (votes.most_common(1)[0][0] if votes else "")

    def _add_bare_provinces(self, votes: Counter[str]) -> None:
        """Add the provinces that headline and lead name without their kind, and that of the one district that
        the headline begins with: "Vũng Tàu: Thu ngân sách …"."""
        for text in (self.article.headline, self.article.body_text[:_LEAD]):
            for mention in find_mentions(text, frozenset({"-"})):
                if mention.how == "bare" and (unit := next(filter(self._alive, mention.units), None)):
                    votes[unit.code] += 1
        opening = _HEADED.match(self.article.headline)
        if opening is not None and not votes:
            words = opening[1].split()
            count, units = self.book.find(words, ("district",))
            parents = {u.parent for u in units if self._alive(u)}
            if count == len(words) and len(parents) == 1:
                votes[parents.pop()] += 1
        self.provinces |= set(votes)

    def _alive(self, unit: Unit) -> bool:
        since, until = unit.valid_from, unit.valid_to
        for day in self.reference.valid_on:  # noqa: SIM110 - a generator costs more than the comparisons
            if since <= day and (not until or day < until):
                return True
        return False

    def _unit(self, code: str) -> Unit | None:
        """Return the unit that bears a code on the article's day, else its last form."""
        units = self.book.by_code.get(code, ())
        return next((u for u in units if self._alive(u)), units[-1] if units else None)

    def _gather_context(self, mentions: list[Mention]) -> None:
        """Note the districts that are sure, so that communes below them can be told from their namesakes."""
        self.sure_districts = {
            u.code
            for m in mentions
            for u in m.units
            if u.level == "district" and self.book.province_of(u) in self.provinces
        }

    def _pick(self, mention: Mention) -> Unit | None:
        """Choose the unit that a mention means; None where the gazetteer has none or leaves it open."""
        units = [u for u in mention.units if self._alive(u)]
        if mention.name.isdigit():
            units = [u for u in units if self.book.province_of(u) in self.provinces]
        if not units:
            return None
        if mention.kind == "thành phố":
            central = [u for u in units if u.kind.startswith("thành phố t")]
            cities = [u for u in units if u.kind == "thành phố" or u in central]
            units = cities or units
        elif mention.kind and mention.kind != "tỉnh":
            units = [u for u in units if u.kind == mention.kind] or (
                [] if units[0].level == "commune" else units
            )
        scores: dict[str, int] = {}
        for unit in units:
            province = self.book.province_of(unit)
            score = 8 * (province == self.main_province) + 4 * (province in self.provinces)
            score += 2 * (unit.parent in self.sure_districts) + (unit.kind == mention.kind)
            score += mention.kind is None and unit.level == "province"
            scores[unit.code] = max(score, scores.get(unit.code, -1))
        if not scores:
            return None
        best = max(scores.values())
        codes = [c for c, s in scores.items() if s == best]
        if len(codes) > 1 or (units[0].level == "commune" and best < 4):
            return None
        return next(u for u in units if u.code == codes[0])

    def _decide_all(self, field_name: str, text: str, found: list[Mention]) -> list[AreaMention]:
        return [d for m in found if (d := self._decide(field_name, text, m)) is not None]

    def _decide(self, field_name: str, text: str, mention: Mention) -> AreaMention | None:
        role = role_of(text, mention)
        if mention.how == "deixis":
            return AreaMention(mention.start, mention.end, mention.kind or "", "", "deixis", role, field_name)
        unit = self._pick(mention)
        if unit:
            self.names.setdefault(unit.code, _as_printed(unit, mention.name))
            return AreaMention(
                mention.start, mention.end, unit.code, unit.level, mention.how, role, field_name
            )
        if mention.how == "bare" and mention.units and is_former(text, mention):
            former = mention.units[0]
            return AreaMention(
                mention.start, mention.end, former.printed, former.level, "kind", role, field_name
            )
        if mention.how == "bare" or mention.kind is None or mention.name.isdigit():
            return None
        level = (
            "province"
            if mention.kind == "tỉnh"
            else "district"
            if mention.kind in DISTRICT_KINDS
            else "commune"
        )
        printed = f"{mention.kind} {mention.name}"
        return AreaMention(mention.start, mention.end, printed, level, mention.how, role, field_name)

    def _own_units(self, mentions: list[AreaMention]) -> dict[str, str]:
        """Find the unit that each bare kind word stands for: the most prominent one of that kind."""
        lead_end = self.article.body_text.find("\n\n")
        lead_end = len(self.article.body_text) if lead_end < 0 else lead_end
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        order: dict[str, int] = {}
        for index, m in enumerate(mentions):
            if m.how == "deixis" or m.level in ("country", "region"):
                continue
            kind = self._kind_of(m.ref)
            weight = 12 if m.field == "headline" else 4 if m.start < lead_end else 1
            votes[kind][m.ref] += weight * (2 if m.how != "bare" else 1)
            order.setdefault(m.ref, index)
        own = {kind: max(c, key=lambda ref: (c[ref], -order[ref])) for kind, c in votes.items()}
        home = self.home_unit
        if home and home.level != "province" and self._alive(home):
            own[home.kind] = home.code
        province = self._unit(self.main_province) if self.main_province else None
        if province:
            own["province"] = province.code
            if province.kind.startswith("thành phố"):
                own.setdefault("thành phố", province.code)
                if own["thành phố"] != province.code and votes["thành phố"][own["thành phố"]] < 8:
                    own["thành phố"] = province.code
            own["tỉnh"] = province.code if province.kind == "tỉnh" else own.get("tỉnh", province.code)
        return own

    def _kind_of(self, ref: str) -> str:
        unit = self._unit(ref) if ref.isdigit() else None
        if unit:
            return "thành phố" if unit.kind.startswith("thành phố") else unit.kind
        return next(
            (
                k
                for k in (*DISTRICT_KINDS, "tỉnh", "phường", "xã", "thị trấn", "đặc khu")
                if ref.startswith(k)
            ),
            "",
        )

    def _bind(self, mention: AreaMention, own: dict[str, str]) -> AreaMention | None:
        if mention.how != "deixis":
            return mention
        ref = own.get(mention.ref)
        if ref is None:
            return None
        return AreaMention(
            mention.start, mention.end, ref, self._level_of(ref), "deixis", mention.role, mention.field
        )

    def _level_of(self, ref: str) -> str:
        unit = self._unit(ref) if ref.isdigit() else None
        if unit:
            return unit.level
        kind = self._kind_of(ref)
        return "district" if kind in DISTRICT_KINDS else "province" if kind == "tỉnh" else "commune"

    def _districts(self, mentions: list[AreaMention], own: dict[str, str]) -> tuple[str, ...]:
        if not self.has_districts:
            return ()
        texts = {"headline": self.article.headline, "body_text": self.article.body_text}
        home_code = self.home_unit.code if self.home_unit else ""
        found: dict[str, None] = {}
        marked = {m.ref for m in mentions if m.how in ("kind", "body", "list")}
        weak_end = -1
        counts = Counter(m.ref for m in mentions if m.how != "deixis")
        for m in mentions:
            if m.level != "district" or m.how == "deixis" or (self.may_be_reformed and m.ref not in marked):
                continue
            if counts[m.ref] == 1 and self._is_venue(m, texts[m.field]):
                continue
            if m.how == "bare" and m.ref not in marked and self._is_personal(m.ref) and m.ref != home_code:
                continue
            if m.how == "bare" and m.ref not in marked and is_branch(texts[m.field], m.start):
                continue
            weak = is_aside(texts[m.field][max(0, m.start - BEFORE) : m.start])
            follows = 0 <= m.start - weak_end <= 5 and re.fullmatch(
                r"(?:,| và|, và) ", texts[m.field][weak_end : m.start]
            )
            if m.field == "headline" or not (weak or (m.how == "bare" and follows)):
                found.setdefault(m.ref)
            elif weak or follows:
                weak_end = m.end
        home = self.home_unit
        is_home = home and home.level == "district" and home.code in own.values()
        if home and is_home and (not self.may_be_reformed or home.code in marked):
            found.setdefault(home.code)
        return tuple(found)

    def _is_personal(self, ref: str) -> bool:
        unit = self._unit(ref)
        return unit is not None and bears_person(unit)

    def _is_venue(self, mention: AreaMention, text: str) -> bool:
        """Tell whether a city is only the place where something was held ("tại thành phố Hạ Long,")."""
        name = text[mention.start : mention.end].lower()
        return name.startswith(("thành phố", "tp")) and bool(
            _VENUE_CITY.search(text[max(0, mention.start - 6) : mention.start])
        )


def _as_printed(unit: Unit, name: str) -> str:
    """Give a unit's name with its kind, spelled as the article spells it: "huyện Đak Pơ"."""
    if name == unit.name:
        return unit.printed
    spelled_otherwise = fold_tone(name) != fold_tone(unit.name) and name_key(name) == name_key(unit.name)
    return f"{unit.printed.removesuffix(unit.name)}{name}" if spelled_otherwise else unit.printed


def _is_like_person(name: str) -> bool:
    words = name.lower().split()
    return len(words) > 1 and words[0] in SURNAMES


def _titled_peers(mentions: list[AreaMention], own: str) -> frozenset[str]:
    """Give the units that the headline names beside the article's own, of its level; empty for none."""
    titled = [m for m in mentions if m.field == "headline" and m.how != "deixis" and m.role != "aside"]
    levels = {m.level for m in titled if m.ref == own}
    peers = frozenset(m.ref for m in titled if m.level in levels)
    return peers if len(peers) > 1 else frozenset()
