"""Removals: articles and persons that no publication may show, kept without what was removed.

Of a person only salted hashes are kept: of the name as it is written, and of the form that it takes in web
addresses. Who knows the name can tell that it is meant; nobody can read it there.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from scraper.errors import UsageError
from scraper.vietnamese.text import fold, fold_tone, squeeze
from warehouse.decisions.sheet import Line, append_line, read_lines
from warehouse.ids import hashed

FILE = "removals.csv"
COLUMNS = (
    "kind", "article_id", "salt", "words", "name_hash", "slug_hash", "reason", "decided_on", "decided_by",
)  # fmt: skip
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Removal:
    """One article or person that no publication shows."""

    kind: str
    """article or person."""
    article_id: str | None
    salt: str | None
    words: int | None
    """How many words the person's name has."""
    name_hash: str | None
    slug_hash: str | None
    reason: str
    decided_on: date
    decided_by: str

    @property
    def removal_id(self) -> str:
        """Its key: of the article, or of the hash of the name."""
        return "x-" + hashed(self.kind, self.article_id or self.name_hash)

    def is_of(self, name: str) -> bool:
        """Say whether this name of a person is meant."""
        return self.salt is not None and self.name_hash == name_hash(self.salt, name)


def name_hash(salt: str, name: str) -> str:
    """Return the hash of a name as it is written, whatever its case and the place of its tone marks."""
    return sha256(f"{salt}\n{fold_tone(squeeze(name))}".encode()).hexdigest()


def slug_hash(salt: str, name: str) -> str:
    """Return the hash of a name as a web address has it: without diacritics, words joined by hyphens."""
    return sha256(f"{salt}\n{fold(squeeze(name).replace('-', ' ')).replace(' ', '-')}".encode()).hexdigest()


def removal_of_article(article_id: str, reason: str, decided_on: date, decided_by: str) -> Removal:
    """Return the removal of an article of this id."""
    return Removal("article", article_id, None, None, None, None, reason, decided_on, decided_by)


def removal_of_person(name: str, reason: str, decided_on: date, decided_by: str) -> Removal:
    """Return the removal of whoever bears this name, with a salt of its own.

    Raises UsageError where a name has one word or very many, or the reason would tell it.
    """
    words = squeeze(name).split(" ")
    if not 2 <= len(words) <= MOST_WORDS:
        raise UsageError(
            f"{name!r}: a person is named by 2 to {MOST_WORDS} words, an article by id or address"
        )
    if fold(name) in fold(reason):
        raise UsageError("the reason tells the name that it removes: say it without")
    salt = secrets.token_hex(16)
    hashes = name_hash(salt, name), slug_hash(salt, name)
    return Removal("person", None, salt, len(words), *hashes, reason, decided_on, decided_by)


def read_removals(home: Path) -> list[Removal]:
    """Read the home's removals; raise ConfigError naming the line that is not understood or stands twice."""
    found: dict[str, tuple[int, Removal]] = {}
    for line in read_lines(home / FILE, COLUMNS):
        removal = _parse(line)
        if removal.removal_id in found:
            first = found[removal.removal_id][0]
            raise line.wrong(f"removes again what line {first} removed: keep one of the two")
        found[removal.removal_id] = (line.number, removal)
    return [removal for _, removal in found.values()]


def keep_removal(home: Path, removal: Removal) -> None:
    """Add a removal to the home's; raise HomeError where that cannot be written."""
    cells: Mapping[str, object] = {name: getattr(removal, name) for name in COLUMNS}
    said = {name: "" if value is None else str(value) for name, value in cells.items()}
    append_line(home / FILE, COLUMNS, said)


def _parse(line: Line) -> Removal:
    kind = line.required("kind")
    reason, day, by = line.required("reason"), line.day("decided_on"), line.required("decided_by")
    if kind == "article":
        return removal_of_article(line.required("article_id"), reason, day, by)
    if kind != "person":
        raise line.wrong(f"kind is {kind!r}: write article or person")
    words = line.required("words")
    if not words.isdecimal() or not 2 <= int(words) <= MOST_WORDS:
        raise line.wrong(f"words is {words!r}: a name has 2 to {MOST_WORDS}; `forget` writes such lines")
    salt, name, slug = line.required("salt"), line.required("name_hash"), line.required("slug_hash")
    return Removal("person", None, salt, int(words), name, slug, reason, day, by)
