"""The words that a pattern can begin with, taken from the pattern itself.

`scanning` tries a pattern only at those words. A pattern begins with whole words or with a number; what it
looks back at or ahead to does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from scraper.vietnamese.pattern_syntax import codes, parser
from scraper.vietnamese.words import DIGIT

_MOST = 500
"""More beginnings than this and the pattern wants to be written otherwise."""
_ZERO_WIDTH = (codes.ASSERT, codes.ASSERT_NOT, codes.AT)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_WORD = re.compile(r"[^\W\d_]+")


def leads_of(pattern: str) -> str:
    """Give the first words of all that a pattern matches, parted by spaces; `DIGIT` for a number.

    Raises ValueError where it can begin with a sign, with any letter or with a part of a word.
    """
    words, signs = beginnings_of(pattern)
    if signs:
        raise ValueError(f"begins with a sign: {pattern[:60]!r}")
    return " ".join(sorted(words))


def beginnings_of(pattern: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the first words of all that a pattern matches, as `leads_of` does, and the signs before any word.

    Raises ValueError where it can begin with white space, with any letter or with a part of a word.
    """
    begun, _ = _grow({""}, list(parser.parse(pattern)), pattern)
    return _parted(begun, pattern)


def whole_leads_of(pattern: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give `beginnings_of` a pattern that says itself that it begins with whole words; nothing for another.

    It begins with `(?<!\\w)`, and each of its first words ends at another sign or at `(?!\\w)`.
    """
    parsed = list(parser.parse(pattern))
    if not any(_is_edge(item, -1) for item in takewhile(lambda item: item[0] in _ZERO_WIDTH, parsed)):
        return frozenset(), frozenset()
    try:
        begun, open_ones = _grow({""}, parsed, pattern)
        return (frozenset(), frozenset()) if open_ones else _parted(begun, pattern)
    except ValueError:
        return frozenset(), frozenset()


def _parted(begun: Iterable[str], pattern: str) -> tuple[frozenset[str], frozenset[str]]:
    """Part beginnings into words and signs."""
    signs = {text[0] for text in begun if text and not text[0].isalnum() and text[0] not in " _\n\t"}
    return frozenset(_first(text, pattern) for text in begun if text[:1] not in signs), frozenset(signs)


def _is_edge(item: tuple[Any, Any], direction: int) -> bool:
    """Tell whether an item of a pattern says that no letter, digit or underscore stands beside."""
    code, argument = item
    if code is not codes.ASSERT_NOT or argument[0] != direction:
        return False
    return list(argument[1]) == [(codes.IN, [(codes.CATEGORY, codes.CATEGORY_WORD)])]


def _grow(open_ones: set[str], parsed: Sequence[tuple[Any, Any]], pattern: str) -> tuple[set[str], set[str]]:
    """Let beginnings grow through a sequence: those that reach its end open, and all with the closed ones."""
    closed: set[str] = set()
    for item in parsed:
        if not open_ones:
            break
        grown = _grown(open_ones, item, pattern)
        closed |= {text for text in grown if _is_closed(text)}
        open_ones = {text for text in grown if not _is_closed(text)}
        if len(closed) + len(open_ones) > _MOST:
            raise ValueError(f"too many ways to begin: {pattern[:60]!r}")
    return closed | open_ones, open_ones


def _grown(open_ones: set[str], item: tuple[Any, Any], pattern: str) -> set[str]:
    code, argument = item
    if _is_edge(item, 1):
        return {f"{text} " if text else text for text in open_ones}
    if code in _ZERO_WIDTH:
        return open_ones
    if code is codes.LITERAL:
        return {text + chr(argument) for text in open_ones}
    if code is codes.IN:
        return {text + sign for text in open_ones for sign in _signs(argument, pattern)}
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _grow(open_ones, list(argument[-1] if code is codes.SUBPATTERN else argument), pattern)[0]
    if code is codes.BRANCH:
        return set().union(*(_grow(open_ones, list(branch), pattern)[0] for branch in argument[1]))
    if code in _REPEATS:
        once = _grow(open_ones, list(argument[2]), pattern)[0]
        return once if argument[0] else once | open_ones
    raise ValueError(f"begins with any sign: {pattern[:60]!r}")


def _signs(members: Iterable[tuple[Any, Any]], pattern: str) -> set[str]:
    """Give the signs of a class that a word or number can go on with; one of any letter is refused."""
    signs: set[str] = set()
    for code, argument in members:
        if code is codes.LITERAL:
            signs.add(chr(argument))
        elif code is codes.RANGE and argument[1] - argument[0] <= 30:
            signs |= {chr(letter) for letter in range(argument[0], argument[1] + 1)}
        elif code is codes.CATEGORY and argument is codes.CATEGORY_DIGIT:
            signs.add("0")
        elif code is codes.CATEGORY and argument is codes.CATEGORY_SPACE:
            signs.add(" ")
        else:
            raise ValueError(f"begins with any sign: {pattern[:60]!r}")
    return signs


def _is_closed(text: str) -> bool:
    """Tell whether the first word of a beginning has ended."""
    return bool(text) and (text[0].isdecimal() or not _WORD.fullmatch(text))


def _first(text: str, pattern: str) -> str:
    if text and text[0].isdecimal():
        return DIGIT
    word = _WORD.match(text)
    if word is None:
        raise ValueError(f"begins with no word and no number: {pattern[:60]!r}")
    return word[0]
