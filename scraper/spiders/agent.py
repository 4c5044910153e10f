"""One request put to a server and its answer taken: Scrapy's HTTP/1.1, less what a crawl asks every page for
twice.

Scrapy makes an agent and an endpoint for each request and works out each page's encoding. Here connections
are led by one agent for the whole portal, and an answer is a plain one: what its bytes mean is the reader's
business.
"""

from __future__ import annotations

from typing import Any, cast

from scrapy import Request

# Scrapy has no setting for its agent's class.
from scrapy.core.downloader.handlers.http11 import _BindAddressAgent, _ScrapyAgent
from scrapy.http import Headers, Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.web.client import URI, HTTPConnectionPool
from twisted.web.iweb import IPolicyForHTTPS, IResponse


class LeadingAgent(_BindAddressAgent):
    """Twisted's agent with an endpoint for each server, kept.

    Args:
        policy: How certificates are verified.
        timeout: Seconds that connecting may take.
        pool: Of the connections.
        connect: `host:port` where every connection leads, over plain http and under its own Host header;
            None: to the host of each address.
    """

    def __init__(
        self, policy: IPolicyForHTTPS, timeout: float, pool: HTTPConnectionPool, connect: str | None
    ) -> None:
        from twisted.internet import reactor

        super().__init__(cast("Any", reactor), policy, timeout, None, pool)
        self._endpoints: dict[tuple[bytes, bytes, int], IStreamClientEndpoint] = {}
        self._server: Any = None
        if connect is not None:
            self._server = URI.fromBytes(f"http://{connect}/".encode("ascii"))  # type: ignore[no-untyped-call]

    def _getEndpoint(self, uri: URI) -> IStreamClientEndpoint:
        server = self._server or uri
        place = (server.scheme, server.host, server.port)
        endpoint = self._endpoints.get(place)
        if endpoint is None:
            endpoint = super()._getEndpoint(server)  # type: ignore[no-untyped-call]
            self._endpoints[place] = endpoint
        return endpoint

    def _requestWithEndpoint(self, key: Any, *request: Any) -> Deferred[IResponse]:  # noqa: ANN401
        server = self._server
        if server is not None:
            key = (server.scheme, server.host, server.port)
        return super()._requestWithEndpoint(key, *request)


class PlainExchange(_ScrapyAgent):
    """Scrapy's way with one request, which the portal's agent carries out; its answer is a plain Response."""

    _headers: Headers | None = None

    def __init__(self, agent: LeadingAgent, **given: Any) -> None:  # noqa: ANN401 - of Scrapy's own
        super().__init__(**given)
        self._agent = agent

    def _get_agent(self, request: Request, timeout: float) -> LeadingAgent:
        return self._agent

    def _headers_from_twisted_response(self, response: Any) -> Headers:  # type: ignore[override]  # noqa: ANN401
        if self._headers is None:
            self._headers = super()._headers_from_twisted_response(response)
        return self._headers

    def _cb_bodydone(self, result: Any, url: str) -> Response:  # noqa: ANN401
        came = result["txresponse"]
        name, major, minor = came.version
        response = Response(
            url,
            status=int(came.code),
            body=result.get("body", b""),
            flags=result.get("flags"),
            certificate=result.get("certificate"),
            ip_address=result.get("ip_address"),
            protocol=f"{name.decode('latin-1')}/{major}.{minor}",
        )
        response.headers = self._headers_from_twisted_response(came)
        if result.get("stop_download"):
            response.flags.append("download_stopped")
        return response
