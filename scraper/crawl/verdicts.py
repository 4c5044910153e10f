"""What the load's judgement of a page makes of what the crawl knows of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.crawl.frontier_records import Verdict
from scraper.crawl.recheck import DAY, parse_day, seconds_to_recheck

_ANSWERED = ("ok", "not_modified")
_WORTHLESS = ("gone", "challenge")
"""Verdicts that say that the payload is not the page's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a page stands in the frontier, as far as a verdict can move it."""

    state: str
    last_outcome: str | None
    why: str
    due_at: int | None
    published: int | None
    newest: int
    discovered_at: int
    fetched_at: int | None
    edited_at: int | None = None
    looks: int = 0
    edits: int = 0
    forgets: bool = False
    """Its validators and body hash are to be dropped: the next answer is asked for, and kept, whole."""


def judged(page: Standing, verdict: Verdict) -> Standing:
    """Return where a page stands after a verdict.

    The last verdict on what the crawl took for an article counts: a page once judged gone is back when an
    article is read from it. What the crawl saw itself (404, no answer) stands. A page that turned out to be a
    challenge counts as failed and is asked for again within a day.
    """
    published = parse_day(verdict.published) or page.published
    newest = max(page.newest, published or 0)
    state, why, due_at = page.state, page.why, page.due_at
    if page.last_outcome in _ANSWERED and page.fetched_at is not None:
        if verdict.kind == "gone":
            state = "gone"
        elif verdict.kind == "challenge":
            state, why = "failed", "failed"
            due_at = min(page.fetched_at + DAY, due_at if due_at is not None else page.fetched_at + DAY)
        elif verdict.kind == "article":
            was_failed = state == "failed"
            state, why = "done", "age" if was_failed else why
            if why == "age" and due_at is not None and (published or page.looks or was_failed):
                dated = max(published or 0, page.edited_at or 0) or newest or page.discovered_at
                wait = seconds_to_recheck(page.fetched_at - dated, verdict.url_key, page.looks, page.edits)
                due_at = page.fetched_at + wait
    return Standing(
        state=state,
        last_outcome=page.last_outcome,
        why=why,
        due_at=due_at,
        published=published,
        newest=newest,
        discovered_at=page.discovered_at,
        fetched_at=page.fetched_at,
        edited_at=page.edited_at,
        looks=page.looks,
        edits=page.edits,
        forgets=verdict.kind in _WORTHLESS,
    )
