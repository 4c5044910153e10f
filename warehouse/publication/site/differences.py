"""Two texts of one article compared, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Part = tuple[str, str]
"""A stretch of text and what became of it: "" stayed, "del" went, "ins" came."""

_WORD = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.5
"""Share of words that two paragraphs must have in common to be shown as one that was changed."""
_MOST_WORDS = 4000
"""Words of a paragraph beyond which it is shown as taken out and put in, whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that was changed, or a run of paragraphs that stayed."""

    parts: list[Part]
    unchanged: int = 0
    """How many paragraphs stayed as they were; then there are no parts."""


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Compare two texts given as paragraphs; a run of paragraphs that stayed is counted only."""
    found: list[Change] = []
    for kind, first, last, new_first, new_last in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            found.append(Change([], last - first))
        else:
            found.extend(_replaced(before[first:last], after[new_first:new_last]))
    return found


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Pair the paragraphs that went with those that came, in order, where they are alike."""
    rest = list(after)
    for old in before:
        match = next((index for index, new in enumerate(rest) if _alike(old, new)), None)
        if match is None:
            yield Change([(old, "del")])
            continue
        for new in rest[:match]:
            yield Change([(new, "ins")])
        yield Change(_words_changed(old, rest[match]))
        del rest[: match + 1]
    for new in rest:
        yield Change([(new, "ins")])


def _alike(old: str, new: str) -> bool:
    words = _WORD.findall(old), _WORD.findall(new)
    if max(map(len, words)) > _MOST_WORDS:
        return False
    return SequenceMatcher(None, *words, autojunk=False).ratio() >= _ALIKE


def _words_changed(old: str, new: str) -> list[Part]:
    words, others = _WORD.findall(old), _WORD.findall(new)
    parts: list[Part] = []
    for kind, first, last, new_first, new_last in SequenceMatcher(None, words, others, False).get_opcodes():
        if kind == "equal":
            parts.append(("".join(words[first:last]), ""))
            continue
        if last > first:
            parts.append(("".join(words[first:last]), "del"))
        if new_last > new_first:
            parts.append(("".join(others[new_first:new_last]), "ins"))
    return parts
