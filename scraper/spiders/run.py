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
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from twisted.internet.error import ReactorNotRunning

from scraper.crawl.recorder import Recorder
from scraper.crawl.report import CrawlOptions, Progress
from scraper.errors import CityLedgerError
from scraper.portal import Portal
from scraper.spiders.asking import AskingSpider, Plan
from scraper.spiders.connect import PortalDownloadHandler, PublicResolver
from scraper.spiders.polite import PoliteSpider
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
    faults: list[CityLedgerError] = []
    driven = _Driven([recorder.portal for recorder in recorders])

    def on_fault(error: CityLedgerError) -> None:
        if not faults:
            faults.append(error)
            driven.stop_all("home")

    with _logged(log):
        for recorder in recorders:
            driven.add(PortalSpider, options, recorder=recorder, progress=progress, on_fault=on_fault)
        signalled = driven.run()
        if not faults:
            for spider in driven.spiders():
                if isinstance(spider, PortalSpider):
                    spider.keeper.flush()
    if faults:
        raise faults[0]
    return signalled


def follow(plans: Sequence[tuple[Portal, Plan]], options: CrawlOptions, log: Path) -> int | None:
    """Follow one plan for each portal, all at once, and return the signal that stopped it, or None.

    Like `run` it can be called once in a process. Raises what a plan raised, the first of several.
    """
    driven = _Driven([portal for portal, _ in plans])
    with _logged(log):
        for portal, plan in plans:
            driven.add(AskingSpider, options, portal=portal, plan=plan)
        signalled = driven.run()
    for spider in driven.spiders():
        if signalled is None and isinstance(spider, AskingSpider) and spider.fault is not None:
            raise spider.fault
    return signalled


class _Driven:
    """The process's one run of the reactor: a crawler for each portal, and the signals that stop them."""

    def __init__(self, portals: Sequence[Portal]) -> None:
        global _has_run
        if _has_run:
            raise CityLedgerError("one process can crawl once only: start another one")
        _has_run = True
        for portal in portals:
            if portal.connect:
                host = portal.connect.rpartition(":")[0]
                PublicResolver.trusted.add(host)
                PortalDownloadHandler.lent.add(host.lower())
        # Scrapy sets up the libraries' loggers when the process is made: ours come behind it.
        self._process = AsyncCrawlerProcess(Settings(process_settings()))
        self._portals = iter(portals)
        self._crawlers: list[Crawler] = []
        self._stopped_by: list[int] = []
        self._stopping: list[asyncio.Task[None]] = []

    def add(self, spider: type[PoliteSpider], options: CrawlOptions, **given: Any) -> None:  # noqa: ANN401
        """Add the spider of the next portal; `given` are its own arguments."""
        crawler = self._process.create_crawler(spider)
        self._crawlers.append(crawler)
        crawler.settings.setdict(portal_settings(next(self._portals), options), priority="spider")
        self._process.crawl(crawler, options=options, **given)

    def run(self) -> int | None:
        """Run all of them to their end; return the signal that stopped them, or None."""
        with _signals(self._on_signal):
            self._process.start(install_signal_handlers=False)
        return self._stopped_by[0] if self._stopped_by else None

    def spiders(self) -> list[PoliteSpider]:
        """Return the spiders that there are by now."""
        return [crawler.spider for crawler in self._crawlers if isinstance(crawler.spider, PoliteSpider)]

    def stop_all(self, reason: str) -> None:
        """Let every spider finish what it has in hand."""
        for spider in self.spiders():
            spider.stop(reason)

    def _on_signal(self, number: int) -> None:
        if self._stopped_by:
            self._force()
            return
        self._stopped_by.append(number)
        self.stop_all("signal")
        asyncio.get_event_loop().call_later(_GRACE, self._force)

    def _force(self) -> None:
        loop = asyncio.get_event_loop()
        self._stopping.append(loop.create_task(self._process.stop()))
        loop.call_later(0.2, _stop_reactor)


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
