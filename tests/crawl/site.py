"""A small portal on 127.0.0.1 that remembers what it was asked, and a portal record that leads to it."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scraper.crawl.frontier import DISCOVERY
from scraper.portal import Discovery, Portal

ROOT = Path(__file__).parents[2]
HOST = "hai-phong.test"
HTML = "text/html; charset=utf-8"
XML = "application/xml"


@dataclass
class Page:
    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = True
    act: Callable[[BaseHTTPRequestHandler], None] | None = None
    """Answers in the page's place."""

    @property
    def etag(self) -> str:
        return f'"{md5(self.body).hexdigest()}"'


@dataclass
class Asked:
    host: str
    path: str
    headers: dict[str, str]
    status: int


class Site:
    """Pages by path; `asked` lists every request in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {"/robots.txt": Page(b"User-agent: *\nDisallow: /cam/\n", "text/plain")}
        self.asked: list[Asked] = []
        self.delay = 0.0
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port: int = self.server.server_address[1]

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        if self.delay:
            time.sleep(self.delay)
        page = self.pages.get(handler.path)
        status = page.status if page else 404
        asks = dict(handler.headers.items())
        if page and page.status == 200 and page.has_etag and asks.get("If-None-Match") == page.etag:
            status = 304
        self.asked.append(Asked(asks.get("Host", ""), handler.path, asks, status))
        if page and page.act:
            page.act(handler)
            return
        body = b"" if status == 304 else page.body if page else b"<h1>404</h1>"
        handler.send_response(status)
        for name, value in (page.headers if page else {}).items():
            handler.send_header(name, value)
        if page and page.has_etag and status in (200, 304):
            handler.send_header("ETag", page.etag)
        handler.send_header("Content-Type", page.content_type if page else HTML)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def articles_asked(self) -> list[str]:
        return [path for path in self.paths() if path.endswith(".html")]

    def forget(self) -> None:
        self.asked.clear()

    def article(self, number: int, text: str = "", **more: Any) -> str:
        path = f"/bai-viet-so-{number}.html"
        body = f"<html><body><h1>Bài viết số {number}</h1><p>{text or 'Nội dung'} {number}</p></body></html>"
        self.pages[path] = Page(body.encode(), **more)
        return path

    def sitemap(self, paths: Mapping[str, str | None], path: str = "/sitemap.xml") -> None:
        rows = "".join(
            f"<url><loc>https://{HOST}{each}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + "</url>"
            for each, day in paths.items()
        )
        xml = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
        self.pages[path] = Page(xml.encode(), XML)

    def feed(self, paths: list[str], path: str = "/feed/") -> None:
        rows = "".join(
            f"<item><title>x</title><link>https://{HOST}{each}</link>"
            "<pubDate>Tue, 11 Apr 2023 08:00:00 +0700</pubDate></item>"
            for each in paths
        )
        self.pages[path] = Page(
            f"<rss><channel><link>https://{HOST}/</link>{rows}</channel></rss>".encode(), XML
        )

    def listing(self, pages: list[list[str]], path: str = "/tin-tuc") -> None:
        for number, links in enumerate(pages, 1):
            rows = "".join(f'<li><a href="{link}">x</a></li>' for link in links)
            following = f'<a rel="next" href="{path}/page/{number + 1}">»</a>' if number < len(pages) else ""
            body = f"<html><body><ul>{rows}</ul>{following}<a href='/lien-he'>Liên hệ</a></body></html>"
            self.pages[path if number == 1 else f"{path}/page/{number}"] = Page(body.encode())


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()


def portal_for(connect: str | None, slug: str = "hai-phong", **changes: Any) -> Portal:
    """Return a portal whose hosts end in .test and which is reached at `connect`."""
    named: dict[str, Any] = {
        "sitemaps": (), "feeds": (), "listings": (), "listing_next": None, "listing_first": 1,
        "listing_links": None, "api": None, "trust_lastmod": True, "named": frozenset(DISCOVERY),
    }  # fmt: skip
    named.update({name: changes.pop(name) for name in list(changes) if name in named})
    record: dict[str, Any] = {
        "slug": slug, "name": slug, "base_url": f"https://{HOST}", "family": "generic", "hosts": (HOST,),
        "ref_area": None, "is_verified": False, "retired_on": None, "notice": None, "connect": connect,
        "rate": 500.0, "max_pages": None, "article": (re.compile(r"/[^/?]+\.html"),), "layouts": (),
    }  # fmt: skip
    record.update(changes)
    return Portal(discovery=Discovery(**named), **record)


def pages_of(home: Path, slug: str = "hai-phong") -> list[dict[str, Any]]:
    """Return every page of a portal's frontier with all that is known of it, by key."""
    return rows_of(home / slug / "frontier.sqlite")


