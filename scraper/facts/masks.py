"""Stretches of a text whose numbers are no figures: document numbers, ages, ordinals, addresses, votes …

They are the traps of `traps.toml` whose number lies within the words of the trap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.facts.traps import traps
from scraper.vietnamese.leads import leads_of
from scraper.vietnamese.scanning import Scanner

_PATTERNS = [
    (trap.name, re.compile(pattern)) for trap in traps() if trap.where == "over" for pattern in trap.patterns
]
_SCANNER = Scanner([(regex, leads_of(regex.pattern)) for _, regex in _PATTERNS])


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch whose numbers are no figures, and the name of the trap."""

    start: int
    end: int
    kind: str


def find_masks(plain: str) -> list[Mask]:
    """Find the traps of a levelled text, in order; they may overlap."""
    found = [
        Mask(match.start(), match.end(), _PATTERNS[index][0])
        for index, match in _SCANNER.matches(plain, 0, len(plain))
    ]
    return sorted(found, key=lambda mask: mask.start)
