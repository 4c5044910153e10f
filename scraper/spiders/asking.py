"""A spider that asks for single pages, one after another, as a plan wants them; it keeps nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from scraper.archive.reader import decode_body
from scraper.archive.writer import payload_digest
from scraper.crawl import visits
from scraper.crawl.frontier_records import Visit
from scraper.crawl.report import CrawlOptions, PortalReport
from scraper.identity import is_allowed
from scraper.onboarding.asked import Asking, Reply
from scraper.portal import Portal
from scraper.spiders.polite import PoliteSpider
from scraper.spiders.refusals import AddressRefused, Forbidden, said, said_status

Plan = Callable[[Asking], Awaitable[None]]
"""What to ask a site for, and in what order; it keeps what it learns."""

_SAID = {
    "challenge": "it answers with a cookie challenge or a block page",
    "too_large": "it is larger than is read",
    "truncated": "it came cut off",
    "gone": "it is not there",
    "error": "it cannot be read",
}


class AskingSpider(PoliteSpider):
    """Follows a plan through the crawl's own downloader: robots.txt, rate, hosts, addresses and bounds hold.

    Args:
        portal: Who is asked, and how.
        options: As for a crawl; `max_discovery` bounds the requests that the plan can make.
        plan: See `Plan`.
    """

    def __init__(self, portal: Portal, options: CrawlOptions, plan: Plan) -> None:
        super().__init__(portal, options)
        self._plan = plan
        self._report = PortalReport(portal.slug)
        self._asking = Asking(self.ask)
        self._asked = 0
        self.fault: Exception | None = None
        """What the plan raised."""

    @property
    def report(self) -> PortalReport:
        """What was done so far."""
        return self._report

    async def start(self) -> AsyncIterator[Request]:
        """Follow the plan to its end; what it asks for goes past Scrapy's queue."""
        try:
            await self._plan(self._asking)
        except Exception as error:  # Scrapy would log it and call the spider finished
            self.fault = error
        return
        yield  # makes a generator of it, as Scrapy wants

    def archive_robots(self, response: Response) -> None:
        """Keep what robots.txt says, for the sitemaps that it names."""
        if response.status == 200:
            self._asking.robots.append(self.body(response).decode("utf-8", "replace"))

    def count(self, request: Request) -> None:
        """Count a request that goes out."""
        super().count(request)
        self._asking.requests = self.report.requests

    async def ask(self, url: str, kind: str) -> Reply:
        """Ask for one page and return what came, redirects within the portal's hosts followed."""
        if self._asked >= self.options.max_discovery:
            return Reply(url, url, "left", f"{self._asked} pages were asked for already")
        self._asked += 1
        address = url
        for _ in range(visits.MAX_HOPS + 1):
            if not is_allowed(address, self.portal):
                return Reply(url, address, "astray", f"it is redirected to {address[:200]}")
            visit = Visit(address, address, kind)
            try:
                response = await self._fetched(address, visit)
            except Exception as error:
                return self._without(url, address, error)
            headers = self.lower_headers(response)
            if response.status in visits.REDIRECTS and headers.get("location"):
                address = urljoin(address, headers["location"])
                continue
            return self._reply(url, address, visit, response, headers)
        return Reply(url, address, "error", f"it is redirected more than {visits.MAX_HOPS} times")

    async def _fetched(self, url: str, visit: Visit) -> Response:
        assert self.crawler.engine is not None
        response: Response = await self.crawler.engine.download_async(
            self.request(url, meta={"visit": visit})
        )
        return response

    def _without(self, asked: str, url: str, error: Exception) -> Reply:
        if isinstance(error, Forbidden):
            return Reply(asked, url, "forbidden", "robots.txt forbids it")
        if isinstance(error, AddressRefused):
            return Reply(asked, url, "refused", str(error))
        # Where robots.txt could not be had, the reason is that of the whole portal.
        return Reply(asked, url, "unanswered", self.report.failure or f"it got no answer: {said(error)}")

    def _reply(
        self, asked: str, url: str, visit: Visit, response: Response, headers: dict[str, str]
    ) -> Reply:
        body, fault = decode_body(response.body, headers.get("content-encoding"))
        cut = "length" if "download_stopped" in response.flags or fault == "too_large" else None
        if cut is None and ("dataloss" in response.flags or fault == "truncated"):
            cut = "disconnect"
        if cut is None and fault is not None:
            cut = "encoding"
        answer = visits.Answer(
            url, response.status, headers, body, self.now(), payload_digest(response.body), cut
        )
        outcome = visits.judge(self.portal, visit, answer)
        words = f"it answers {said_status(response.status)}"
        if outcome not in ("ok", "error") or response.status == 200:
            words = _SAID.get(outcome, words)
        return Reply(asked, url, outcome, words, response.status, headers, body)
