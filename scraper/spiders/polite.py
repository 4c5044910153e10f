"""What every spider that asks a portal shares: its headers, its one rate, its way to stop, its report."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import time
from typing import Any

import scrapy
from scrapy import Request
from scrapy.http import Response

from scraper.archive.reader import decode_body
from scraper.crawl.frontier_records import Visit
from scraper.crawl.report import CrawlOptions, PortalReport
from scraper.portal import Portal
from scraper.version import user_agent

Headers = list[tuple[str, str]]

_ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class PoliteSpider(scrapy.Spider):
    """The part of a spider that the downloader's middlewares and handlers know."""

    name = "portal"

    def __init__(self, portal: Portal, options: CrawlOptions) -> None:
        super().__init__(name=portal.slug)
        self.portal = portal
        self.options = options
        self.is_stopping = False
        self._stop = asyncio.Event()
        self._sent = [
            ("User-Agent", user_agent(options.contact)),
            ("Accept", _ACCEPTED),
            ("Accept-Language", "vi,en;q=0.5"),
            ("Accept-Encoding", "gzip"),
        ]

    @property
    def report(self) -> PortalReport:
        """What was done so far."""
        raise NotImplementedError

    def now(self) -> int:
        """Return the time in seconds since 1970."""
        return int(time())

    def stop(self, reason: str, problem: str | None = None) -> None:
        """Ask for no more; what is in hand is finished. The first reason stands."""
        if not self.is_stopping:
            self.report.stopped = reason
            if problem is not None:
                self.report.fail(reason, problem)
        self.is_stopping = True
        self._stop.set()
        slot = self.crawler.engine.downloader.slots.get(self.name) if self.crawler.crawling else None
        if slot is not None:
            slot.delay = 0.0  # What waits for its turn is turned away, not asked for: it need not wait.

    async def pause(self, seconds: float) -> None:
        """Wait, at most until the spider stops."""
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    def request(self, url: str, **more: Any) -> Request:  # noqa: ANN401
        """Return a request of this portal: with our headers, and counted against the portal's one rate."""
        meta = {"download_slot": self.name, "sent": self._sent, **more.pop("meta", {})}
        return Request(url, meta=meta, dont_filter=True, **more)

    def count(self, request: Request) -> None:
        """Count a request that goes out, by the kind of page."""
        visit: Visit | None = request.meta.get("visit")
        kind = visit.kind if visit else "robots"
        self.report.requests += 1
        self.report.asked[kind] = self.report.asked.get(kind, 0) + 1

    def archive_robots(self, response: Response) -> None:
        """Take a robots.txt as it came."""

    def archive_challenge(self, response: Response) -> None:
        """Take a challenge that is answered at once: the page that was asked for is still to come."""

    def body(self, response: Response) -> bytes:
        """Return an answer's body, its Content-Encoding undone."""
        return decode_body(response.body, self.lower_headers(response).get("content-encoding"))[0]

    def lower_headers(self, response: Response) -> dict[str, str]:
        """Return an answer's headers, names in lower case."""
        return lower_headers(headers_of(response))


def lower_headers(headers: Headers) -> dict[str, str]:
    """Return headers by their names in lower case; of a repeated one the last."""
    return {name.lower(): value for name, value in headers}


def headers_of(response: Response) -> Headers:
    """Return an answer's headers in order, as they are archived."""
    assert isinstance(response, PortalResponse)
    return list(response.named)


class PortalResponse(Response):
    """An answer with its headers as they are archived; Scrapy's own dictionary of them stays empty."""

    named: Sequence[tuple[str, str]] = ()
