"""Whether a portal's `lastmod` and validators can be believed: what looks at its pages proved of them. Pure.

Each look at a known page compares what the text did with what `lastmod` did since the look before. What
proves a lie is kept by run, so that the judgement can be explained and made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FLOOD = 20
"""So many dates renewed for nothing in one run, nine for each edit told of, are a lie; fewer may be
corrections that no text shows."""

_IDLE_A_TOLD = 9
_CLEAN_RUNS = 7
"""Runs without a lie, each with a look that bears the dates out, after which a portal is trusted again."""
_MOST_CLEAN_RUNS = 56
_STALE_RUNS = 30
"""Runs for which validators that held over an edit are not used."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the looks of one run told of a portal's dates; counts of pages."""

    day: str
    """ISO day of the run."""
    told: int = 0
    """Edited, and `lastmod` had told of it."""
    quiet: int = 0
    """Not edited, `lastmod` as before."""
    idle: int = 0
    """Not edited, `lastmod` renewed."""
    silent: int = 0
    """Edited under an unchanged `lastmod`, which was still the same a run later."""
    stale: int = 0
    """Edited under an unchanged ETag or Last-Modified."""

    @property
    def lie(self) -> str | None:
        """What was wrong with `lastmod`, in words; None where nothing was."""
        if self.silent:
            pages = "a page was" if self.silent == 1 else f"{self.silent} pages were"
            return f"{pages} edited under an unchanged lastmod ({self.day})"
        if self.idle >= FLOOD and self.idle >= _IDLE_A_TOLD * self.told:
            return f"lastmod was renewed for {self.idle} pages that were as before ({self.day})"
        return None


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a portal's dates are believed now."""

    is_trusted: bool
    reason: str | None = None
    """Why they are not."""
    runs_left: int = 0
    """Runs that must prove true until they are again."""


def trust_in_lastmod(history: Sequence[Evidence]) -> Trust:
    """Return whether `lastmod` may be believed after these runs, given oldest first.

    One lie ends the trust. It comes back after 7 runs that prove true, and after twice as many with each
    lie that followed a return, at most 56.
    """
    reason: str | None = None
    falls = left = 0
    for run in history:
        if run.lie is not None:
            if reason is None:
                falls += 1
            reason, left = run.lie, min(_CLEAN_RUNS << (falls - 1), _MOST_CLEAN_RUNS)
        elif reason is not None and run.told + run.quiet > run.idle:
            left -= 1
            reason = reason if left else None
    return Trust(reason is None, reason, left)


def trust_in_validators(history: Sequence[Evidence]) -> Trust:
    """Return whether ETag and Last-Modified may be believed: not in the 30 runs after one held over an
    edit."""
    for age, run in enumerate(reversed(history[-_STALE_RUNS:])):
        if run.stale:
            reason = f"an edited page kept its ETag or Last-Modified ({run.day})"
            return Trust(False, reason, _STALE_RUNS - age)
    return Trust(True)


def look(was_edited: bool, before: int | None, now: int | None) -> str | None:
    """Return what one look proves: told, quiet, idle or silent; None where a `lastmod` is lacking.

    Args:
        was_edited: Whether the text differs from that of the look before.
        before: `lastmod` as it was said at the look before, in seconds since 1970.
        now: As it is said at this one.
    """
    if before is None or now is None:
        return None
    if now > before:
        return "told" if was_edited else "idle"
    return "silent" if was_edited else "quiet"
