"""The words of a text, cut once: what is searched for word by word shares them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

_WORD = re.compile(r"([^\W_]+)")
_RUN = re.compile(r"(\w+)")
"""The same as `_WORD` where there is no underscore, and quicker."""
_PART = re.compile(r"\d+|[^\W\d_]+")
DIGIT = "#"
"""Stands for any number among the words of an index."""


class Part(str):
    """A sentence or other stretch of a levelled text that knows where it was cut out: its words are known.

    It begins and ends where no word is parted.
    """

    whole: str
    start: int

    @classmethod
    def of(cls, whole: str, start: int, end: int) -> Part:
        """Cut a stretch out of a text."""
        part = cls(whole[start:end])
        part.whole, part.start = whole, start
        return part


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, letters and digits together, with where each begins and ends."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=64)
def words_of(plain: str) -> Words:
    """Cut a text into words."""
    pieces = (_WORD if "_" in plain else _RUN).split(plain)
    bounds = list(accumulate(map(len, pieces)))
    texts = pieces[1::2]
    return Words(texts, bounds[0::2][: len(texts)], bounds[1::2])


@lru_cache(maxsize=64)
def index_of(plain: str) -> dict[str, list[int]]:
    """Give where each word of a text begins; letters and digits are parted, and numbers are all `DIGIT`."""
    words = words_of(plain)
    index: dict[str, list[int]] = {}
    get = index.get
    for word, start in zip(words.texts, words.starts, strict=True):
        if (here := get(word)) is None:
            index[word] = [start]
        else:
            here.append(start)
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for word in [word for word in index if not word.isalpha()]:
        here = index.pop(word)
        if word.isdecimal():
            parts[DIGIT] += here
            continue
        for part in _PART.finditer(word):
            name = DIGIT if part[0][0].isdecimal() else part[0]
            parts[name] += [start + part.start() for start in here]
    for name, starts in parts.items():
        index[name] = sorted(index.get(name, []) + starts)
    return index
