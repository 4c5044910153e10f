"""The table of traps, `traps.toml`: which numbers of official prose are no figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("traps.toml")
PLACES = ("over", "before", "part", "opening")
"""Where the words of a trap stand to the number that it takes out."""
NOUN = "noun"
"""Stands for every unit that is counted, among the units of a trap."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A row of the table."""

    name: str
    masks: str
    """What it masks, in words."""
    patterns: tuple[str, ...]
    """Regular expressions over the levelled text."""
    not_read: str
    """A sentence whose numbers in «» it takes out."""
    read: str
    """A sentence like it whose numbers in «» are read."""
    where: str = "over"
    """One of `PLACES`."""
    units: frozenset[str] = field(default_factory=frozenset)
    """The units that it holds for; empty for all."""
    unless_before: str = ""
    unless_behind: str = ""


def read_table(text: str) -> tuple[Trap, ...]:
    """Read a table of traps.

    Raises ValueError, naming the row, where a key is unknown or missing, a name comes twice, or a pattern is
    no regular expression.
    """
    table = tomllib.loads(text)
    pieces = {f"{{{name}}}": _joined(piece) for name, piece in table.get("pieces", {}).items()}
    traps = tuple(_trap(row, pieces) for row in table["trap"])
    twice = {trap.name for trap in traps if sum(other.name == trap.name for other in traps) > 1}
    if twice:
        raise ValueError(f"traps of the same name: {sorted(twice)}")
    return traps


@lru_cache(maxsize=1)
def traps() -> tuple[Trap, ...]:
    """Give the traps of `traps.toml`."""
    return read_table(TABLE.read_text(encoding="utf-8"))


def _joined(lines: str) -> str:
    return lines.replace("\\\n", "")


def _trap(row: Mapping[str, Any], pieces: Mapping[str, str]) -> Trap:
    name = row.get("name", "(without a name)")
    known = {*Trap.__slots__, "pattern", "words"}
    if unknown := set(row) - known:
        raise ValueError(f"trap {name!r}: unknown key {sorted(unknown)}; known are {sorted(known)}")
    named = {**pieces, "{words}": "|".join(row.get("words", ()))}
    written = [row["pattern"]] if "pattern" in row else row.get("patterns", [])
    patterns = tuple(_filled(pattern, named) for pattern in written)
    rest = {key: row[key] for key in ("name", "masks", "not_read", "read", "where") if key in row}
    unless = {key: _filled(row[key], named) for key in ("unless_before", "unless_behind") if key in row}
    try:
        for pattern in (*patterns, *unless.values()):
            re.compile(pattern)
        trap = Trap(**rest, **unless, patterns=patterns, units=frozenset(row.get("units", ())))
    except (TypeError, re.error) as error:
        raise ValueError(f"trap {name!r}: {error}") from error
    if not patterns or trap.where not in PLACES:
        raise ValueError(f"trap {name!r}: it wants a pattern, and a place of {PLACES}")
    return trap


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    pattern = _joined(pattern)
    for name, words in named.items():
        pattern = pattern.replace(name, words)
    return pattern
