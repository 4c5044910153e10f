"""Administrative units in Vietnamese prose: where a text names one, and how.

A mention is a kind word with a name ("quận Lê Chân"), a party body with a name ("Huyện ủy An Lão"), a name
that follows in the same list ("các quận Hồng Bàng, Ngô Quyền"), or a bare name where the context allows it.
What a name alone must not mean (the heroine, streets, schools) is data: `area_vetoes.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from scraper.vietnamese.gazetteer import (
    BODIES,
    COUNTRY,
    DISTRICT_KINDS,
    KINDS,
    LEVELS,
    REFORM,
    Gazetteer,
    Unit,
    gazetteer,
    name_key,
)
from scraper.vietnamese.names import SAFE_SURNAMES, SURNAMES, TOKEN, UPPER_CLASS
from scraper.vietnamese.scanning import Led
from scraper.vietnamese.sentences import level

__all__ = [
    "COUNTRY",
    "DISTRICT_KINDS",
    "REFORM",
    "Gazetteer",
    "Mention",
    "Unit",
    "bears_person",
    "find_mentions",
    "gazetteer",
    "name_key",
]

_DATA = Path(__file__).parent / "data"


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """One place in a text where a unit is meant, not yet decided which unit of that name."""

    start: int
    end: int
    kind: str | None
    """The kind word that was printed or stands for a body; None for a bare name."""
    name: str
    """As printed; empty where the kind word alone stands for the document's own unit."""
    units: tuple[Unit, ...] = field(hash=False)
    """Units of this name at the level the kind allows, whenever valid; empty: not in the gazetteer."""
    how: str
    """kind, body, list, bare or deixis."""


@lru_cache(maxsize=1)
def _vetoes() -> dict[str, frozenset[str]]:
    """Read the words before or after a bare name that veto it, and those that allow it in spite of them."""
    with (_DATA / "area_vetoes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        where: frozenset(r["words"] for r in rows if r["where"] == where)
        for where in ("before", "after", "allow", "person", "office")
    }


_KIND_WORD = (
    r"(?P<body>[Qq]uận|[Hh]uyện|[Tt]hị|[Tt]hành|[Tt]ỉnh|QUẬN|HUYỆN|THỊ|THÀNH|TỈNH) (?:ủy|uỷ|Ủy|Uỷ|ỦY"
    r"|UỶ)(?!\w)"
    r"|(?P<kind>[Hh]uyện đảo|[Tt]hành phố|[Tt]hị xã|[Tt]hị trấn|[Đđ]ặc khu|[Qq]uận|[Hh]uyện|[Tt]ỉnh"
    r"|[Pp]hường|[Xx]ã"
    r"|HUYỆN ĐẢO|THÀNH PHỐ|THỊ XÃ|THỊ TRẤN|ĐẶC KHU|QUẬN|HUYỆN|TỈNH|PHƯỜNG|XÃ|TP|Tp|TX)(?![\w.])"
    r"|(?P<abbr>TP\.|Tp\.|TX\.|TT\.|Q\.|H\.|P\.|TP(?=HCM))"
)
_NAMES = rf"{TOKEN}(?:(?: |-| - ){TOKEN}){{0,7}}"
_TRIGGER = Led(
    rf"(?<!\w)(?:{_KIND_WORD})(?:(?P<gap>\s*)(?P<run>(?(kind)(?!TP ?HCM|TP\.)|){_NAMES}"
    rf"|(?<=\s)\d{{1,2}}(?![\w./%]|\s*(?:tháng"
    rf"|năm|ngày|quý|tỷ|vụ))))?",
    leads="quận huyện thị thành tỉnh đặc phường xã tp tx tt q h p tphcm",
)
_NEXT = re.compile(rf"(?:,\s*|\s+và\s+|\s*;\s*|\s+hoặc\s+|\s+với\s+)(?P<run>{_NAMES})")
_NEXT_NUMBER = re.compile(r"(?:,\s*|\s+và\s+)(?P<run>\d{1,2})(?![\w%./-])")
# What may not stand before a name stands behind its first letter, by which `re` finds its way to it quickly.
_BARE = re.compile(rf"[{UPPER_CLASS}](?<![\w'’.\-/].)[\w'’]*(?:(?: |-| - ){TOKEN}){{0,7}}")
_LONGEST_RUN = 200
"""Characters of words that begin with a capital one behind the other: more hold no name."""
_WORDS = re.compile(r"[^\s\-]+")
_BEFORE = re.compile(r"([\w.]+)\s+([\w.]+)\s*$|([\w.]+)\s*$")
_FESTIVAL = re.compile(r"(?<!\w)[Ll]ễ hội(?: (?!(?:ở|tại|của|do|trên|từ|về|và) )[a-zà-ỹđ]+){1,3} $")
"""A festival with its own name ("Lễ hội chọi trâu Đồ Sơn"): the place in it is the festival's."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n]\s*[\"“]?|[-–*•+]\s+)$")
_OPENERS = frozenset(
    [
        "riêng",
        "tại",
        "ở",
        "từ",
        "đến",
        "về",
        "với",
        "trong",
        "theo",
        "khi",
        "nhưng",
        "còn",
        "và",
        "như",
        "nay",
        "vì",
        "do",
        "để",
        "nơi",
        "nếu",
        "cả",
        "hiện",
        "gần",
        "toàn",
        "chỉ",
        "sau",
        "trước",
        "bí",
        "trên",
        "dù",
        "song",
        "rồi",
        "mới",
        "cùng",
        "cử",
        "vừa",
        "qua",
        "đưa",
        "thuộc",
        "giúp",
        "hiện",
        "tuy",
    ]
)


def _split_run(run: str) -> list[tuple[int, int, str]]:
    if run.isalpha():
        return [(0, len(run), run)]
    return [(m.start(), m.end(), m.group()) for m in _WORDS.finditer(run)]


def _is_tail_ok(words: list[str], taken: int) -> bool:
    """Tell whether the capitalised words left after a name may follow it, so that the name is no person's."""
    rest = words[taken:]
    if not rest or (rest[0].isupper() and len(rest[0]) > 1 and not words[0].isupper()):
        return True
    if len(rest) >= 2 and rest[0].lower() in SURNAMES:
        return True
    return words[0].lower() not in SAFE_SURNAMES and len(rest) != 1


