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
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from scraper.identity import is_allowed
from scraper.spiders.addresses import is_public
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

    async def download_request(self, request: Request) -> Response:
        """Fetch one address; raise AddressRefused where it may not be connected to."""
        spider = cast("PoliteSpider", self._crawler.spider)
        if spider.is_stopping:
            raise IgnoreRequest("the crawl is stopping")
        if not is_allowed(request.url, spider.portal):
            raise AddressRefused(f"{request.url} is on none of the portal's hosts")
        connect = spider.portal.connect
        spider.count(request)
        if connect is None:
            host = urlsplit(request.url).hostname or ""
            _refuse_private(host)
            if host in self.lent:
                raise AddressRefused(
                    f"{host} is no public address for {spider.name}: another's file names it"
                )
            return await super().download_request(request)
        parts = urlsplit(request.url)
        inner = request.replace(
            url=f"http://{connect}{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"
        )
        inner.headers["Host"] = parts.netloc
        response: Response = await super().download_request(inner)
        request.meta["download_latency"] = inner.meta.get("download_latency")
        # A plain response: working out the encoding of a page is the reader's business.
        return Response(
            request.url,
            status=response.status,
            headers=response.headers,
            body=response.body,
            flags=response.flags,
            protocol=response.protocol,
        )


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
