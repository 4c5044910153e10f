"""The bounds of a portal: what its file expects and what its own past teaches, against what a run saw. Pure.

`docs/decisions/0010-held-portals.md` says how the learned ones are made and why they are wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from statistics import median

from scraper.expectations import FIELDS, Expectations

_ENOUGH_GROUPS = 5
_LEAST_LOSS = 0.2
"""A field's share that falls by less than this is never told by a learned bound."""
_DEVIATIONS = 4
_MAD = 1.4826
"""Times the median deviation gives the standard deviation of a normal distribution."""
_SURE = 0.95
"""A share is never taken to be surer than this: a few pages may lack what all others have."""
_STOPPED = 0.5
_ENOUGH_PAGES = 10
"""Of fewer pages no share is judged: one of them may lack anything."""
_MAX_GONE = 0.2
_ENOUGH_DAYS = 20
_SHORTEST_SILENCE = 7


@dataclass(frozen=True, slots=True)
class Filled:
    """Of some pages that were read, how many have each field."""

    pages: int
    filled: Mapping[str, int]

    def share(self, part: str) -> float:
        """Return the share of pages that have a field, 1 of none."""
        return self.filled.get(part, 0) / self.pages if self.pages else 1.0


@dataclass(frozen=True, slots=True)
class SelectorUse:
    """How often a layout's selector found nothing, of the pages that were read."""

    place: str
    """`layout.field`, or the layouts where none fitted."""
    css: str
    missed: int
    missed_before: int


