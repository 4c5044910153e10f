"""What the opening of a portal's crawl mends: a frontier missing or damaged, captures that are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from scraper.archive.reader import archive_files
from scraper.crawl.frontier import Frontier, Verdict, is_damaged
from scraper.crawl.lost import take_back
from scraper.crawl.report import PortalReport
from scraper.errors import HomeError
from scraper.items import ARCHIVE_LACKS
from scraper.portal import Portal

Recall = Callable[[Portal], Iterable[Verdict]]
"""Gives what was read of a portal's archived pages, oldest first."""


def nothing_read(portal: Portal) -> Iterable[Verdict]:
    """Return no verdict: nothing was read yet, or nobody knows."""
    return ()


def open_frontier(portal: Portal, path: Path, archive: Path, report: PortalReport) -> Frontier:
    """Open a portal's frontier; one that is damaged is put aside, and one that is new takes in the archive.

    Args:
        portal: Its portal.
        path: The frontier's file.
        archive: The portal's folder of WARC files.
        report: Told of what was wrong.

    The caller settles what the archive holds and ends the rebuilding. Raises HomeError where the file cannot
    be used.
    """
    was_damaged = is_damaged(path)
    if was_damaged:
        _put_aside(path)
    frontier = Frontier(path, portal.discovery.trust_lastmod)
    if frontier.archived_to() is None and archive_files(archive):
        frontier.begin_rebuilding()
    if was_damaged:
        detail = f"{path} was damaged: it is kept as {_aside(path).name}, and made anew from the archive"
        report.add_problem("frontier_damaged", detail)
    return frontier


def take_back_lost(frontier: Frontier, portal: Portal, archive: Path, now: int, report: PortalReport) -> None:
    """Make due the pages whose captures the archive has lost; this run counts as failed for it.

    The next one does not: what is asked for again is missed no more.
    """
    report.lost, files = take_back(frontier, archive, portal.slug, now)
    if files:
        named = ", ".join(str(archive / name) for name in files)
        again = (
            f"{report.lost:,} pages lost with it are asked for again; a copy of the file, put back, has all"
        )
        report.fail("archive_lost", f"{named} {ARCHIVE_LACKS}: {again}")


def _put_aside(path: Path) -> None:
    try:
        path.replace(_aside(path))
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise HomeError(
            f"{path} is damaged and cannot be put aside ({error.strerror or error}): move it away,"
            " the archive makes it anew"
        ) from error


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")
