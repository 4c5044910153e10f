"""Patterns that are tried only where one of the words stands that they can begin with.

Python's `re` looks for a pattern at every letter. Here a text is cut into words once (`words.index_of`), and
a pattern that can only begin with certain words (or with a number: `DIGIT`) is matched at those alone. The
matches are those that `finditer` would give, as long as the words are all that it can begin with: `leads_of`
takes them from the pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from scraper.vietnamese.leads import leads_of
from scraper.vietnamese.words import DIGIT, index_of

__all__ = ["DIGIT", "Led", "Scanner"]

_NAMED = re.compile(r"\(\?P<\w+>")


class Led:
    """One pattern with the words that it can begin with."""

    def __init__(self, pattern: str, leads: str = "") -> None:
        """`leads`: the words, levelled, parted by spaces; by default those that the pattern itself tells."""
        self.regex = re.compile(pattern)
        self.leads = frozenset((leads or leads_of(pattern)).split())

    def finditer(
        self, text: str, start: int = 0, end: int | None = None, plain: str | None = None
    ) -> Iterator[re.Match[str]]:
        """Find as `re.Pattern.finditer` does. `plain`: the levelled text, where it is not the text itself."""
        stop = len(text) if end is None else end
        places = _places(index_of(text if plain is None else plain), self.leads, start, stop)
        match_at = self.regex.match
        for position in places:
            if position >= start and (match := match_at(text, position, stop)):
                start = max(match.end(), position + 1)
                yield match

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Search as `re.Pattern.search` does."""
        return next(self.finditer(text, start, end), None)


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
            for position in _places(found, (word,), start, end):
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


def _places(index: dict[str, list[int]], words: Collection[str], start: int, end: int) -> list[int]:
    """Give where any of some words begins between two offsets, in order."""
    places: list[int] = []
    for word in index.keys() & words:
        here = index[word]
        places += here[bisect_left(here, start) : bisect_left(here, end)]
    places.sort()
    return places


def _any_of(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str]:
    """Give a pattern that matches where one of several does, of which it keeps no group's name."""
    return re.compile("|".join(f"(?:{_NAMED.sub('(', regex.pattern)})" for regex in patterns))
