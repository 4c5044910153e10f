"""Serving: the address, and an end that lets requests in hand be answered."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn

from scraper.errors import UsageError
from warehouse.service.api import make_app
from warehouse.service.current import Following
from warehouse.service.gate import App
from warehouse.service.limits import MAX_CONNECTIONS, Limits
from warehouse.service.service import Service
from warehouse.service.site import LOOPBACK, SiteApp

HOST, PORT, SITE_PORT = "127.0.0.1", 8766, 8767

_LAST_ANSWERS = 10
"""Seconds for the requests in hand when the service is to end."""
_MAX_HEADERS = 16 * 1024


class Server:
    """A served application: its address, and how it is ended."""

    def __init__(self, app: App, host: str, port: int, end: Callable[[], None] | None = None) -> None:
        """Take the address; `end` is called when the serving is over. Raises UsageError where it is taken."""
        self._end = end or (lambda: None)
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._socket = socket.create_server((host, port), family=family, backlog=128)
        except OSError as error:
            self._end()
            # What socket adds to the system's words repeats the address.
            why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
            raise UsageError(
                f"{host} port {port} cannot be used: {why}; give another --host or --port"
            ) from error
        config = uvicorn.Config(
            app,
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
            self._end()

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


class Serving(Server):
    """A served home: the HTTP API over what is published."""

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
        following = Following(home)
        app = make_app(Service(following, limits or Limits(), takes_sql))
        super().__init__(app, host, port, following.close)


class SiteServing(Server):
    """A served site: the pages and files of whatever publication of a home is current."""

    def __init__(self, home: Path, host: str = HOST, port: int = SITE_PORT) -> None:
        """Raises PublicationError where nothing is published, UsageError where the address is taken."""
        super().__init__(SiteApp(home, is_open=host not in LOOPBACK), host, port)
