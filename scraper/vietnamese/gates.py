"""Patterns that are tried only where a text holds letters without which they cannot match.

To find that a text does not match, Python's `re` tries a pattern at every letter of it; looking for a few
letters with `str.find` takes a fraction of that. A gate knows, from the pattern itself, letters of which
every match holds some, and leaves the pattern alone where the text has none of them. What it gives is what
the pattern gives.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from scraper.vietnamese.leads import whole_leads_of
from scraper.vietnamese.pattern_syntax import codes, parser
from scraper.vietnamese.scanning import all_places, matches_at, places_of

_MOST = 40
"""With more pieces of letters than this, looking for them costs what it saves."""
_SHORT = 400
"""A text of fewer letters is looked through anew each time: nobody asks about many stretches of it."""
_RARE = ("ı", "ſ", "İ".lower())
"""What re.IGNORECASE takes for i and s and lower case does not."""
_TRANSPARENT = (codes.SUBPATTERN, codes.ATOMIC_GROUP)


class Gated:
    """A compiled pattern behind its gate; it has the methods of `re.Pattern` that search."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        """Compile a pattern, with re.IGNORECASE or without; other flags leave it without a gate."""
        self.pattern, self.flags = pattern, flags
        self._regex = re.compile(pattern, flags)
        self._any_case = bool(flags & re.IGNORECASE)
        needles = needles_of(pattern) if flags in (re.NOFLAG, re.IGNORECASE) else frozenset()
        if self._any_case:
            needles = frozenset(needle.lower() for needle in needles).union(_RARE if needles else ())
        self.needles = tuple(sorted(needles, key=len)) if len(needles) <= _MOST else ()
        self.leads, self._signs = (
            whole_leads_of(pattern) if flags == re.NOFLAG else (frozenset(), frozenset())
        )
        self._last: tuple[str, Sequence[int]] = ("", ())
        """The long text looked at last, with where in it a match can be."""

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Search as `re.Pattern.search` does."""
        last, places = self._last
        if text is not last:
            if len(text) < _SHORT:
                if self._is_shut(text):
                    return None
                return self._regex.search(text, start, len(text) if end is None else end)
            places = self._look_through(text)
        if not places:
            return None
        first, count = bisect_left(places, start), len(places)
        if first == count:
            return None
        stop = len(text) if end is None else end
        if places[first] >= stop:
            return None
        if not self.leads:
            return self._regex.search(text, start, stop)
        match_at = self._regex.match
        while first < count and (place := places[first]) < stop:
            if match := match_at(text, place, stop):
                return match
            first += 1
        return None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Find as `re.Pattern.finditer` does."""
        stop = len(text) if end is None else end
        if len(text) < _SHORT:
            return iter(()) if self._is_shut(text) else self._regex.finditer(text, start, stop)
        last, places = self._last
        if text is not last:
            places = self._look_through(text)
        first = bisect_left(places, start)
        if first == len(places) or places[first] >= stop:
            return iter(())
        if not self.leads:
            return self._regex.finditer(text, start, stop)
        return iter(matches_at(self._regex, text, places, start, stop))

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Match as `re.Pattern.match` does."""
        stop = len(text) if end is None else end
        if len(text) >= _SHORT:
            last, places = self._last
            if text is not last:
                places = self._look_through(text)
            first = bisect_left(places, start)
            if first == len(places) or places[first] >= stop:
                return None
        return self._regex.match(text, start, stop)

    def _is_shut(self, text: str) -> bool:
        """Tell whether a short text holds nothing that a match needs."""
        if not self.needles:
            return False
        if self._any_case:
            text = text.lower()
        for needle in self.needles:  # noqa: SIM110 - a generator costs more than the search
            if needle in text:
                return False
        return True

    def _look_through(self, text: str) -> Sequence[int]:
        """Note where a match can begin in a long text, or where anything stands that it needs, in order."""
        places: Sequence[int]
        searched = text.lower() if self._any_case else text
        if self.leads:
            places = places_of(text, self.leads, self._signs)
        elif not self.needles or len(searched) != len(
            text
        ):  # lower case that is longer: offsets tell nothing
            places = range(len(text))
        else:
            places = sorted(chain.from_iterable(all_places(searched, needle) for needle in self.needles))
        self._last = text, places
        return places


def gated(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Gated:
    """Compile a pattern with its gate."""
    return Gated(pattern, flags)


def needles_of(pattern: str) -> frozenset[str]:
    """Give pieces of letters one of which is in every match of a pattern, none where there are no such."""
    parsed = parser.parse(pattern)
    return frozenset() if parsed.state.flags & re.IGNORECASE else _pieces(list(parsed))


def _pieces(parsed: Sequence[tuple[Any, Any]]) -> frozenset[str]:
    """Give the best of the pieces that a sequence demands one after another: the longest, then fewest."""
    demanded: list[frozenset[str]] = []
    letters = ""
    for code, argument in [*parsed, (None, None)]:
        if code is codes.LITERAL:
            letters += chr(argument)
            continue
        if letters:
            demanded.append(frozenset({letters}))
            letters = ""
        if code is codes.SUBPATTERN and argument[1] & re.IGNORECASE:
            continue
        if code is codes.BRANCH:
            demanded.append(_one_of([_pieces(list(branch)) for branch in argument[1]]))
        elif code in _TRANSPARENT:
            inner = argument[-1] if code is codes.SUBPATTERN else argument
            demanded.append(_pieces(list(inner)))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and argument[0] > 0:
            demanded.append(_pieces(list(argument[2])))
    known = [pieces for pieces in demanded if pieces]
    return max(known, key=_worth, default=frozenset())


def _one_of(branches: Sequence[frozenset[str]]) -> frozenset[str]:
    """Give the pieces of a choice: those of all its branches, none where a branch demands nothing."""
    if not all(branches):
        return frozenset()
    every = frozenset().union(*branches)
    # A piece that holds another is found where that one is.
    return frozenset(p for p in every if not any(other != p and other in p for other in every))


def _worth(pieces: frozenset[str]) -> tuple[int, int]:
    return min(map(len, pieces)), -len(pieces)
