"""Periods of a text put in order: brackets merged, seasons dated, terms told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from scraper.facts.period_roles import REPORTING
from scraper.vietnamese.periods import Period

_OF_ONE_YEAR = re.compile(r"hè|thu")


def past_and_next(terms: Sequence[str], published: date) -> tuple[str | None, str | None]:
    """Tell the term that an article reports on from the one it plans for."""
    starting = [t for t in terms if int(t[:4]) >= published.year - (published.month < 3)]
    running = [t for t in terms if int(t[:4]) < published.year]
    before = f"{int(starting[0][:4]) - 5}/{starting[0][:4]}" if starting else None
    past = running[0] if running else before
    if starting or past is None:
        return past, starting[0] if starting else past
    last = int(past[5:])
    return past, f"{last}/{last + 5}" if last - int(past[:4]) == 5 and last <= published.year + 1 else past


def beside(found: Sequence[Period], extra: Sequence[Period]) -> list[Period]:
    """Add periods where none was found yet."""
    free = [e for e in extra if not any(p.start < e.end and e.start < p.end for p in found)]
    return sorted([*found, *free], key=lambda p: p.start)


def seasons_dated(found: Sequence[Period], plain: str) -> list[Period]:
    """Give a season without a year the years of the one before it: "vụ đông xuân 2023-2024 … vụ đông".

    A season of summer or autumn lies within one year, unless two were printed for it.
    """
    dated: list[Period] = []
    last: str | None = None
    for period in found:
        if period.kind == "season":
            if re.search(r"\d", plain[period.start : period.end]):
                last = period.time_period
            elif _OF_ONE_YEAR.search(plain, period.start, period.end):
                pass
            elif last is not None and period.time_period in last.split("/"):
                period = replace(period, time_period=last)
        dated.append(period)
    return dated


def merge_bracketed(found: list[Period], plain: str) -> list[Period]:
    """Let a span in brackets say what a duration before it covers: "5 tháng (1/7-30/11)"."""
    merged: list[Period] = []
    for period in found:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.kind in REPORTING
            and period.kind == "span"
            and (
                re.fullmatch(r",?\s?\(?(?:tính )?", plain[before.end : period.start])
                and "P" in period.time_period
            )
        ):
            merged[-1] = replace(before, end=period.end, time_period=period.time_period, kind="span")
            continue
        merged.append(period)
    return merged
