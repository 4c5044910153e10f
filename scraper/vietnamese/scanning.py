"""Patterns that are tried only where one of the words stands that they can begin with.

Python's `re` looks for a pattern at every letter. Here a text is cut into words once (`words.index_of`), and
a pattern that can only begin with certain words (or with a number: `DIGIT`) is matched at those alone. The
matches are those that `finditer` would give, as long as the words are all that it can begin with: `leads`
takes them from the pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from scraper.vietnamese.leads import beginnings_of
from scraper.vietnamese.words import DIGIT, Part, index_of

__all__ = ["DIGIT", "Led", "Scanner"]

_NAMED = re.compile(r"\(\?P<\w+>")


class Led:
    """One pattern with the words and signs that it can begin with."""

    def __init__(self, pattern: str, leads: str = "") -> None:
        """`leads`: the words, levelled, parted by spaces; by default those that the pattern itself tells."""
        self.regex = re.compile(pattern)
        self.leads, self.signs = (frozenset(leads.split()), frozenset()) if leads else beginnings_of(pattern)
        self._last: tuple[str, list[int]] = ("", [])
        """The text looked at last, with where the pattern can begin in it."""

    def finditer(
        self, text: str, start: int = 0, end: int | None = None, plain: str | None = None
    ) -> list[re.Match[str]]:
        """Find as `re.Pattern.finditer` does. `plain`: the levelled text, where it is not the text itself."""
        places = self._places(text if plain is None else plain)
        return (
            matches_at(self.regex, text, places, start, len(text) if end is None else end) if places else []
        )

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Search as `re.Pattern.search` does."""
        places = self._places(text)
        stop = len(text) if end is None else end
        for index in range(bisect_left(places, start), len(places)):
            position = places[index]
            if position >= stop:
                break
            if match := self.regex.match(text, position, stop):
                return match
        return None

    def _places(self, plain: str) -> list[int]:
        last, places = self._last
        if plain is last:
            return places
        if isinstance(plain, Part):
            return _within(self._places(plain.whole), plain)
        places = places_of(plain, self.leads, self.signs)
        self._last = plain, places
        return places


class Scanner:
    """Many patterns in one pass: before any that can begin with a word, one made of them all is tried."""

    def __init__(self, patterns: Sequence[tuple[re.Pattern[str], str]]) -> None:
        """`patterns`: each with its first words, as `leads_of` gives them.

        No pattern has flags or refers to its own groups.
        """
        self._matches = [regex.match for regex, _ in patterns]
        indexes: dict[str, list[int]] = {}
        for index, (_, words) in enumerate(patterns):
            for word in words.split():
                indexes.setdefault(word, []).append(index)
        self._by_word = {
            word: (_any_of([patterns[index][0] for index in here]).match, here)
            for word, here in indexes.items()
        }

    def matches(self, plain: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Give the matches of all patterns between two offsets, pattern by pattern, each in order."""
        found = index_of(plain)
        places: dict[int, list[int]] = {}
        for word in self._by_word.keys() & found.keys():
            any_match, indexes = self._by_word[word]
            here = found[word]
            for position in here[bisect_left(here, start) : bisect_left(here, end)]:
                if any_match(plain, position, end):
                    for index in indexes:
                        places.setdefault(index, []).append(position)
        for index in sorted(places):
            match_at = self._matches[index]
            done = start
            for position in sorted(places[index]):
                if position >= done and (match := match_at(plain, position, end)):
                    done = max(match.end(), position + 1)
                    yield index, match


def places_of(plain: str, words: Collection[str], signs: Collection[str] = ()) -> list[int]:
    """Give where any of some words begins in a levelled text, or any of some signs stands, in order."""
    if isinstance(plain, Part):
        return _within(places_of(plain.whole, words, signs), plain)
    index = index_of(plain)
    found = index.keys() & words
    if len(found) == 1 and not signs:
        return index[found.pop()]
    places: list[int] = []
    for word in found:
        places += index[word]
    for sign in signs:
        places += all_places(plain, sign)
    places.sort()
    return places


def matches_at(
    regex: re.Pattern[str], text: str, places: Sequence[int], start: int, end: int
) -> list[re.Match[str]]:
    """Give the matches of a pattern that begin at some places between two offsets, without overlap."""
    found: list[re.Match[str]] = []
    match_at = regex.match
    for index in range(bisect_left(places, start), len(places)):
        position = places[index]
        if position >= end:
            break
        if position >= start and (match := match_at(text, position, end)):
            found.append(match)
            start = max(match.end(), position + 1)
    return found


def all_places(text: str, piece: str) -> list[int]:
    """Give where a piece stands in a text, in order."""
    places: list[int] = []
    place = text.find(piece)
    while place >= 0:
        places.append(place)
        place = text.find(piece, place + 1)
    return places


def _within(places: list[int], part: Part) -> list[int]:
    """Give the places that lie in a part of a text, counted from where it begins."""
    start = part.start
    first, last = bisect_left(places, start), bisect_left(places, start + len(part))
    return [place - start for place in places[first:last]]


def _any_of(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str]:
    """Give a pattern that matches where one of several does, of which it keeps no group's name."""
    return re.compile("|".join(f"(?:{_NAMED.sub('(', regex.pattern)})" for regex in patterns))
