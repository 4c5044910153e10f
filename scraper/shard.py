"""A worker's share of the portals: each portal has one worker, whatever order or time they come in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from scraper.errors import UsageError
from scraper.portal import Portal

T = TypeVar("T", bound=Portal)

_SHARD = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The share number `index` of `count`, from 1."""

    index: int
    count: int

    def __str__(self) -> str:
        """Name it as it is given."""
        return f"{self.index}/{self.count}"

    def holds(self, slug: str) -> bool:
        """Tell whether a portal is in this share: whether of all shares this one scores highest for it.

        By that a share more or less moves only the portals that it gains or loses (rendezvous hashing,
        Thaler and Ravishankar 1998).
        """
        return self.index == max(range(1, self.count + 1), key=lambda index: _score(slug, index))


def shard_of(text: str | None) -> Shard | None:
    """Return the share that `I/N` names, None for None; raise UsageError where it names none."""
    if text is None:
        return None
    match = _SHARD.fullmatch(text)
    if match is None or int(match[1]) > int(match[2]):
        raise UsageError(f"--shard {text}: give I/N with I from 1 to N, as 2/4")
    return Shard(int(match[1]), int(match[2]))


def in_shard(portals: Sequence[T], shard: Shard | None) -> list[T]:
    """Return the portals of a share in their order, all of them where there is none."""
    return [portal for portal in portals if shard is None or shard.holds(portal.slug)]


def _score(slug: str, index: int) -> bytes:
    return blake2b(f"{index}/{slug}".encode(), digest_size=16).digest()
