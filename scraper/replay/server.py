"""Serves archived copies on 127.0.0.1. What a portal once sent is hostile, so it comes without its powers.

A copy stands in a sandboxed frame and under a policy of its own: no script, no form, nothing loaded from
anywhere, an origin that is nobody's. What is no page is given as a download. Answers go only to requests for
this very address, so that no name that leads here (DNS rebinding) can read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urljoin

from scraper.archive.cdx import Capture
from scraper.archive.reader import Captured, archive_folder, read_record
from scraper.errors import ArchiveError, HomeError, UsageError
from scraper.replay.index import Index
from scraper.replay.pages import STYLE_HASH, copy_page, front_page, list_page, path_of, trouble_page

PORT = 8765

_ASKED = re.compile(r"/(?P<portal>[a-z0-9-]+)/(?P<when>\d{4,14}|\*)(?P<bare>mp_)?/(?P<url>https?:/.+)")
_OWN = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; frame-src 'self'; frame-ancestors 'none'"
_COPY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LOST = "The payload that this revisit stands for is not in the archive."
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


class Replay:
    """A serving archive: its address, and how it is ended."""

    def __init__(self, home: Path, port: int = PORT) -> None:
        """Raises UsageError where the port is taken, HomeError where the home cannot be indexed."""
        self.index = Index(home)
        for portal in self.index.portals():
            self.index.refresh(portal)
        try:
            self._server = _Server(home, self.index, port)
        except OSError as error:
            raise UsageError(f"port {port} cannot be used: {error.strerror}; give another --port") from error

    @property
    def address(self) -> str:
        """Where it is served, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def serve(self) -> None:
        """Serve until interrupted."""
        try:
            self._server.serve_forever(poll_interval=0.2)
        finally:
            self._server.server_close()

    @contextmanager
    def beside(self) -> Iterator[str]:
        """Serve in a thread while the block runs; gives the address."""
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self.address
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(timeout=5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, home: Path, index: Index, port: int) -> None:
        self.home, self.index = home, index
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server_version = "cityledger"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        """Answer a request."""
        port = self.server.server_address[1]
        if self.headers.get("Host") not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            self._own(403, trouble_page("Replay answers to its own address alone."))
            return
        try:
            self._answer()
        except (ArchiveError, HomeError) as error:
            self._own(500, trouble_page(str(error)))

    do_HEAD = do_GET

    def _answer(self) -> None:
        index = self.server.index
        if self.path == "/":
            self._own(200, front_page(index.portals()))
            return
        asked = _ASKED.fullmatch(self.path)
        if asked is None:
            self._own(404, trouble_page("There is nothing here: /<portal>/<YYYYMMDDhhmmss>/<address>."))
            return
        portal, url = asked["portal"], re.sub(r"^(https?):/+", r"\1://", asked["url"])
        if asked["when"] == "*":
            captures = index.captures(portal, url)
            self._own(200 if captures else 404, list_page(portal, url, captures))
            return
        capture = index.near(portal, url, asked["when"])
        if capture is None:
            self._own(404, trouble_page(f"{url} is not in the archive of {portal}."))
        elif asked["bare"]:
            self._copy(portal, capture)
        elif capture.timestamp != asked["when"]:
            self._moved(path_of(portal, capture.timestamp, capture.url))
        else:
            self._framed(portal, capture)

    def _framed(self, portal: str, capture: Capture) -> None:
        held = self.server.index.payload_of(portal, capture)
        if held is None:
            self._own(200, copy_page(portal, capture, False, _LOST))
            return
        captured = self._read(portal, held)
        note = ""
        if "location" in captured.headers and 300 <= captured.fetch.http_status < 400:
            target = urljoin(capture.url, captured.headers["location"])
            if target.lower().startswith(("http://", "https://")):
                where = escape(path_of(portal, capture.timestamp, target))
                note = f'It sent on to <a href="{where}">{escape(target)}</a>'
        self._own(200, copy_page(portal, capture, held.mime in _PAGES or held.mime.startswith("text/"), note))

    def _copy(self, portal: str, capture: Capture) -> None:
        held = self.server.index.payload_of(portal, capture)
        if held is None:
            self._own(404, trouble_page(_LOST))
            return
        captured = self._read(portal, held)
        charset = _CHARSET.search(captured.fetch.content_type or "")
        suffix = f"; charset={charset[1]}" if charset else ""
        headers = {"Content-Security-Policy": _COPY, "Content-Type": "application/octet-stream"}
        if held.mime in _PAGES:
            headers["Content-Type"] = f"text/html{suffix}"
        elif held.mime.startswith("text/"):
            headers["Content-Type"] = f"text/plain{suffix}"
        else:
            headers["Content-Disposition"] = "attachment"
        self._send(200, captured.body, headers)

    def _read(self, portal: str, capture: Capture) -> Captured:
        folder = archive_folder(self.server.home, portal)
        return read_record(folder, portal, capture.warc_file, capture.offset)

    def _own(self, status: int, page: str) -> None:
        headers = {"Content-Security-Policy": _OWN, "Content-Type": "text/html; charset=utf-8"}
        self._send(status, page.encode("utf-8", "replace"), headers)

    def _moved(self, path: str) -> None:
        self._send(302, b"", {"Location": path})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-DNS-Prefetch-Control", "off")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""
