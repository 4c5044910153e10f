"""Many patterns over one text in one pass: each is tried only where one of its first words stands.

Python's `re` looks for every pattern at every letter. Here the text is cut into words once, and a pattern
that can only begin with certain words (or with a number: `DIGIT`) is matched at those alone; before any of
those that can begin with a word, one pattern made of them all is tried. The matches are those that `finditer`
would give, pattern by pattern, as long as the words are all that it can begin with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from scraper.vietnamese.words import DIGIT, index_of

__all__ = ["DIGIT", "Scanner"]

_NAMED = re.compile(r"\(\?P<\w+>")


class Scanner:
    """Compiled patterns with the words that each can begin with."""

    def __init__(self, patterns: Sequence[tuple[re.Pattern[str], str]]) -> None:
        """`patterns`: each with its first words, parted by spaces, levelled; `DIGIT` for numbers.

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


def _any_of(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str]:
    """Give a pattern that matches where one of several does, of which it keeps no group's name."""
    return re.compile("|".join(f"(?:{_NAMED.sub('(', regex.pattern)})" for regex in patterns))