def find_mentions(
    text: str,
    bare_in: frozenset[str] = frozenset(),
    known: Sequence[Mention] | None = None,
    communes: frozenset[str] = frozenset(),
) -> list[Mention]:
    """Find the units that a text names, in order.

    `bare_in`: codes of provinces whose districts may be meant by a bare name; empty: no bare names at all.
    `known`: what a call without bare names gave, where the caller has it.
    `communes`: keys (`name_key`) of the communes that may be meant by a bare name too.
    Offsets count code points of `text`. Linear in the length of the text.
    """
    found = sorted({*_kind_mentions(text)}, key=lambda m: m.start) if known is None else list(known)
    return _with_bare(text, bare_in, communes, found) if bare_in else found


def _kind_mentions(text: str) -> Iterator[Mention]:
    book = gazetteer()
    for match in _TRIGGER.finditer(text, plain=level(text)):
        how = "body" if match["body"] else "kind"
        word = match["kind"] or match["abbr"]
        kind = BODIES[match["body"].lower()] if match["body"] else KINDS[word.lower()]
        abbreviated = bool(match["abbr"]) or (
            bool(word) and len(word) <= 2 and word.isupper() and word != "XÃ"
        )
        run = match["run"]
        if not run:
            if not abbreviated or word in ("TP", "TX"):
                yield Mention(match.start(), match.end(), kind, "", (), "deixis")
            continue
        parts = _split_run(run)
        words = [w for _, _, w in parts]
        count, units = book.find(words, LEVELS[kind])
        if count and not _is_tail_ok(words, count):
            count, units = 0, ()
        at = match.start("run")
        if not count:
            person = words[0].lower() in SAFE_SURNAMES and len(words) > 1
            stop = match.end() - len(run) - len(match["gap"])
            if (
                person
                or abbreviated
                or how == "body"
                or kind == "tỉnh"
                or words[0].isdigit()
                or _is_office(words)
            ):
                if not abbreviated:
                    yield Mention(match.start(), stop, kind, "", (), "deixis")
                continue
            lower_tail = re.match(r" [a-zđà-ỹ]", text[match.end() : match.end() + 2]) is not None
            if len(words) == 1 and lower_tail and kind == "thành phố":
                yield Mention(match.start(), stop, kind, "", (), "deixis")
                continue
            count = _unknown_length(words)
        end = at + parts[count - 1][1]
        yield Mention(match.start(), end, kind, text[at:end], units, how)
        if how == "body":
            continue
        yield from _followers(text, end, kind, words[0].isdigit())


def _is_office(words: list[str]) -> bool:
    return words[0] in (
        "Ủy",
        "Uỷ",
        "HĐND",
        "UBND",
        "Đoàn",
        "Hội",
        "Ban",
        "Bí",
        "Chủ",
        "Phó",
        "Ông",
        "Bà",
        "Trung",
    )


def _unknown_length(words: list[str]) -> int:
    """How many words a name that the gazetteer lacks has: up to the next surname, three at most."""
    for index in range(1, min(len(words), 4)):
        if words[index].lower() in SAFE_SURNAMES and len(words) - index >= 2:
            return index
    return min(len(words), 3)


