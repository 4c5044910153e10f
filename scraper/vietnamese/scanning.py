"""Many patterns over one text in one pass: each is tried only where one of its first words stands.

Python's `re` looks for every pattern at every letter. Here the text is cut into words once, and a pattern
that can only begin with certain words (or with a number: `DIGIT`) is matched at those alone. The matches are
those that `finditer` would give, pattern by pattern, as long as the words are all that it can begin with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from scraper.vietnamese.gates import needles_of

_FEW = 8
"""With more letters than this to look for, trying a pattern costs less."""
DIGIT = "#"
"""Stands for any number among the words that a pattern can begin with."""
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=8)
def _tokens(plain: str) -> tuple[list[int], list[str]]:
    """Give where each word or number begins, and the word, `DIGIT` for a number."""
    starts = [match.start() for match in _TOKEN.finditer(plain)]
    return starts, [DIGIT if word[0].isdecimal() else word for word in _TOKEN.findall(plain)]


def _needed(regex: re.Pattern[str]) -> tuple[str, ...]:
    needles = tuple(needles_of(regex.pattern))
    return needles if len(needles) <= _FEW else ()


class Scanner:
    """Compiled patterns with the words that each can begin with."""

    def __init__(
        self, patterns: Sequence[tuple[re.Pattern[str], str]], needs: Sequence[Sequence[str]]
    ) -> None:
        """`patterns`: each with its first words, parted by spaces, levelled; `DIGIT` for numbers.

        `needs`: for each pattern what a text must hold one of for it to match at all; where none is given,
        what the pattern itself tells.
        """
        self._matches = [regex.match for regex, _ in patterns]
        needed = [tuple(words) or _needed(regex) for words, (regex, _) in zip(needs, patterns, strict=True)]
        self._needs = [(index, words) for index, words in enumerate(needed) if words]
        self._by_word: dict[str, tuple[int, ...]] = {}
        for index, (_, words) in enumerate(patterns):
            for word in words.split():
                self._by_word[word] = (*self._by_word.get(word, ()), index)
        self._idle: tuple[str, frozenset[int]] = ("", frozenset())

    def matches(self, plain: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Give the matches of all patterns between two offsets, pattern by pattern, each in order."""
        starts, words = _tokens(plain)
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        by_word = self._by_word
        places: dict[int, list[int]] = {}
        for number in range(first, last):
            for index in by_word.get(words[number], ()):
                if index in places:
                    places[index].append(starts[number])
                else:
                    places[index] = [starts[number]]
        idle = self._idle_in(plain)
        for index in sorted(places):
            if index in idle:
                continue
            match_at = self._matches[index]
            done = start
            for position in places[index]:
                if position >= done and (match := match_at(plain, position, end)):
                    done = max(match.end(), position + 1)
                    yield index, match

    def _idle_in(self, plain: str) -> frozenset[int]:
        """Give the patterns that cannot match in a text, remembering the last text."""
        known, idle = self._idle
        if known is not plain:
            idle = frozenset(
                index for index, needs in self._needs if not any(need in plain for need in needs)
            )
            self._idle = plain, idle
        return idle
