"""Serving: the address, and an end that lets requests in hand be answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn

from scraper.errors import UsageError
from warehouse.service.api import make_app
from warehouse.service.current import Following
from warehouse.service.limits import MAX_CONNECTIONS, Limits
from warehouse.service.service import Service

HOST, PORT = "127.0.0.1", 8766

_LAST_ANSWERS = 10
"""Seconds for the requests in hand when the service is to end."""
_MAX_HEADERS = 16 * 1024


class Serving:
    """A served home: its address, and how it is ended."""

    def __init__(
        self,
        home: Path,
        host: str = HOST,
        port: int = PORT,
        limits: Limits | None = None,
        *,
        takes_sql: bool = False,
    ) -> None:
        """Raises PublicationError where nothing is published, UsageError where the address is taken."""
        limits = limits or Limits()
        self._following = Following(home)
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._socket = socket.create_server((host, port), family=family, backlog=128)
        except OSError as error:
            self._following.close()
            raise UsageError(
                f"{host} port {port} cannot be used: {error.strerror or error}; give another --host or --port"
            ) from error
        config = uvicorn.Config(
            make_app(Service(self._following, limits, takes_sql)),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            # An address that a client writes into a header is no address to count its requests by.
            proxy_headers=False,
            http="h11",
            ws="none",
            lifespan="off",
            limit_concurrency=MAX_CONNECTIONS,
            h11_max_incomplete_event_size=_MAX_HEADERS,
            timeout_graceful_shutdown=_LAST_ANSWERS,
        )
        self._server = uvicorn.Server(config)

    @property
    def address(self) -> str:
        """Where it is served, without a slash at the end."""
        host, port = self._socket.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def serve(self) -> None:
        """Serve until a signal comes; what is in hand is answered first."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()
            self._following.close()

    @contextmanager
    def beside(self) -> Iterator[str]:
        """Serve in a thread while the block runs; gives the address."""
        thread = Thread(target=self.serve, daemon=True)
        thread.start()
        while thread.is_alive() and not self._server.started:
            sleep(0.01)
        try:
            yield self.address
        finally:
            self._server.should_exit = True
            thread.join(timeout=_LAST_ANSWERS)
