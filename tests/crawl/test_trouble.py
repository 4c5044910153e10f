"""Whatever a server does, each page ends in one known outcome, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import re
import signal
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scraper.archive.reader import Captured, archive_files, archive_folder, read_archive
from tests.crawl.site import HOST, Page, Site, pages_of, portal_for, run_crawl, serving, start_crawl

CHALLENGE = (
    b'<html><body><script>document.cookie="D1N=7d793037a0760186574b0282f2f435e7"+"; expires=Fri, 31 Dec 2099 '
    b'23:59:59 GMT; path=/";window.location.reload(true);</script></body></html>'
)
LIMIT = 200_000
BODY = "<html><h1>Lê Chân</h1></html>".encode()


def redirect(to: str, status: int = 301) -> Page:
    return Page(status=status, headers={"Location": to}, has_etag=False)


def short(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(BODY)
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
    except OSError:
        pass


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def chunked(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n0\r\n\r\n")


class Flaky:
    """Fails so often, then answers."""

    def __init__(self, failures: int, *headers: tuple[str, str]) -> None:
        self.left = failures
        self.headers = headers

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        is_bad = self.left > 0
        self.left -= 1
        handler.send_response(503 if is_bad else 200)
        for name, value in self.headers if is_bad else ():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0" if is_bad else str(len(BODY)))
        handler.end_headers()
        handler.wfile.write(b"" if is_bad else BODY)


class BusyUntil(Flaky):
    """Fails once and names the second, as a date, from which on it answers."""

    def __init__(self) -> None:
        super().__init__(1)
        self.until = 0.0

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        now = time.time()
        self.until = self.until or int(now) + 2.0
        self.headers = (("Retry-After", formatdate(self.until, usegmt=True)),)
        self.left = int(now < self.until)
        super().__call__(handler)


# Name of the article, what the server does, the outcome archived last (None: nothing came), state, times
# asked.
CASES: dict[str, tuple[Page, str | None, str, int]] = {
    "tot": (Page(BODY), "ok", "done", 1),
    "rong": (Page(b""), "ok", "done", 1),
    "nen": (Page(gzip.compress(BODY), headers={"Content-Encoding": "gzip"}), "ok", "done", 1),
    "nen-hong": (
        Page(gzip.compress(BODY)[:-9], headers={"Content-Encoding": "gzip"}),
        "truncated",
        "failed",
        1,
    ),
    "tung-khuc": (Page(act=chunked), "ok", "done", 1),
    "mat": (Page(b"mat", status=404), "gone", "gone", 1),
    "xoa": (Page(b"xoa", status=410), "gone", "gone", 1),
    "cam-vao": (Page(b"cam", status=403), "error", "failed", 1),
    "hong": (Page(b"hong", status=500), "error", "failed", 3),
    "luc-dau-hong": (Page(act=Flaky(2)), "ok", "done", 3),
    "thu-lai-luc": (Page(act=BusyUntil()), "ok", "done", 2),
    "thu-lai-sau": (Page(act=Flaky(1, ("Retry-After", "1"))), "ok", "done", 2),
    "ve-trang-chu": (redirect("/"), "gone", "gone", 1),
    "sang-https": (redirect("https://www.hai-phong.test/sang-https.html?utm_source=a"), None, "done", 1),
    "doi-ten": (redirect("/ten-moi.html"), "redirect", "moved", 1),
    "ra-ngoai": (redirect("https://example.org/ra-ngoai.html"), "redirect", "failed", 1),
    "vao-trong": (redirect("http://127.0.0.1/vao-trong.html"), "redirect", "failed", 1),
    "vong": (redirect("/vong.html?utm_source=1"), None, "failed", 1),
    "thach": (Page(CHALLENGE), "challenge", "failed", 1),
    "ngan": (Page(act=short), "truncated", "failed", 3),
    "to": (Page(b"x" * (LIMIT + 1)), "too_large", "failed", 1),
    "to-mai": (Page(act=endless), "too_large", "failed", 1),
    "dut": (Page(act=reset), None, "failed", 3),
}


@dataclass
class Crawled:
    site: Site
    report: dict[str, Any]
    captured: dict[str, list[Captured]]
    pages: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("trouble")
    with serving(Site()) as site:
        for name, (page, *_) in CASES.items():
            site.pages[f"/{name}.html"] = page
        site.pages["/sang-https.html?utm_source=a"] = Page(BODY)
        for hop in range(1, 9):
            site.pages[f"/vong.html?utm_source={hop}"] = redirect(f"/vong.html?utm_source={hop + 1}")
        site.pages["/ten-moi.html"] = Page(BODY + b"moi")
        # Good pages between the bad ones: so many failures running would count as a portal that is down.
        names = [each for name in CASES for each in (name, f"xen-{name}")]
        for name in CASES:
            site.pages[f"/xen-{name}.html"] = Page(BODY + name.encode())
        site.sitemap(
            {f"/{name}.html": f"2024-01-01T00:00:{59 - place:02d}Z" for place, name in enumerate(names)}
        )
        portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
        report = run_crawl(portal, home, max_bytes=LIMIT, timeout=10)
        captured: dict[str, list[Captured]] = {}
        folder = archive_folder(home, "hai-phong")
        for file in archive_files(folder):
            for one in read_archive(folder, "hai-phong", file.name):
                captured.setdefault(one.fetch.url.partition(".test/")[2], []).append(one)
        pages = {str(row["url"]).partition(".test/")[2]: row for row in pages_of(home)}
        yield Crawled(site, report, captured, pages)


@pytest.mark.parametrize("name", CASES)
def test_each_trouble_has_its_outcome(crawled: Crawled, name: str) -> None:
    _, outcome, state, times = CASES[name]
    path = f"{name}.html"
    assert crawled.pages[path]["state"] == state
    assert crawled.site.paths().count(f"/{path}") == times
    assert crawled.pages[path]["due_at"] is not None
    if outcome is not None:
        assert crawled.captured[path][-1].fetch.outcome == outcome


def test_the_rest_goes_on(crawled: Crawled) -> None:
    report = crawled.report["portals"]["hai-phong"]
    assert report["stopped"] is None
    assert crawled.report["exit_code"] == 0
    assert all(crawled.pages[f"xen-{name}.html"]["state"] == "done" for name in CASES)
    failed = [name for name, (_, _, state, _) in CASES.items() if state == "failed"]
    assert report["failed"] == len(failed)
    told = " ".join(problem["detail"] for problem in report["problems"])
    assert all(f"/{name}.html" in told for name in failed)
    assert (report["gone"], report["moved"]) == (3, 1)
    assert report["requests"] == len(crawled.site.asked)


def test_bodies_come_back_as_they_were(crawled: Crawled) -> None:
    assert crawled.captured["nen.html"][0].body == BODY
    assert crawled.captured["tung-khuc.html"][0].body == BODY
    assert crawled.captured["ten-moi.html"][0].body == BODY + b"moi"
    assert crawled.captured["ngan.html"][-1].body == BODY
    assert all(len(crawled.captured[name][-1].body) <= LIMIT * 2 for name in ("to.html", "to-mai.html"))


def test_redirects_stay_on_the_portals_hosts(crawled: Crawled) -> None:
    assert {asked.host.removeprefix("www.") for asked in crawled.site.asked} == {HOST}
    astray = [
        p["detail"] for p in crawled.report["portals"]["hai-phong"]["problems"] if p["kind"] == "astray"
    ]
    assert len(astray) == 2
    assert crawled.captured["sang-https.html?utm_source=a"][0].fetch.outcome == "ok"
    assert (
        crawled.captured["sang-https.html?utm_source=a"][0].key == crawled.pages["sang-https.html"]["url_key"]
    )


def test_a_redirect_loop_ends(crawled: Crawled) -> None:
    asked = [path for path in crawled.site.paths() if path.startswith("/vong.html")]
    assert len(asked) == 6


def test_a_storm_of_failures_stops_the_portal_and_not_the_others(site: Site, home: Path) -> None:
    paths = [f"/bao-{number}.html" for number in range(60)]
    for path in paths:
        site.pages[path] = Page(b"x", status=500)
    site.sitemap(dict.fromkeys(paths))
    report = run_crawl(portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",)), home)
    assert report["exit_code"] == 1
    assert report["portals"]["hai-phong"]["stopped"] == "down"
    assert len(set(site.articles_asked())) < 40
    assert report["portals"]["hai-phong"]["waiting"] >= 20


def test_a_long_retry_after_leaves_the_portal_for_another_run(site: Site, home: Path) -> None:
    paths = [site.article(number) for number in range(30)]
    site.pages[paths[0]] = Page(b"x", status=503, headers={"Retry-After": "7200"})
    site.sitemap(dict.fromkeys(paths))
    report = run_crawl(portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",)), home)
    assert report["portals"]["hai-phong"]["stopped"] == "waiting"
    assert report["exit_code"] == 1
    assert len(site.articles_asked()) < 25


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254"])
def test_private_addresses_are_refused_without_connect(site: Site, home: Path, host: str) -> None:
    site.sitemap({site.article(1): None})
    portal = portal_for(
        None, base_url=f"http://{host}:{site.port}", hosts=(host.strip("[]"),), sitemaps=("/sitemap.xml",)
    )
    report = run_crawl(portal, home, timeout=5, retries=0)
    assert site.asked == []
    assert report["exit_code"] == 1
    assert "public address" in json.dumps(report["portals"]["hai-phong"]["problems"])


def certificate_for(host: str, folder: Path) -> Path:
    """Write a certificate that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "certificate.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused(home: Path, tmp_path: Path) -> None:
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_for("localhost", tmp_path))
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.sitemap({site.article(1): None})
    portal = portal_for(
        None, base_url=f"https://localhost:{site.port}", hosts=("localhost",), sitemaps=("/sitemap.xml",)
    )
    with serving(site):
        report = run_crawl(portal, home, retries=0, trusts_loopback=True)
    assert site.asked == []
    assert report["exit_code"] == 1
    assert "TLS certificate" in report["portals"]["hai-phong"]["problems"][0]["detail"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_what_is_in_hand_and_keeps_it(
    site: Site, home: Path, number: signal.Signals
) -> None:
    paths = [site.article(each) for each in range(400)]
    site.sitemap(dict.fromkeys(paths))
    site.delay = 0.02
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
    process = start_crawl([portal], home)
    deadline = time.monotonic() + 30
    while len(site.articles_asked()) < 20 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill(number)
    out, err = process.wait(30)
    assert err == ""
    report = json.loads(out)
    assert (report["signal"], report["exit_code"]) == (number, 128 + number)
    done = report["portals"]["hai-phong"]
    assert done["stopped"] == "signal"
    assert 0 < done["fetched"] < 400
    assert done["fetched"] == len(site.articles_asked())
    site.delay = 0
    rest = run_crawl(portal, home)["portals"]["hai-phong"]
    assert sorted(site.articles_asked()) == sorted(paths)
    assert (rest["recovered"], rest["torn_bytes"]) == (0, 0)


def test_a_full_disk_stops_the_crawl_and_loses_nothing(site: Site, home: Path) -> None:
    paths = [
        site.article(number, text=re.sub(r"\s", "", str(list(range(number, 4000))))) for number in range(150)
    ]
    site.sitemap(dict.fromkeys(paths))
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
    stopped = run_crawl(portal, home, file_bytes=300_000)
    assert (stopped["error"], stopped["exit_code"]) == ("HomeError", 1)
    assert "free some space" in stopped["message"]
    done = {str(row["url"]) for row in pages_of(home) if row["state"] == "done" and row["kind"] == "article"}
    folder = archive_folder(home, "hai-phong")
    kept = {
        one.fetch.url
        for file in archive_files(folder)
        for one in read_archive(folder, "hai-phong", file.name)
    }
    assert 0 < len(done) < 150
    assert done <= kept
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert report["fetched"] + len(done) + report["recovered"] >= 150
    ok = [
        one.fetch.url
        for file in archive_files(folder)
        for one in read_archive(folder, "hai-phong", file.name)
        if one.fetch.kind == "article"
    ]
    assert sorted(ok) == sorted(f"https://{HOST}{path}" for path in paths)
