"""Where connections may go: a portal's own hosts at public addresses, or the one address that its file
names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from scraper.identity import is_allowed
from scraper.spiders.addresses import is_public
from scraper.spiders.agent import LeadingAgent, PlainExchange
from scraper.spiders.bounds import BoundedFactory
from scraper.spiders.refusals import AddressRefused
from scraper.spiders.settings import CONCURRENCY
from scraper.spiders.tls import policy_with

if TYPE_CHECKING:
    from scraper.spiders.polite import PoliteSpider


class PortalDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1, held to the portal's hosts and to public addresses.

    Where the portal has `connect`, every connection goes there over plain http with the Host header kept,
    and the answer comes back under its own address: that is how the replica's `.test` hosts are reached.
    """

    lent: ClassVar[set[str]] = set()
    """Hosts that some portal's `connect` names: they are resolved for that portal alone."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Twisted would ask again by itself, at once and uncounted, where a kept connection breaks.
        self._pool.retryAutomatically = False
        # A connection is handed back a moment after the next request has begun.
        self._pool.maxPersistentPerHost = 2 * CONCURRENCY
        self._pool._factory = BoundedFactory
        bundle = cast("PoliteSpider", crawler.spider).portal.ca_bundle
        if bundle is not None:
            self._contextFactory = policy_with(bundle)
        self._agent: LeadingAgent | None = None

    async def download_request(self, request: Request) -> Response:
        """Fetch one address; raise AddressRefused where it may not be connected to."""
        spider = cast("PoliteSpider", self._crawler.spider)
        if spider.is_stopping:
            raise IgnoreRequest("the crawl is stopping")
        if not is_allowed(request.url, spider.portal):
            raise AddressRefused(f"{request.url} is on none of the portal's hosts")
        spider.count(request)
        if spider.portal.connect is None:
            host = urlsplit(request.url).hostname or ""
            _refuse_private(host)
            if host in self.lent:
                raise AddressRefused(
                    f"{host} is no public address for {spider.name}: another's file names it"
                )
        exchange = PlainExchange(
            self._agent or self._begin(spider),
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(exchange.download_request(request))

    def _begin(self, spider: PoliteSpider) -> LeadingAgent:
        self._agent = LeadingAgent(
            self._contextFactory, spider.options.timeout, self._pool, spider.portal.connect
        )
        return self._agent


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which gives no private, loopback or link-local address for a name.

    It is the resolver that connections are made with, so no second answer can differ from the one that was
    checked.
    """

    trusted: ClassVar[set[str]] = set()
    """Hosts that portals' `connect` names."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: ANN401
        """Resolve a name; fail as an unknown name does where the answer is no public address."""
        deferred = super().getHostByName(name, timeout)
        if name not in self.trusted:
            deferred.addCallback(_public, name)
        return deferred


def _public(address: str, name: str) -> str:
    if not is_public(address):
        raise DNSLookupError(f"{name} leads to {address}, which is no public address")
    return address


def _refuse_private(host: str) -> None:
    if is_public(host) is False:  # What a name stands for is checked by the resolver.
        raise AddressRefused(f"{host} is no public address; a portal's `connect` would have to name it")
