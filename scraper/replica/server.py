"""The replica on loopback: one port for the four hosts, told apart by the Host header."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from scraper.replica.content import Content
from scraper.replica.faults import Faults, Request
from scraper.replica.routes import Router


class Logged(NamedTuple):
    """One request as the server saw it."""

    method: str
    host: str
    path: str
    status: int


class Served:
    """A serving replica: its port, its log of requests, its faults."""

    def __init__(self, replica: Content, port: int) -> None:
        self.replica = replica
        self.faults = Faults()
        self.requests: list[Logged] = []
        """Every request answered so far, in order."""
        self.router = Router(replica)
        self._server = _Server(self, port)
        self._thread = Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True, name="replica"
        )

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return int(self._server.server_address[1])

    @property
    def connect(self) -> str:
        """What a portal file's `connect` says to reach this server."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, served: Served, port: int) -> None:
        self.served = served
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server_version = "replica"
    sys_version = ""
    server: _Server

    def _answer(self) -> None:
        served = self.server.served
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("host", "").rsplit(":", 1)[0].lower().removeprefix("www.")
        request = Request(self.command, host, self.path, headers)
        delivery = served.faults.deliver(request, served.router.answer(request))
        answer = delivery.answer
        served.requests.append(Logged(self.command, host, self.path, answer.status))
        if delivery.delay:
            time.sleep(delivery.delay)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        body = b"" if self.command == "HEAD" or answer.status == 304 else answer.body
        if delivery.cut_at is not None:
            body = body[: delivery.cut_at]
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    do_GET = do_HEAD = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing; `Served.requests` is the log."""


@contextmanager
def serve(replica: Content, port: int = 0) -> Iterator[Served]:
    """Serve the replica on 127.0.0.1 in a thread until the block ends; port 0 takes a free one."""
    served = Served(replica, port)
    served.start()
    try:
        yield served
    finally:
        served.stop()
