"""The crawl's face: portals in, archive and frontier on the disk, a report out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from urllib.parse import urlsplit

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.crawl.frontier import Found, Frontier
from scraper.crawl.mending import Recall, nothing_read
from scraper.crawl.recorder import Recorder
from scraper.crawl.report import (
    CrawlEvent,
    CrawlOptions,
    CrawlReport,
    FetchedPage,
    PortalReport,
    Progress,
)
from scraper.errors import HomeError, LockedError, PageRefused, UsageError
from scraper.identity import is_allowed, url_key
from scraper.portal import Discovery, Portal

__all__ = [
    "CrawlEvent",
    "CrawlOptions",
    "CrawlReport",
    "FetchedPage",
    "PortalReport",
    "Progress",
    "crawl",
    "fetch_page",
]


def crawl(
    portals: Sequence[Portal],
    home: Path,
    options: CrawlOptions | None = None,
    progress: Progress | None = None,
    recall: Recall = nothing_read,
) -> CrawlReport:
    """Crawl portals at once, each at its own pace, into `<home>/<slug>/`, and report.

    A portal that fails does not hold up the others: its report has `is_failed`. Nor does one that another
    worker is crawling into this home: it is left to that one (`held`). SIGINT and SIGTERM finish
    the pages in hand; the report then has `signal`. Libraries log to `<home>/logs/`. `recall`
    gives what was read of a portal's archived pages, oldest first: asked where a frontier is made anew from
    the archive.

    Raises LockedError where every portal is being crawled into this home by another worker, or where one has
    taken a portal over since this one was stalled, and HomeError where the home cannot be written or the disk
    is full; everything recorded until then is kept.
    """
    options = options or CrawlOptions()
    if len({portal.slug for portal in portals}) < len(portals):
        raise UsageError("a portal was named twice: name each once")
    recorders: list[Recorder] = []
    held: list[LockedError] = []
    signal = None
    try:
        began = time()
        start = options.now.timestamp() if options.now else began
        for portal in portals:
            try:
                recorders.append(Recorder(portal, home, int(start), recall))
            except LockedError as error:
                held.append(error)
        if held and not recorders:
            raise held[0]
        if recorders:
            # Importing Scrapy takes half a second: only who crawls pays for it.
            from scraper.spiders.run import run

            signal = run(recorders, options, progress or (lambda event: None), home / "logs" / options.log)
        for recorder in recorders:
            recorder.finish(int(start + time() - began))
    except OSError as error:
        raise HomeError(
            f"{home} cannot be written: {error.strerror or error}; give another --home"
        ) from error
    finally:
        for recorder in recorders:
            recorder.close()
    return CrawlReport(
        tuple(recorder.report for recorder in recorders), signal, tuple(str(error) for error in held)
    )


def fetch_page(url: str, portal: Portal | None = None, options: CrawlOptions | None = None) -> FetchedPage:
    """Fetch one page as a crawl would, with the same rules for robots, redirects and addresses; keep nothing.

    Args:
        url: Its address.
        portal: The portal that it belongs to; None: its host is taken for one.
        options: As for `crawl`.

    Raises UsageError where the address is none of the portal's, and PageRefused where no page came: the
    message says why.
    """
    portal = portal or _portal_of(url)
    if not is_allowed(url, portal):
        raise UsageError(f"{url} is no address on {', '.join(portal.hosts)}")
    alone = replace(portal.discovery, sitemaps=(), feeds=(), listings=(), api=None)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with Frontier(home / portal.slug / "frontier.sqlite") as frontier:
            frontier.adopt(Found(url_key(url, portal), url, "article"), 0)
        given = options or CrawlOptions(retries=1)
        report = crawl([replace(portal, discovery=alone)], home, given).portals[0]
        archive = archive_folder(home, portal.slug)
        captured = [
            one
            for file in archive_files(archive)
            for one in read_archive(archive, portal.slug, file.name)
            if one.fetch.kind == "article"
        ]
    if captured and captured[-1].fetch.outcome == "ok":
        last = captured[-1]
        return FetchedPage(last.fetch.url, last.body, last.fetch.content_type)
    if report.refused:
        raise PageRefused(f"{url} may not be fetched: robots.txt forbids it, or its address is no public one")
    if captured:
        fetch = captured[-1].fetch
        raise PageRefused(f"{url} gave no page: {fetch.outcome}, HTTP {fetch.http_status}")
    said = report.problems[-1].detail if report.problems else "no answer came"
    raise PageRefused(f"{url} gave no page: {said}")


def _portal_of(url: str) -> Portal:
    """Return a portal of one host, where every address counts as an article."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    nothing = Discovery((), (), (), None, 1, None, None, False)
    return Portal(
        slug="page",
        name=host,
        base_url=f"{urlsplit(url).scheme}://{urlsplit(url).netloc}",
        family="generic",
        hosts=(host,),
        ref_area=None,
        is_verified=False,
        retired_on=None,
        notice=None,
        connect=None,
        rate=1.0,
        max_pages=None,
        article=(re.compile(r"/.*"),),
        discovery=nothing,
        layouts=(),
    )
