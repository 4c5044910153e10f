"""The crawl's face: portals in, archive and frontier on the disk, a report out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import time

from scraper.crawl_report import CrawlEvent, CrawlOptions, CrawlReport, PortalReport, Progress
from scraper.errors import HomeError, UsageError
from scraper.portal import Portal
from scraper.recorder import Recorder

__all__ = ["CrawlEvent", "CrawlOptions", "CrawlReport", "PortalReport", "Progress", "crawl"]


def crawl(
    portals: Sequence[Portal],
    home: Path,
    options: CrawlOptions | None = None,
    progress: Progress | None = None,
) -> CrawlReport:
    """Crawl portals at once, each at its own pace, into `<home>/<slug>/`, and report.

    A portal that fails does not hold up the others: its report has `is_failed`. SIGINT and SIGTERM finish
    the pages in hand; the report then has `signal`. Libraries log to `<home>/logs/crawl.log`. Twisted's
    reactor cannot be started
    twice: call this once in a process.

    Raises LockedError where a portal is being crawled into this home by another process (nothing is begun
    then), and HomeError where the home cannot be written or the disk is full; everything recorded until then
    is kept.
    """
    options = options or CrawlOptions()
    if len({portal.slug for portal in portals}) < len(portals):
        raise UsageError("a portal was named twice: name each once")
    recorders: list[Recorder] = []
    signal = None
    try:
        began = time()
        start = options.now.timestamp() if options.now else began
        for portal in portals:
            recorders.append(Recorder(portal, home, int(start)))
        if recorders:
            # Importing Scrapy takes half a second: only who crawls pays for it.
            from scraper.spiders.run import run

            signal = run(recorders, options, progress or (lambda event: None), home / "logs" / "crawl.log")
        for recorder in recorders:
            recorder.finish(int(start + time() - began))
    except OSError as error:
        raise HomeError(
            f"{home} cannot be written: {error.strerror or error}; give another --home"
        ) from error
    finally:
        for recorder in recorders:
            recorder.close()
    return CrawlReport(tuple(recorder.report for recorder in recorders), signal is not None, signal)
