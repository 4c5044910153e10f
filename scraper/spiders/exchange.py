"""One request put to a portal and its answer taken: the payload as it was sent, or why there is none."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from scraper.identity import is_allowed
from scraper.spiders.answers import AnswerReader, Broken
from scraper.spiders.connect import Connections
from scraper.spiders.middlewares import Part
from scraper.spiders.polite import PortalResponse
from scraper.spiders.refusals import AddressRefused, Unanswered

_FLAGS: Final = {"length": "download_stopped", "disconnect": "dataloss"}
"""Scrapy's words for a payload that is not whole."""
_OF_ANOTHER_NAME: Final = (62, 64)
"""X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH of <openssl/x509_vfy.h>."""
_BREAKS: Final = re.compile(r"[\r\n\x00]+")


class PortalDownloadHandler(Part):
    """Scrapy's download handler for one portal, held to its hosts and to public addresses."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._connections = Connections(self.spider.portal)

    async def download_request(self, request: Request) -> Response:
        """Fetch one address; raise AddressRefused where it may not be connected to.

        The answer has the flag `download_stopped` where it is longer than the page may be, and `dataloss`
        where it came cut off: its body is what came until then. Raises Scrapy's exceptions where nothing
        came.
        """
        spider, url = self.spider, request.url
        if spider.is_stopping:
            raise IgnoreRequest("the crawl is stopping")
        if not is_allowed(url, spider.portal):
            raise AddressRefused(f"{url} is on none of the portal's hosts")
        spider.count(request)
        with _as_scrapys(url):
            async with asyncio.timeout(spider.options.timeout):
                came = await self._ask(request)
        flags = [_FLAGS[came.cut]] if came.cut else None
        response = PortalResponse(
            url, status=came.status, body=came.body, flags=flags, protocol=came.protocol
        )
        response.named = came.headers
        return response

    async def close(self) -> None:
        """Close the portal's connections."""
        self._connections.close()

    async def _ask(self, request: Request) -> AnswerReader:
        began = monotonic()
        place = self._connections.place(request.url)
        connection = await self._connections.lend(place)
        try:
            max_bytes = request.meta.get("max_bytes", self.spider.options.max_bytes)
            came = await connection.ask(_written(request), max_bytes)
        except BaseException:
            connection.close()
            raise
        request.meta["download_latency"] = connection.first_byte - began
        if came.is_kept:
            self._connections.give_back(place, connection)
        else:
            connection.close()
        return came


def _written(request: Request) -> bytes:
    """Return a request as it is sent: what the archive says of it, and nothing else."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [*request.meta["sent"], ("Host", parts.netloc)]
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {_BREAKS.sub(' ', value)}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


@contextmanager
def _as_scrapys(url: str) -> Iterator[None]:
    """Turn what can go wrong into the exceptions that Scrapy's download handlers raise."""
    try:
        yield
    except TimeoutError as error:
        raise DownloadTimeoutError(f"{url} took too long") from error
    except ConnectionRefusedError as error:
        raise DownloadConnectionRefusedError(str(error)) from error
    except ssl.SSLCertVerificationError as error:
        raise Unanswered(_said_of(error)) from error
    except ssl.SSLError as error:
        raise Unanswered(f"TLS failed: {error.reason or error}") from error
    except OSError as error:
        raise Unanswered(f"no connection: {error.strerror or error}") from error
    except Broken as error:
        raise Unanswered(str(error)) from error


def _said_of(error: ssl.SSLCertVerificationError) -> str:
    """Return what is wrong with a server's certificate."""
    if error.verify_code in _OF_ANOTHER_NAME:
        return "the server's TLS certificate is another host's"
    return "the server's TLS certificate cannot be verified; `ca_bundle` takes what its chain lacks"
