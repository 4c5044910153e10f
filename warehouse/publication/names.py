"""Names of persons in text: found however they are cased, and covered letter for letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from scraper.vietnamese.text import nfc
from warehouse.decisions.removals import Removal, name_hash, slug_hash

COVER = "•"
"""Stands for one letter, so that quotes keep their place in the text."""

_HONORIFICS = "ông|bà|anh|chị|cô|chú|bác|cụ|em"
_SPACE = r"[\s\u00a0]"
_WORD = re.compile(r"[^\W\d_]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+", re.IGNORECASE)


def cover_names(text: str, names: Sequence[str]) -> str:
    """Cover these persons' names in a text by initials and dots, also "ông An" and "bà Sen" after them.

    The text keeps its length: a letter stands for a letter.
    """
    for name in sorted(names, key=len, reverse=True):
        text = _pattern(name).sub(_initials, text)
    return text


def initials(name: str) -> str:
    """Return a name as its initials: Bùi Thị Sen as B.T.S."""
    return "".join(f"{word[0]}." for word in name.split())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in nfc(name).split()]
    forms = [rf"\b(?i:{_SPACE.join(words)})\b"]
    if len(words) > 1:
        forms.append(rf"\b(?i:{_HONORIFICS}){_SPACE}(?P<given>{words[-1]})\b")
    return re.compile("|".join(forms))


def _initials(found: re.Match[str]) -> str:
    start = found.start("given") - found.start() if found.groupdict().get("given") else 0
    covered = _WORD.sub(lambda word: word[0][0] + COVER * (len(word[0]) - 1), found[0][start:])
    return found[0][:start] + covered


def forgetter(removals: Sequence[Removal]) -> Callable[[str], str]:
    """Return what covers in any text the persons who were removed, of whom only hashes are known.

    A name is looked for where each of its words begins with a capital, and in addresses without diacritics.
    """
    persons = [removal for removal in removals if removal.kind == "person"]

    @lru_cache(maxsize=200_000)
    def is_forgotten(candidate: str) -> bool:
        words = candidate.count(" ") + 1
        return any(
            person.words == words and name_hash(str(person.salt), candidate) == person.name_hash
            for person in persons
        )

    @lru_cache(maxsize=200_000)
    def is_forgotten_slug(candidate: str) -> bool:
        return any(slug_hash(str(person.salt), candidate) == person.slug_hash for person in persons)

    lengths = sorted({person.words or 0 for person in persons}, reverse=True)

    def cover(text: str) -> str:
        return _cover_slugs(_cover_words(text, lengths, is_forgotten), lengths, is_forgotten_slug)

    return cover


def _cover_words(text: str, lengths: Sequence[int], is_forgotten: Callable[[str], bool]) -> str:
    words = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    covered = list(text)
    for first in range(len(words)):
        for length in lengths:
            run = words[first : first + length]
            if len(run) < length or not _is_name(text, run):
                continue
            if is_forgotten(" ".join(text[start:end] for start, end in run)):
                for start, end in run:
                    covered[start:end] = COVER * (end - start)
    return "".join(covered)


def _is_name(text: str, run: Sequence[tuple[int, int]]) -> bool:
    """Say whether each word begins with a capital and nothing but white space stands between them."""
    if not all(text[start].isupper() for start, _ in run):
        return False
    return all(text[end:start].isspace() for (_, end), (start, _) in pairwise(run))


def _cover_slugs(text: str, lengths: Sequence[int], is_forgotten: Callable[[str], bool]) -> str:
    def cover(found: re.Match[str]) -> str:
        words = found[0].split("-")
        for first in range(len(words)):
            for length in lengths:
                run = words[first : first + length]
                if len(run) == length and is_forgotten("-".join(run).lower()):
                    words[first : first + length] = ["x" * len(word) for word in run]
        return "-".join(words)

    return _SLUG.sub(cover, text) if "-" in text else text
