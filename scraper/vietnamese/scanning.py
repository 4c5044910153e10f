"""Many patterns over one text in one pass: each is tried only where one of its first words stands.

Python's `re` looks for every pattern at every letter. Here the text is cut into words once, and a pattern
that can only begin with certain words (or with a number: `DIGIT`) is matched at those alone. The matches are
those that `finditer` would give, pattern by pattern, as long as the words are all that it can begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

DIGIT = "#"
"""Stands for any number among the words that a pattern can begin with."""
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=8)
def _tokens(plain: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match[0]) for match in _TOKEN.finditer(plain))


class Scanner:
    """Compiled patterns with the words that each can begin with."""

    def __init__(
        self, patterns: Sequence[tuple[re.Pattern[str], str]], needs: Sequence[Sequence[str]]
    ) -> None:
        """`patterns`: each with its first words, parted by spaces, levelled; `DIGIT` for numbers.

        `needs`: for each pattern what a text must hold one of for it to match at all; empty for nothing.
        """
        self._regexes = [regex for regex, _ in patterns]
        self._needs = needs
        self._by_word: dict[str, tuple[int, ...]] = {}
        for index, (_, words) in enumerate(patterns):
            for word in words.split():
                self._by_word[word] = (*self._by_word.get(word, ()), index)
        self._by_digit = self._by_word.pop(DIGIT, ())

    def matches(self, plain: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Give the matches of all patterns between two offsets, pattern by pattern, each in order."""
        places: list[list[int]] = [[] for _ in self._regexes]
        idle = {
            index
            for index, needs in enumerate(self._needs)
            if needs and not any(need in plain for need in needs)
        }
        known = self._by_word
        digit = [index for index in self._by_digit if index not in idle]
        for position, word in _tokens(plain):
            if position < start:
                continue
            if position >= end:
                break
            for index in digit if word[0].isdigit() else known.get(word, ()):
                places[index].append(position)
        for index, regex in enumerate(self._regexes):
            if index in idle:
                continue
            done = start
            for position in places[index]:
                if position >= done and (match := regex.match(plain, position, end)):
                    done = max(match.end(), position + 1)
                    yield index, match
