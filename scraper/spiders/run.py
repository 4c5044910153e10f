"""Runs the spiders: one reactor, all portals at once, signals and the log."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from twisted.internet.error import ReactorNotRunning

from scraper.crawl.recorder import Recorder
from scraper.crawl.report import CrawlOptions, Progress
from scraper.errors import CityLedgerError
from scraper.spiders.connect import PortalDownloadHandler, PublicResolver
from scraper.spiders.portal import PortalSpider
from scraper.spiders.settings import portal_settings, process_settings

_GRACE = 15.0
"""Seconds that pages in hand get after a signal."""
_LOGGERS = ("scrapy", "twisted", "asyncio", "protego", "py.warnings", "scraper")

_has_run = False


def run(recorders: Sequence[Recorder], options: CrawlOptions, progress: Progress, log: Path) -> int | None:
    """Crawl the recorders' portals and return the signal that stopped it, or None.

    Twisted's reactor cannot be started twice: call it once in a process. Raises HomeError where the home
    cannot be used any more; everything recorded until then is kept.
    """
    global _has_run
    if _has_run:
        raise CityLedgerError("one process can crawl once only: start another one")
    _has_run = True
    for recorder in recorders:
        if recorder.portal.connect:
            host = recorder.portal.connect.rpartition(":")[0]
            PublicResolver.trusted.add(host)
            PortalDownloadHandler.lent.add(host.lower())
    # Scrapy sets up the libraries' loggers when the process is made: ours come behind it.
    process = AsyncCrawlerProcess(Settings(process_settings()))
    with _logged(log):
        faults: list[CityLedgerError] = []
        stopped_by: list[int] = []
        crawlers: list[Crawler] = []
        stopping: list[asyncio.Task[None]] = []

        def spiders() -> list[PortalSpider]:
            return [crawler.spider for crawler in crawlers if isinstance(crawler.spider, PortalSpider)]

        def stop_all(reason: str) -> None:
            for spider in spiders():
                spider.stop(reason)

        def on_fault(error: CityLedgerError) -> None:
            if not faults:
                faults.append(error)
                stop_all("home")

        def on_signal(number: int) -> None:
            loop = asyncio.get_event_loop()
            if not stopped_by:
                stopped_by.append(number)
                stop_all("signal")
                loop.call_later(_GRACE, force)
            else:
                force()

        def force() -> None:
            loop = asyncio.get_event_loop()
            stopping.append(loop.create_task(process.stop()))
            loop.call_later(0.2, _stop_reactor)

        for recorder in recorders:
            crawler = process.create_crawler(PortalSpider)
            crawlers.append(crawler)
            crawler.settings.setdict(portal_settings(recorder.portal, options), priority="spider")
            process.crawl(crawler, recorder=recorder, options=options, progress=progress, on_fault=on_fault)
        with _signals(on_signal):
            process.start(install_signal_handlers=False)
        if not faults:
            for spider in spiders():
                spider.keeper.flush()
    if faults:
        raise faults[0]
    return stopped_by[0] if stopped_by else None


def _stop_reactor() -> None:
    from twisted.internet import reactor

    with suppress(ReactorNotRunning):
        reactor.stop()  # type: ignore[misc]  # zope's interfaces have no self


@contextmanager
def _signals(handler: object) -> Iterator[None]:
    """Have SIGINT and SIGTERM told to the loop; what they did before is put back."""
    assert callable(handler)
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_event_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        loop.add_signal_handler(number, handler, int(number))
    try:
        yield
    finally:
        for number, previous in before.items():
            if not loop.is_closed():
                loop.remove_signal_handler(number)
            signal.signal(number, previous)


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    """Send what the libraries log to a file that turns over; nothing of it reaches the console."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=4_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if logger.name == "scraper" else logging.WARNING)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate
        handler.close()
