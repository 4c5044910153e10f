"""The replica on loopback: one port for the four hosts, told apart by the Host header."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import NamedTuple

from scraper.replica.content import Content
from scraper.replica.exchange import Delivery, Request
from scraper.replica.faults import Faults
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
        self.stopping = Event()
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
        self.stopping.set()
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
        self._pause(delivery.delay)
        if delivery.is_reset and delivery.cut_at is None:
            self._reset()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Type", answer.content_type)
            if delivery.is_chunked:
                self.send_header("Transfer-Encoding", "chunked")
            else:
                self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        has_body = self.command != "HEAD" and answer.status != 304
        self._send(answer.body if has_body else b"", delivery)

    def _send(self, body: bytes, delivery: Delivery) -> None:
        if delivery.cut_at is not None:
            body = body[: delivery.cut_at]
            self.close_connection = True
        size = delivery.piece or max(1, len(body))
        for start in range(0, len(body), size):
            piece = body[start : start + size]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if delivery.is_chunked else piece)
            if delivery.pause:
                self.wfile.flush()
                self._pause(delivery.pause)
        if delivery.is_chunked and delivery.cut_at is None:
            self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()
        self._pause(delivery.stall)
        if delivery.is_reset:
            self._reset()

    def _pause(self, seconds: float) -> None:
        if seconds:
            self.server.served.stopping.wait(seconds)

    def _reset(self) -> None:
        """Close the connection with a reset: what was sent and not yet read is lost too."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

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
