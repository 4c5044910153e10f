"""Runs the spiders: one event loop, all portals at once, signals and the log."""

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

from scrapy.crawler import Crawler

from scraper.crawl.recorder import Recorder
from scraper.crawl.report import CrawlOptions, Progress
from scraper.errors import CityLedgerError
from scraper.portal import Portal
from scraper.spiders.asking import AskingSpider, Plan
from scraper.spiders.polite import PoliteSpider
from scraper.spiders.portal import PortalSpider
from scraper.spiders.settings import portal_settings, process_settings

_GRACE = 15.0
"""Seconds that pages in hand get after a signal."""
_LOGGERS = ("scrapy", "twisted", "asyncio", "protego", "py.warnings", "scraper")


def run(recorders: Sequence[Recorder], options: CrawlOptions, progress: Progress, log: Path) -> int | None:
    """Crawl the recorders' portals and return the signal that stopped it, or None.

    Raises HomeError where the home cannot be used any more; everything recorded until then is kept.
    """
    faults: list[CityLedgerError] = []
    driven = _Driven()

    def on_fault(error: CityLedgerError) -> None:
        if not faults:
            faults.append(error)
            driven.stop_all("home")

    with _logged(log):
        for recorder in recorders:
            given = {"recorder": recorder, "progress": progress, "on_fault": on_fault}
            driven.add(PortalSpider, recorder.portal, options, **given)
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

    Raises what a plan raised, the first of several.
    """
    driven = _Driven()
    with _logged(log):
        for portal, plan in plans:
            driven.add(AskingSpider, portal, options, portal=portal, plan=plan)
        signalled = driven.run()
    for spider in driven.spiders():
        if signalled is None and isinstance(spider, AskingSpider) and spider.fault is not None:
            raise spider.fault
    return signalled


class _Driven:
    """One run of the loop: a crawler for each portal, and the signals that stop them."""

    def __init__(self) -> None:
        self._crawls: list[tuple[Crawler, dict[str, Any]]] = []
        self._stopped_by: list[int] = []
        self._all: asyncio.Task[None] | None = None

    def add(
        self,
        spider: type[PoliteSpider],
        portal: Portal,
        options: CrawlOptions,
        /,
        **given: Any,  # noqa: ANN401
    ) -> None:
        """Add a portal's spider; `given` are its own arguments."""
        settings = process_settings() | portal_settings(portal, options)
        self._crawls.append((Crawler(spider, settings), {"options": options, **given}))

    def run(self) -> int | None:
        """Run all of them to their end; return the signal that stopped them, or None."""
        with suppress(asyncio.CancelledError):
            asyncio.run(self._run_all())
        return self._stopped_by[0] if self._stopped_by else None

    async def _run_all(self) -> None:
        self._all = asyncio.current_task()
        with _signals(self._on_signal):
            crawls = (crawler.crawl_async(**given) for crawler, given in self._crawls)
            for ended in await asyncio.gather(*crawls, return_exceptions=True):
                if isinstance(ended, BaseException):
                    raise ended

    def spiders(self) -> list[PoliteSpider]:
        """Return the spiders that there are by now."""
        return [crawler.spider for crawler, _ in self._crawls if isinstance(crawler.spider, PoliteSpider)]

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
        asyncio.get_running_loop().call_later(_GRACE, self._force)

    def _force(self) -> None:
        assert self._all is not None
        self._all.cancel()


@contextmanager
def _signals(handler: object) -> Iterator[None]:
    """Have SIGINT and SIGTERM told to the loop; what they did before is put back."""
    assert callable(handler)
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        loop.add_signal_handler(number, handler, int(number))
    try:
        yield
    finally:
        for number, previous in before.items():
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