def rows_of(path: Path) -> list[dict[str, Any]]:
    database = sqlite3.connect(path)
    try:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("select * from page order by url_key")]
    finally:
        database.close()


# A crawl has a process of its own, which can be killed and bounded; forked from one that has imported Scrapy,
# it starts at once.
_FORK = multiprocessing.get_context("forkserver")
_FORK.set_forkserver_preload(["tests.crawl.run_crawl", "scraper.spiders.run"])


class Crawling:
    """A crawl in a process of its own, with what it prints."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._out, self._err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        self._process = _FORK.Process(target=run_crawl_main, args=(spec, str(self._out), str(self._err)))
        self._process.start()

    @property
    def is_running(self) -> bool:
        return self._process.is_alive()

    def kill(self, number: int = signal.SIGKILL) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def stall(self) -> None:
        """Stop all its threads; a signal to stop reaches each when it next runs."""
        self.kill(signal.SIGSTOP)
        tasks = Path(f"/proc/{self._process.pid}/task")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            states = {path.read_text().rpartition(")")[2].split()[0] for path in tasks.glob("*/stat")}
            if states == {"T"}:
                return
            time.sleep(0.01)
        raise AssertionError("the crawl did not stop")

    def wait(self, seconds: float = 120) -> tuple[str, str]:
        """Return what was printed to stdout and stderr once the process has ended."""
        self._process.join(seconds)
        assert not self._process.is_alive(), "the crawl hangs"
        with self._folder:
            return (
                self._out.read_text(encoding="utf-8") if self._out.exists() else "",
                self._err.read_text(encoding="utf-8") if self._err.exists() else "",
            )


def start_crawl(
    portals: list[Portal], home: Path, environment: Mapping[str, str] | None = None, **options: Any
) -> Crawling:
    """Start a crawl."""
    contact = os.environ.get("CITYLEDGER_CONTACT", "")
    return Crawling(
        {
            "home": str(home),
            "options": options,
            "portals": [_plain(portal) for portal in portals],
            "environment": {"CITYLEDGER_CONTACT": contact, **(environment or {})},
        }
    )


def run_crawl(portals: list[Portal] | Portal, home: Path, **options: Any) -> dict[str, Any]:
    """Crawl to the end and return the report; nothing but it may be printed."""
    out, err = start_crawl(portals if isinstance(portals, list) else [portals], home, **options).wait()
    assert err == "", err
    report: dict[str, Any] = json.loads(out)
    return report


def run_crawl_main(spec: dict[str, Any], out: str, err: str) -> None:
    """What the forked process does."""
    from tests.crawl.run_crawl import main

    for path, descriptor in ((out, 1), (err, 2)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, descriptor)
    # The server that forks may be the one that the readers' processes come from: it never hears of a Ctrl-C.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.environ.update(spec["environment"])
    main(spec)
    sys.stdout.flush()


def _plain(portal: Portal) -> dict[str, Any]:
    record = {
        name: getattr(portal, name) for name in Portal.__slots__ if name not in ("discovery", "layouts")
    }
    record["article"] = [pattern.pattern for pattern in portal.article]
    return record | asdict(portal.discovery)