@dataclass(frozen=True, slots=True)
class Observed:
    """What the raw tables say of a portal in one run, and of its past."""

    portal: str
    seen_from: datetime | None
    """Captures after this one are judged; None: all of them, the portal is judged for the first time."""
    seen_to: datetime | None
    fetched: int
    """Captures of articles that came with their text."""
    unchanged: int
    new: int
    edited: int
    gone: int
    failed: int
    asked: int
    """Articles that were answered in any way."""
    problems: Mapping[str, int]
    sample: Filled
    past: tuple[Filled, ...]
    """Groups of earlier pages, the latest first."""
    layouts: Mapping[str, int]
    """Pages of the sample by the layout that read them."""
    selectors: tuple[SelectorUse, ...]
    newest_article: date | None
    last_week: int
    """Articles dated within the seven days before."""
    gaps: tuple[int, ...]
    """Days between days with articles, the latest first."""
    captures: tuple[tuple[str, int], ...]
    """Archive file and offset of a few pages of the sample, those that a selector missed first."""

    @property
    def past_pages(self) -> int:
        """Pages of all groups of the past."""
        return sum(group.pages for group in self.past)

    def usual(self, part: str) -> float | None:
        """Return the usual share of pages that have a field; None where the past is too short to say."""
        if len(self.past) < _ENOUGH_GROUPS:
            return None
        return median(group.share(part) for group in self.past)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A bound that was crossed."""

    bound: str
    """Its key: expect.fill.date, learned.fill.date, learned.selector …"""
    seen: float
    limit: float
    said: str
    """What was seen and what was expected, as one clause."""
    advice: str
    """What to do, as one clause."""
    selector: str | None = None
    """`layout.field: css` where a selector is to blame."""


def judge(seen: Observed, expected: Expectations, failed: int, today: date) -> list[Trouble]:
    """Return the bounds that a run crossed, the portal's own before the learned ones.

    Args:
        seen: What the run gave.
        expected: The portal's own bounds.
        failed: Pages that the crawl counted as failed, those without any answer among them.
        today: The day of the run.
    """
    found = [*_fields(seen, expected), *_selectors(seen, expected), *_answers(seen, expected, failed)]
    return found + _silence(seen, expected, today)


def _fields(seen: Observed, expected: Expectations) -> list[Trouble]:
    pages = seen.sample.pages
    if seen.fetched == 0 or pages < _ENOUGH_PAGES:
        return []
    found = []
    for part in FIELDS:
        share = seen.sample.share(part)
        own, learned = expected.fill.get(part), _learned_share(seen, part) if expected.is_learning else None
        if own is not None and share < own:
            limit, bound, origin = own, f"expect.fill.{part}", f"[expect] fill.{part}"
        elif own is None and learned is not None and share < learned:
            usual = seen.usual(part) or 0
            limit, bound, origin = learned, f"learned.fill.{part}", f"its own past: usually {usual:.0%}"
        else:
            continue
        css = _selector_of(seen, expected, part)
        said = f"{part} was found on {seen.sample.filled.get(part, 0)} of {pages} pages ({share:.0%}), "
        said += f"at least {limit:.0%} is expected ({origin})"
        said += f"; its selector is {css}" if css else ""
        found.append(Trouble(bound, share, limit, said, _mend(seen.portal), css))
    return found


def _learned_share(seen: Observed, part: str) -> float | None:
    usual = seen.usual(part)
    if usual is None:
        return None
    deviation = median(abs(group.share(part) - usual) for group in seen.past)
    sure = min(usual, _SURE)
    error = sqrt(sure * (1 - sure) / seen.sample.pages)
    limit = usual - max(_LEAST_LOSS, _DEVIATIONS * _MAD * deviation, _DEVIATIONS * error)
    return limit if limit > 0 else None


def _selectors(seen: Observed, expected: Expectations) -> list[Trouble]:
    pages, before = seen.sample.pages, seen.past_pages
    if not expected.is_learning or not seen.fetched or pages < _ENOUGH_PAGES:
        return []
    if len(seen.past) < _ENOUGH_GROUPS:
        return []
    found = []
    for use in seen.selectors:
        share, usual = use.missed / pages, use.missed_before / before
        if share < _STOPPED or share - usual < _STOPPED:
            continue
        name = f"{use.place}: {use.css}"
        said = f"the selector {name} stopped matching: it missed {use.missed} of {pages} pages,"
        said += f" before {use.missed_before} of {before}"
        found.append(
            Trouble("learned.selector", share, usual + _STOPPED, said, _mend(seen.portal), selector=name)
        )
    return found


def _answers(seen: Observed, expected: Expectations, crawl_failed: int) -> list[Trouble]:
    found = []
    failed = max(seen.failed, crawl_failed)
    asked = seen.asked + failed - seen.failed
    if expected.max_failed is not None and asked >= _ENOUGH_PAGES and failed / asked > expected.max_failed:
        said = f"{failed} of {asked} pages failed ({failed / asked:.0%}),"
        said += f" at most {expected.max_failed:.0%} is expected ([expect] max_failed)"
        advice = f"look at them: `query \"from problems where portal = '{seen.portal}'\"`; the next run asks"
        advice += " for them again"
        found.append(Trouble("expect.max_failed", failed / asked, expected.max_failed, said, advice))
    limit, origin = expected.max_gone, "[expect] max_gone"
    if limit is None and expected.is_learning:
        limit, origin = _MAX_GONE, "where the portal's file says nothing"
    if limit is not None and seen.asked >= _ENOUGH_PAGES and seen.gone / seen.asked > limit:
        said = f"{seen.gone} of {seen.asked} articles asked for are gone ({seen.gone / seen.asked:.0%}),"
        said += f" at most {limit:.0%} is expected ({origin})"
        advice = f"open some of them in a browser: if they are really gone, `portals release {seen.portal}`"
        bound = "expect.max_gone" if expected.max_gone is not None else "learned.max_gone"
        found.append(Trouble(bound, seen.gone / seen.asked, limit, said, advice))
    return found


def _silence(seen: Observed, expected: Expectations, today: date) -> list[Trouble]:
    found = []
    advice = (
        "look whether the portal still publishes, and whether `inspect` finds the dates; mend [discovery]"
    )
    advice += f" or `portals release {seen.portal}`"
    if seen.newest_article is not None:
        silent = (today - seen.newest_article).days
        learned = longest_silence(seen.gaps) if expected.is_learning else None
        limit = learned if expected.silent_days is None else expected.silent_days
        if limit is not None and silent > limit:
            is_own = expected.silent_days is not None
            origin = "[expect] silent_days" if is_own else f"its own past: usually {_rhythm(seen.gaps)}"
            said = f"no new article for {silent} days, at most {limit} are expected ({origin})"
            bound = "expect.silent_days" if is_own else "learned.silent_days"
            found.append(Trouble(bound, silent, limit, said, advice))
    if expected.new_per_week is not None and seen.last_week < expected.new_per_week:
        said = f"{seen.last_week} articles of the last seven days, at least {expected.new_per_week:g} are"
        said += " expected ([expect] new_per_week)"
        found.append(Trouble("expect.new_per_week", seen.last_week, expected.new_per_week, said, advice))
    return found


def longest_silence(gaps: Sequence[int]) -> int | None:
    """Return the days without an article that are still usual; None where too few gaps are known.

    Args:
        gaps: Days between days with articles.
    """
    if len(gaps) < _ENOUGH_DAYS:
        return None
    return max(_SHORTEST_SILENCE, 2 * max(gaps))


def usual_gap(gaps: Sequence[int]) -> float | None:
    """Return the usual days between days with articles; None where too few gaps are known."""
    return float(median(gaps)) if len(gaps) >= _ENOUGH_DAYS else None


def _rhythm(gaps: Sequence[int]) -> str:
    usual = usual_gap(gaps) or 0
    return "every day" if usual <= 1 else f"every {usual:g} days"


def _selector_of(seen: Observed, expected: Expectations, part: str) -> str | None:
    """Name the selector of the layout that read most of the sample."""
    for layout in sorted(seen.layouts, key=lambda name: -seen.layouts[name]):
        css = expected.selectors.get(layout, {}).get(part)
        if css is not None:
            return f"{layout}.{part}: {css}"
    return None


def _mend(portal: str) -> str:
    return (
        f"mend the layout in the portal's file and run `load {portal} --again`, or `portals release {portal}`"
        " if the portal is right"
    )
