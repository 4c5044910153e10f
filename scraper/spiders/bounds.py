"""Bounds on what a server may send: the bytes of its headers, and those of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from scrapy import Request, signals

# Twisted bounds a header's line and not their sum, and Scrapy has no setting for its connections' class.
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from twisted.python.failure import Failure

if TYPE_CHECKING:
    from scraper.spiders.polite import PoliteSpider

MAX_HEADERS = 64 * 1024
"""Bytes of an answer's status line and headers, those of interim answers (1xx) included."""


class HeadersTooLong(Exception):
    """The headers of an answer go on and on: the connection is given up."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that is given up where the headers of an answer have no end."""

    _head = 0

    def request(self, request: Any) -> Any:  # noqa: ANN401 - Twisted's own types
        """Send a request."""
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Take bytes; count them as long as no body has begun."""
        parser = self._parser
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if parser is None or self._parser is not parser or parser.state not in ("STATUS", "HEADER"):
            return
        self._head += len(data)
        if self._head > MAX_HEADERS:
            reason = Failure(HeadersTooLong())  # type: ignore[no-untyped-call]
            self._giveUp(reason)  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes those connections."""

    def buildProtocol(self, addr: Any) -> BoundedProtocol:  # noqa: ANN401
        """Return a connection's protocol."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class SizeLimit:
    """Stops a download that says it is, or turns out to be, longer than a page may be; what came is kept."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.headers_received, signal=signals.headers_received)
        crawler.signals.connect(self.bytes_received, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the part for a crawler, as Scrapy asks."""
        return cls(crawler)

    @property
    def max_bytes(self) -> int:
        """Bytes that a payload may have."""
        return cast("PoliteSpider", self.crawler.spider).options.max_bytes

    def headers_received(self, body_length: Any, request: Request) -> None:  # noqa: ANN401
        """Look at the length that the server announces; it has no number where it announces none."""
        if isinstance(body_length, int) and body_length > request.meta.get("max_bytes", self.max_bytes):
            raise StopDownload(fail=False)

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Count what comes."""
        received = request.meta.get("received", 0) + len(data)
        request.meta["received"] = received
        if received > request.meta.get("max_bytes", self.max_bytes):
            raise StopDownload(fail=False)
