"""Where connections may go: a portal's own hosts at public addresses, or the one address that its file
names. They are kept from request to request."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError

from scraper.portal import Portal
from scraper.spiders.addresses import is_public
from scraper.spiders.answers import AnswerReader, Broken
from scraper.spiders.refusals import AddressRefused
from scraper.spiders.tls import context_for

_KEPT_SECONDS = 240.0
"""Seconds that a connection is kept for another request; a slow portal is asked every thirty."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request is put."""

    host: str
    port: int
    is_secure: bool


class Connection(asyncio.Protocol):
    """A connection that carries one request at a time."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.first_byte = 0.0
        """When the answer that is being read, or was read last, began to come (of the monotonic clock)."""
        self._transport: asyncio.Transport | None = None
        self._reader: AnswerReader | None = None
        self._came: asyncio.Future[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a request can be put to it."""
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes, max_bytes: int) -> AnswerReader:
        """Send a request and return its answer; raise Broken where none comes."""
        assert self._transport is not None
        self._reader, self.first_byte = AnswerReader(max_bytes), 0.0
        self._came = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        if self._transport.is_closing():
            self._end()
        await self._came
        return self._reader

    def close(self) -> None:
        """Close it at once: nothing is left to be said."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what comes; what nobody asked for ends the connection."""
        if self._reader is None or self._came is None or self._came.done():
            self.close()
            return
        self.first_byte = self.first_byte or monotonic()
        try:
            self._reader.feed(data)
        except Broken as error:
            self._came.set_exception(error)
            self.close()
            return
        if self._reader.is_done:
            self._came.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and with it the answer that is being read."""
        self._transport = None
        self._end()

    def _end(self) -> None:
        if self._reader is None or self._came is None or self._came.done():
            return
        try:
            self._reader.end()
        except Broken as error:
            self._came.set_exception(error)
        else:
            self._came.set_result(None)


class Connections:
    """One portal's connections.

    Where the portal has `connect`, every connection goes there over plain http: that is how the replica's
    `.test` hosts are reached. Else a name must lead to a public address, and the address that was looked at
    is the one that is connected to, so that no second answer of a resolver can differ from it.

    Args:
        portal: Who is connected to.
    """

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._only: Place | None = None
        if portal.connect is not None:
            host, _, port = portal.connect.rpartition(":")
            self._only = Place(host.strip("[]"), int(port), False)
        self._idle: dict[Place, list[Connection]] = {}
        self._addresses: dict[str, list[str]] = {}

    def place(self, url: str) -> Place:
        """Return where a request for an address is put; raise AddressRefused where it may not be."""
        if self._only is not None:
            return self._only
        parts = urlsplit(url)
        host, is_secure = parts.hostname or "", parts.scheme == "https"
        if is_public(host) is False:  # What a name stands for is looked at when it is resolved.
            raise AddressRefused(f"{host} is no public address; a portal's `connect` would have to name it")
        return Place(host, parts.port or (443 if is_secure else 80), is_secure)

    async def lend(self, place: Place) -> Connection:
        """Return a connection, an idle one where there is one; it is closed, or given back.

        Raises CannotResolveHostError where the host has no public address, OSError (ssl.SSLError is one)
        where it cannot be connected to.
        """
        idle = self._idle.get(place, [])
        while idle:
            connection = idle.pop()
            if connection.is_open and monotonic() - connection.idle_since < _KEPT_SECONDS:
                return connection
            connection.close()
        return await self._opened(place)

    def give_back(self, place: Place, connection: Connection) -> None:
        """Keep a connection for another request."""
        connection.idle_since = monotonic()
        self._idle.setdefault(place, []).append(connection)

    def close(self) -> None:
        """Close those that are idle."""
        for kept in self._idle.values():
            for connection in kept:
                connection.close()
        self._idle.clear()

    async def _opened(self, place: Place) -> Connection:
        context = context_for(self._portal) if place.is_secure else None
        name = place.host if place.is_secure else None
        loop = asyncio.get_running_loop()
        failure: OSError | None = None
        for address in await self._resolved(place.host):
            try:
                _, connection = await loop.create_connection(
                    Connection, address, place.port, ssl=context, server_hostname=name
                )
            except OSError as error:
                failure = failure or error
                continue
            return connection
        assert failure is not None
        raise failure

    async def _resolved(self, host: str) -> list[str]:
        """Return the addresses of a host that may be connected to; asked for once a run."""
        if host not in self._addresses:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            try:
                found = await asyncio.get_running_loop().getaddrinfo(
                    host, None, family=family, type=socket.SOCK_STREAM
                )
            except (OSError, UnicodeError) as error:
                raise CannotResolveHostError(f"{host}: {error}") from error
            addresses = [str(each[4][0]) for each in found]
            if self._only is None:
                addresses = [address for address in addresses if is_public(address)]
            if not addresses:
                raise CannotResolveHostError(f"{host} leads to no public address")
            self._addresses[host] = addresses
        return self._addresses[host]
