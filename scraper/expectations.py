"""What is expected of a portal: the bounds that its file names, beside those learned from its own past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = ("headline", "date", "description", "body", "author", "source", "section", "caption")
"""Fields of an article whose share of filled ones is watched, by the names that layouts give them."""


@dataclass(frozen=True, slots=True)
class Expectations:
    """Bounds of one portal; None: this file sets none."""

    new_per_week: float | None = None
    """Articles of the last seven days, at least."""
    silent_days: int | None = None
    """Days since the newest article, at most."""
    max_failed: float | None = None
    """Share of the pages asked for that failed, at most."""
    max_gone: float | None = None
    """Share of the articles asked for that turned out gone, at most."""
    fill: Mapping[str, float] = field(default_factory=dict)
    """Share of the pages read that have a field, at least, by the names of FIELDS."""
    is_learning: bool = True
    """Whether bounds learned from the portal's own past hold too."""
    selectors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Each layout's selector of each of FIELDS: what to name where a field is no longer found."""
