"""The grammar of phrases: alternatives `[a|b|c]` and slots `{name}` in the lines of the data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from scraper.replica.records import Text

Slot = str | Callable[[Text], None]
T = TypeVar("T")

DATA = Path(__file__).parent / "data"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def chance(*key: object) -> Random:
    """Return a source of chances that is the same for the same key, in every process."""
    return Random(":".join(map(str, key)))  # noqa: S311 - repeatable is what is wanted, nothing is secret


@cache
def phrases(name: str) -> dict[str, tuple[str, ...]]:
    """Return the phrase lists of `data/<name>.toml` by key."""
    table = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: tuple(lines) for key, lines in table.items()}


def expand(template: str, rng: Random) -> str:
    """Choose one of every `[a|b]`, inner ones first; slots stay."""
    while "[" in template:
        template = _CHOICE.sub(lambda match: rng.choice(match.group(1).split("|")), template)
    return template


def fill(text: Text, template: str, slots: Mapping[str, Slot], rng: Random) -> None:
    """Append a template to the text: alternatives chosen, slots put in or called to write themselves."""
    parts = _SLOT.split(expand(template, rng))
    for position, part in enumerate(parts):
        if position % 2 == 0:
            text.add(part)
        else:
            slot = slots[part]
            if isinstance(slot, str):
                text.add(slot)
            else:
                slot(text)


def write(template: str, slots: Mapping[str, Slot], rng: Random) -> str:
    """Return a filled template as plain words."""
    text = Text()
    fill(text, template, slots, rng)
    return re.sub(r"  +", " ", text.text).strip()


class Deck:
    """Lines dealt without repetition until all were used."""

    def __init__(self, lines: Sequence[str], rng: Random) -> None:
        self._lines, self._rng = lines, rng
        self._left: list[str] = []

    def deal(self) -> str:
        """Return a line that was not dealt since the last shuffle."""
        if not self._left:
            self._left = list(self._lines)
            self._rng.shuffle(self._left)
        return self._left.pop()


def pick(items: Sequence[T], count: int, rng: Random) -> list[T]:
    """Return up to `count` different items in their given order."""
    chosen = sorted(rng.sample(range(len(items)), min(count, len(items))))
    return [items[i] for i in chosen]
