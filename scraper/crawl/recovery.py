"""Archived records that the frontier does not know yet: settled, in the order in which they were written."""

from __future__ import annotations

import logging
from pathlib import Path

from scraper.archive.reader import Captured, archive_files, read_archive
from scraper.archive.writer import Location
from scraper.crawl.frontier import DISCOVERY, Found, Frontier, Settled, Visit
from scraper.crawl.report import PortalReport
from scraper.crawl.visits import Answer, settle, settle_unanswered
from scraper.items import Problem
from scraper.portal import Portal

_log = logging.getLogger(__name__)

_KINDS = (*DISCOVERY, "article", "attachment")


def recover(
    frontier: Frontier, portal: Portal, archive: Path, end: tuple[str, int], now: int, report: PortalReport
) -> None:
    """Settle the records behind what a frontier knows, in their order; with a new frontier, all there are.

    Args:
        frontier: The portal's; the caller holds the portal's lock.
        portal: Its portal.
        archive: Its folder of WARC files.
        end: The newest file and its length, all of it on the disk; its name empty where none is written to.
        now: When pages that are new become due, in seconds since 1970.
        report: Told how many records there were, and what was damaged.
    """
    known = frontier.archived_to()
    problems: list[Problem] = []
    for file in archive_files(archive):
        if known is not None and file.name < known[0]:
            continue
        start = known[1] if known is not None and file.name == known[0] else 0
        for captured in read_archive(archive, portal.slug, file.name, start, problems):
            report.recovered += 1
            settled = _recovered(frontier, portal, captured, now, report)
            if settled is not None:
                frontier.settle([settled], now, (file.name, captured.end))
    if report.recovered and end[0]:
        frontier.settle([], now, end)
    report.problems += problems
    report.problem_count += len(problems)


def settled_or_told(
    portal: Portal,
    visit: Visit,
    answer: Answer,
    outcome: str,
    location: Location | None,
    report: PortalReport,
) -> Settled | None:
    """Return what an answer makes of its page (see `visits.settle`); a mistake in that is told and logged."""
    try:
        return settle(portal, visit, answer, outcome, location)
    except Exception as error:  # one page's mistake must not stop the portal; it is logged and told
        _log.exception("settling %s", visit.url)
        report.add_problem("mistake", f"{visit.url} was archived, but its links cannot be read: {error!r}")
        return settle_unanswered(visit, "error", answer.fetched_at)


def _recovered(
    frontier: Frontier, portal: Portal, captured: Captured, now: int, report: PortalReport
) -> Settled | None:
    fetch = captured.fetch
    if captured.key is None or fetch.kind not in _KINDS:
        return None
    visit = frontier.visit(captured.key) or frontier.adopt(
        Found(captured.key, fetch.url, fetch.kind, root_url=fetch.url), now
    )
    if visit.fetched_at is not None and fetch.fetched_at.timestamp() < visit.fetched_at:
        return None  # Taken in from another archive: of an earlier time than what is known.
    answer = Answer(
        fetch.url,
        fetch.http_status,
        captured.headers,
        captured.body,
        int(fetch.fetched_at.timestamp()),
        fetch.payload_digest,
        {"too_large": "length", "truncated": "disconnect"}.get(fetch.outcome),
    )
    location = Location(fetch.warc_file, fetch.warc_offset, fetch.warc_length)
    return settled_or_told(portal, visit, answer, fetch.outcome, location, report)