def _followers(text: str, end: int, kind: str, numbers: bool) -> Iterator[Mention]:
    book = gazetteer()
    pattern = _NEXT_NUMBER if numbers else _NEXT
    while match := pattern.match(text, end):
        parts = _split_run(match["run"])
        words = [w for _, _, w in parts]
        count, units = book.find(words, LEVELS[kind][:1])
        if not count or count != len(words) or not any(u.kind.startswith(kind) for u in units):
            return
        end = match.start("run") + parts[count - 1][1]
        yield Mention(match.start("run"), end, kind, text[match.start("run") : end], units, "list")


def _with_bare(
    text: str, bare_in: frozenset[str], communes: frozenset[str], found: list[Mention]
) -> list[Mention]:
    taken = [(m.start, m.end) for m in found]
    position = 0
    for match in _BARE.finditer(text):
        start, end = match.span()
        while position < len(taken) and taken[position][1] <= start:
            position += 1
        if position < len(taken) and taken[position][0] < end:
            continue
        mention = _bare_mention(text, match, bare_in, communes)
        if mention:
            found.append(mention)
    return sorted(set(found), key=lambda m: (m.start, -m.end))


def _bare_mention(
    text: str, match: re.Match[str], bare_in: frozenset[str], communes: frozenset[str]
) -> Mention | None:
    run, start = match[0], match.start()
    if len(run) > _LONGEST_RUN:
        return None
    named, opened = _names_in(run)
    if opened is not named and _SENTENCE_START.search(text, max(0, start - 24), start):
        named = opened
    if named is None:
        return None
    units = tuple(u for u in named.units if u.level != "district" or u.parent in bare_in)
    if named.key in communes:
        units += gazetteer().named(named.name, ("commune",))
    if not units:
        return None
    start, end = start + named.start, start + named.end
    before = "" if named.is_of_office else text[max(0, start - 24) : start]
    return (
        None
        if _is_vetoed(before, text[end : end + 12])
        else Mention(start, end, None, text[start:end], units, "bare")
    )


class _Named(NamedTuple):
    """A name of the gazetteer in a run of capitalised words: `run[start:end]`."""

    start: int
    end: int
    name: str
    key: str
    units: tuple[Unit, ...]
    """Districts and provinces of that name."""
    is_of_office: bool
    """Stands behind an office's words."""


@lru_cache(maxsize=1 << 12)
def _names_in(run: str) -> tuple[_Named | None, _Named | None]:
    """Return the unit's name that a run holds, and the one that it holds where it opens a sentence."""
    parts = _split_run(run)
    named = _name_of(parts)
    is_opener = len(parts) > 1 and parts[0][2].lower() in _OPENERS
    return named, _name_of(parts[1:]) if is_opener else named


def _name_of(parts: list[tuple[int, int, str]]) -> _Named | None:
    of_office = False
    while len(parts) > 1 and (_is_office_word(parts[0][2]) or (of_office and _is_short(parts[0][2]))):
        of_office = True
        parts = parts[1:]
    words = [w for _, _, w in parts]
    if len(words) > 1 and words[-1].isupper() and not words[0].isupper():
        # an abbreviation right behind the name is no part of it: "Hải Dương IIP tăng 14,2%"
        words.pop()
    if len(words) > 5 or (len(words) == 1 and words[0].isupper() and words[0] != "HCM"):
        return None
    book, name = gazetteer(), " ".join(words)
    key = name_key(name)
    if key not in book.keys:
        return None
    units = book.named(name, ("district", "province"))
    return _Named(parts[0][0], parts[len(words) - 1][1], name, key, units, of_office)


def _is_office_word(word: str) -> bool:
    """Tell whether a capitalised word before a name is an office's: "UBND Bình Thuận", "Thuế Đắk Lắk"."""
    return word in _vetoes()["office"]


def _is_short(word: str) -> bool:
    """Tell whether a word is an abbreviation, as in the names of offices: "Sở GD - ĐT Bắc Giang"."""
    return len(word) > 1 and word.isupper() and word not in ("TP", "TX", "HCM", "TPHCM")


def _is_vetoed(before: str, after: str) -> bool:
    vetoes = _vetoes()
    if _FESTIVAL.search(before):
        return True
    stripped = before.rstrip()
    if stripped and (stripped[-1] in "“\"'‘" or (stripped == before and stripped[-1] not in "(")):
        return True
    if stripped and re.search(r"[\w.]$", stripped):
        words = re.findall(r"[\w.]+", stripped.lower())
        tails = [" ".join(words[-count:]) for count in (1, 2, 3)]
        if any(tail in vetoes["before"] for tail in tails) and not any(
            tail in vetoes["allow"] for tail in tails
        ):
            return True
    following = re.match(r"\s+(\w+)", after)
    return bool(following and following[1].lower() in vetoes["after"])


def bears_person(unit: Unit) -> bool:
    """Tell whether a unit is named after a person of history, so that its bare name may mean that person."""
    return unit.name.lower() in _vetoes()["person"]
