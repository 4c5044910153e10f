"""How servers are treated: robots.txt obeyed, failures retried with patience."""

from __future__ import annotations

import asyncio
import logging
import random
from time import monotonic
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

from scraper.crawl.visits import MAX_HOPS, REDIRECTS, retry_after
from scraper.identity import is_allowed
from scraper.spiders.refusals import Forbidden, said, said_status

if TYPE_CHECKING:
    from scraper.spiders.polite import PoliteSpider

_log = logging.getLogger(__name__)

_ROBOT = "CityLedger"
_MAX_ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309 §2.5)."""
_MAX_CRAWL_DELAY = 30.0
_MAX_WAIT = 120.0
"""Seconds that a server's Retry-After is waited for in this run; longer, and the portal is left for the
next."""
_RETRIED = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
_RETRIED_ERRORS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)


class Part:
    """What the parts share: the crawler, and the spider once there is one."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the part for a crawler, as Scrapy asks."""
        return cls(crawler)

    @property
    def spider(self) -> PoliteSpider:
        """The portal's spider."""
        return cast("PoliteSpider", self.crawler.spider)


class RobotsMiddleware(Part):
    """Asks each host's robots.txt once a run and obeys it (RFC 9309).

    Where there is none (4xx) everything is allowed; where it cannot be had (5xx, 429, no answer) nothing is,
    and the portal is left for another run. A Crawl-delay slows the portal down, up to 30 seconds.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Future[ProtegoRobotParser | None]] = {}

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise IgnoreRequest."""
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        future = self._rules.get(parts.netloc)
        if future is None:
            future = self._rules[parts.netloc] = asyncio.get_running_loop().create_future()
            future.set_result(await self._answered(f"{parts.scheme}://{parts.netloc}/robots.txt"))
        rules = future.result() if future.done() else await asyncio.shield(future)
        if rules is None and not self._is_portals(request.url):
            raise Forbidden(f"robots.txt of {parts.netloc} cannot be had: {request.url} was not asked for")
        if rules is None:
            raise IgnoreRequest("robots.txt cannot be had")
        if not rules.allowed(request.url, _ROBOT):
            raise Forbidden(f"robots.txt forbids {request.url}")

    async def _answered(self, url: str) -> ProtegoRobotParser | None:
        try:
            return await self._ask(url)
        except Exception as error:  # whoever waits for the rules would wait for ever
            _log.exception("reading %s", url)
            self.spider.stop("robots", f"{url} cannot be read: {error!r}")
            return None

    async def _ask(self, url: str) -> ProtegoRobotParser | None:
        spider = self.spider
        for _ in range(MAX_HOPS + 1):
            request = spider.request(url, meta={"is_robots": True})
            try:
                response = await self.crawler.engine.download_async(request)
            except Exception as error:
                if not spider.is_stopping:
                    self._give_up(url, "down", f"{url} got no answer: {said(error)}")
                return None
            spider.archive_robots(response)
            location = spider.lower_headers(response).get("location")
            if response.status in REDIRECTS and location:
                url = urljoin(url, location)
                if is_allowed(url, spider.portal):
                    continue
                return ProtegoRobotParser(b"", spider)
            if response.status >= 500 or response.status == 429:
                told = f"{url} says {said_status(response.status)}: nothing may be asked for"
                self._give_up(url, "robots", told)
                return None
            if not 200 <= response.status < 300:
                return ProtegoRobotParser(b"", spider)
            body = spider.body(response)[:_MAX_ROBOTS]
            if response.body and not body:
                self._give_up(url, "robots", f"{url} cannot be unpacked: nothing may be asked for")
                return None
            if body.lstrip()[:1] == b"<":
                spider.report.add_problem(
                    "robots_html", f"{url} is a page and holds no rules: all is allowed"
                )
            rules = ProtegoRobotParser(body, spider)
            self._slow_down(rules.crawl_delay(_ROBOT))
            return rules
        return ProtegoRobotParser(b"", spider)

    def _is_portals(self, url: str) -> bool:
        """Tell whether the portal itself is on that host, not only files of it."""
        host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
        return host in self.spider.portal.hosts

    def _give_up(self, url: str, reason: str, problem: str) -> None:
        """Leave a host whose rules cannot be had: the portal's own ends the crawl, one of files does not."""
        if self._is_portals(url):
            self.spider.stop(reason, problem)
        else:
            self.spider.report.add_problem(reason, problem)

    def _slow_down(self, delay: float | None) -> None:
        if not delay:
            return
        delay = min(float(delay), _MAX_CRAWL_DELAY)
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
        slot = self.crawler.engine.downloader.slots.get(self.spider.name)
        if slot is not None:
            slot.delay = max(slot.delay, delay)


class PatienceMiddleware(Part):
    """Asks again after failures that pass: later each time, and not before a Retry-After has run out.

    A Retry-After holds the whole portal, not the one page.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._resume_at = 0.0

    async def process_request(self, request: Request) -> None:
        """Hold a request until the portal may be asked again."""
        while (wait := self._resume_at - monotonic()) > 0 and not self.spider.is_stopping:
            await self.spider.pause(wait)
        if self.spider.is_stopping:
            raise IgnoreRequest("the crawl is stopping")

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass an answer on, or the request again after a while."""
        is_cut = "dataloss" in response.flags
        if not is_cut and response.status not in _RETRIED:
            return response
        asked = 0
        if response.status in (429, 503):
            asked = retry_after(self.spider.lower_headers(response), self.spider.now())
        if asked > _MAX_WAIT:
            detail = f"{request.url} says {said_status(response.status)}, Retry-After {asked:,} seconds"
            self.spider.stop("waiting", detail)
            return response
        if asked:
            self._resume_at = max(self._resume_at, monotonic() + asked)
        return await self._again(request, asked) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request again after a while, or None to let the failure stand."""
        if isinstance(exception, _RETRIED_ERRORS):
            return await self._again(request, 0)
        return None

    async def _again(self, request: Request, wait: float) -> Request | None:
        spider, tries = self.spider, request.meta.get("retry_times", 0)
        if tries >= spider.options.retries or spider.is_stopping:
            return None
        backoff = spider.options.retry_wait * 2**tries * random.uniform(0.75, 1.25)  # noqa: S311
        await spider.pause(max(wait, backoff))
        if spider.is_stopping:
            return None
        _log.info("again: %s", request.url)
        again = request.copy()
        again.meta["retry_times"] = tries + 1
        return again
