"""The vocabulary of indicators: where a text names one, by the longest phrase that `indicators.csv` lists.

`indicator_slices.csv` lists the phrases that name a part of what their key counts ("chi thường xuyên"), so
that a series never mixes slices with totals.

A phrase too short to stand by itself ("tổng thu", "người chết") is in `indicator_contexts.csv` with the
words one of which must be near it (in its paragraph, or anywhere in the text); the key `none` there takes
a phrase out. Matching is by words: tone placement, case and the punctuation between words ("nông, lâm,
thủy sản", "CN-TTCN") make no difference.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import compress

from scraper.vietnamese.sentences import level
from scraper.vietnamese.words import Words, words_of

_GAP = re.compile(r"[\s,\-/&\"(]{1,3}")
_NEAR = 400
NO_INDICATOR = "none"
"""The key of phrases that only look like an indicator ("khu vực có vốn đầu tư nước ngoài")."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the vocabulary."""

    key: str
    topic: str
    label_vi: str
    label_en: str
    default_unit: str


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """A place where a levelled text names an indicator: `text[start:end]`."""

    start: int
    end: int
    key: str
    is_slice: bool = False
    """True where the phrase itself names a part of what the key counts: "chi thường xuyên", "đàn lợn"."""


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    keys: list[tuple[str, re.Pattern[str] | None, bool]] = field(default_factory=list)
    slice_of: str = ""
    """The key that the phrase ending here is a slice of, by its own words."""


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("scraper.vietnamese") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def function_words() -> frozenset[str]:
    """Give the levelled words that only join, measure or date, and name nothing (function_words.txt)."""
    data = files("scraper.vietnamese") / "data" / "function_words.txt"
    return frozenset(data.read_text(encoding="utf-8").split())


@cache
def indicators() -> dict[str, Indicator]:
    """Give the indicators of the vocabulary by their keys."""
    return {
        row["indicator"]: Indicator(
            row["indicator"], row["topic"], row["label_vi"], row["label_en"], row["default_unit"]
        )
        for row in _rows("indicators.csv")
    }


@cache
def _phrases() -> _Node:
    root = _Node()
    for row in _rows("indicators.csv"):
        for phrase in [row["label_vi"], *row["variants"].split("|")]:
            _add(root, phrase, row["indicator"], None, False)
    for row in _rows("indicator_contexts.csv"):
        words = level(row["context"])
        context = re.compile(r"(?<!\w)(?:" + words + r")(?!\w)") if words else None
        _add(root, row["phrase"], row["indicator"], context, row["scope"] == "text")
    for row in _rows("indicator_slices.csv"):
        for phrase in row["phrases"].split("|"):
            _at(root, phrase).slice_of = row["indicator"]
    return root


def _at(root: _Node, phrase: str) -> _Node:
    node = root
    for word in words_of(level(phrase)).texts:
        node = node.after.setdefault(word, _Node())
    return node


def _add(root: _Node, phrase: str, key: str, context: re.Pattern[str] | None, anywhere: bool) -> None:
    node = _at(root, phrase)
    if all(key != known for known, _, _ in node.keys):
        node.keys.append((key, context, anywhere))


def find_indicators(plain: str, start: int = 0, end: int | None = None, headline: str = "") -> list[Mention]:
    """Find the indicators that a levelled text names between two offsets, the longest phrases first.

    `headline`: the levelled headline, whose words are context for every paragraph ("người chết" in an article
    on traffic accidents).
    """
    words = words_of(plain)
    texts, starts, ends = words.texts, words.starts, words.ends
    first_words = _phrases().after
    found: list[Mention] = []
    index = bisect_left(starts, start)
    limit = len(texts) if end is None else bisect_left(starts, end)
    if limit and end is not None and ends[limit - 1] > end:
        limit -= 1
    for first in compress(range(index, limit), map(first_words.__contains__, texts[index:limit])):
        node = first_words[texts[first]]
        if first < index or not (node.keys or (first + 1 < limit and texts[first + 1] in node.after)):
            continue
        best = _phrase_at(plain, words, first, limit, headline)
        if best is None:
            continue
        if best[1] != NO_INDICATOR:
            found.append(Mention(starts[first], ends[best[0]], best[1], best[2]))
        index = best[0] + 1
    return found


def opening_indicator(plain: str, headline: str = "") -> Mention | None:
    """Give the indicator that a levelled text begins with; None where it begins with none."""
    words = words_of(plain)
    if not words.starts or words.starts[0]:
        return None
    best = _phrase_at(plain, words, 0, len(words.texts), headline)
    return Mention(0, words.ends[best[0]], best[1], best[2]) if best and best[1] != NO_INDICATOR else None


def _phrase_at(
    plain: str, words: Words, index: int, limit: int, headline: str
) -> tuple[int, str, bool] | None:
    """Give the phrase that begins with a word: its last word, its key, and whether it names a slice."""
    best, comma = _longest(plain, words, index, limit, headline)
    if best is not None and comma is not None and comma <= best[0]:
        other, _ = _longest(plain, words, comma, limit, headline)
        if other is not None and other[0] > best[0]:  # "dư nợ, cho vay hộ nghèo": two phrases
            best, _ = _longest(plain, words, index, comma, headline)
    return best


def _longest(
    plain: str, words: Words, index: int, limit: int, headline: str
) -> tuple[tuple[int, str, bool] | None, int | None]:
    """Give the longest phrase from a word on (its last word, key, whether a slice), and the first word
    behind a comma."""
    texts, starts, ends = words.texts, words.starts, words.ends
    node = _phrases().after.get(texts[index])
    best: tuple[int, str, bool] | None = None
    comma: int | None = None
    ahead = index
    while node is not None:
        if node.keys and (key := _key_of(node, plain, starts[index], ends[ahead], headline)):
            best = (ahead, key, key == node.slice_of)
        ahead += 1
        if ahead >= limit:
            break
        gap, until = ends[ahead - 1], starts[ahead]
        if (until != gap + 1 or plain[gap] != " ") and not _GAP.fullmatch(plain, gap, until):
            break
        if comma is None and plain[gap] == ",":
            comma = ahead
        node = node.after.get(texts[ahead])
    return best, comma


def begins_phrase(words: Iterable[str], following: str) -> bool:
    """Tell whether a phrase of the vocabulary begins with these levelled words and goes on with another."""
    node: _Node | None = _phrases()
    for word in words:
        node = node.after.get(word) if node else None
        if node is None:
            return False
    return node is not None and following in node.after


def _key_of(node: _Node, plain: str, start: int, end: int, headline: str) -> str | None:
    for key, context, anywhere in node.keys:
        if context is None or (anywhere and context.search(plain)) or (headline and context.search(headline)):
            return key
        paragraph = plain.rfind("\n", 0, start) + 1
        before = max(paragraph, start - _NEAR)
        if context.search(plain, before, start) or context.search(plain, end, end + _NEAR // 3):
            return key
    return None
