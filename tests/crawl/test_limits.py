"""What a server may cost: addresses, bytes, headers, pages and time all have an end."""

from __future__ import annotations

import gzip
import json
import zlib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.reader import MAX_DECODED, archive_files, archive_folder, read_archive
from scraper.crawl.report import MAX_PAGES, CrawlOptions
from scraper.identity import MAX_URL, is_allowed
from scraper.spiders.addresses import is_public
from scraper.spiders.answers import MAX_HEADERS
from tests.crawl.site import HOST, HTML, Page, Site, pages_of, portal_for, run_crawl

PUBLIC = ["8.8.8.8", "103.9.200.1", "[2001:4860:4860::8888]", "[2002:808:808::1]"]
NOT_PUBLIC = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "192.0.0.192", "192.168.1.1", "198.18.0.1", "203.0.113.7", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "[::]", "[::1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]",
    "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2001:0:7f00:1::]",
    "[2002:7f00:1::]", "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25eth0]", "[ff02::1]",
]  # fmt: skip


def test_addresses_are_public_whatever_their_form() -> None:
    assert {host: is_public(host) for host in PUBLIC} == dict.fromkeys(PUBLIC, True)
    assert {host: is_public(host) for host in NOT_PUBLIC} == dict.fromkeys(NOT_PUBLIC, False)
    assert [is_public(host) for host in ("localhost", "2130706433", "0x7f.1", "127.1")] == [None] * 4


# Names that the system's resolver takes for addresses, or that lead to one: its answers are checked too.
@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "[::ffff:127.0.0.1]"]
)
def test_no_way_of_writing_an_address_leads_inside(site: Site, home: Path, host: str) -> None:
    site.sitemap({site.article(1): None})
    base = f"http://{host}:{site.port}"
    portal = portal_for(None, base_url=base, hosts=(host.strip("[]"),), sitemaps=("/sitemap.xml",))
    report = run_crawl(portal, home, timeout=5, retries=0)
    assert site.asked == []
    assert "public address" in json.dumps(report["portals"]["hai-phong"]["problems"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_portals_connect_opens_no_door(site: Site, home: Path, host: str) -> None:
    """The address that one portal's file names may not be reached in the name of another."""
    site.sitemap({site.article(1): None})
    served = portal_for(f"{host}:{site.port}", sitemaps=("/sitemap.xml",))
    base = f"http://{host}:{site.port}"
    inside = portal_for(None, "ben-trong", base_url=base, hosts=(host,), sitemaps=("/sitemap.xml",))
    report = run_crawl([served, inside], home, timeout=5, retries=0)
    assert report["portals"]["hai-phong"]["fetched"] == 1
    assert {asked.host for asked in site.asked} == {HOST}
    assert "public address" in json.dumps(report["portals"]["ben-trong"]["problems"])


def test_only_the_portals_hosts_ports_and_short_addresses_are_allowed() -> None:
    portal = portal_for(None)
    assert is_allowed(f"https://{HOST}/bai-viet", portal)
    overlong = f"https://{HOST}/" + "a" * MAX_URL
    others = [
        "https://evil.test/",
        f"https://{HOST}.evil.test/",
        f"https://{HOST}@evil.test/",
        f"https://{HOST}:22/",
    ]
    others += [f"ftp://{HOST}/", f"//{HOST}/", "javascript:alert(1)", f"https://evil.test/?{HOST}", overlong]
    others += [
        f"https://{HOST}\\@evil.test/",
        f"https://evil.test\\@{HOST}/",
        f"https://user@{HOST}/",
        "https://[::1",
    ]
    assert [url for url in others if is_allowed(url, portal)] == []


def headers_without_end(handler: BaseHTTPRequestHandler) -> None:
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(2_000_000):
            handler.wfile.write(b"X-%d: %s\r\n" % (number, b"x" * 500))


def one_long_header(handler: BaseHTTPRequestHandler) -> None:
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 50_000_000)


def interim_without_end(handler: BaseHTTPRequestHandler) -> None:
    with suppress(OSError):
        for _ in range(2_000_000):
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 20)


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes))
    return body + packer.flush()


@pytest.fixture(scope="module")
def large() -> bytes:
    return bomb(60)


def test_what_has_no_end_is_cut_off(site: Site, home: Path, large: bytes) -> None:
    """Headers, packed pages and encodings that nobody asked for: each its outcome, and little memory."""
    packed = {"Content-Encoding": "gzip"}
    site.pages |= {
        "/tot.html": Page(b"<h1>tot</h1>"),
        "/dau-dai.html": Page(act=headers_without_end),
        "/mot-dau.html": Page(act=one_long_header),
        "/dau-tam.html": Page(act=interim_without_end),
        "/bom.html": Page(large, headers=packed),
        "/bom-nho.html": Page(gzip.compress(gzip.compress(b"\0" * 20_000_000)), headers=packed),
        "/br.html": Page(b"x" * 20_000, headers={"Content-Encoding": "br"}),
        "/zstd.html": Page(b"\x28\xb5\x2f\xfd" + b"x" * 90, headers={"Content-Encoding": "zstd"}),
        "/hai-lan.html": Page(
            gzip.compress(gzip.compress(b"<h1>x</h1>")), headers={"Content-Encoding": "gzip, gzip"}
        ),
    }
    names = [path for path in site.pages if path.endswith(".html")]
    site.sitemap(dict.fromkeys(names))
    report = run_crawl(
        portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",)), home, retries=0, memory=900_000_000
    )
    states = {
        str(row["url"]).rpartition("/")[2]: row["state"] for row in pages_of(home) if row["kind"] == "article"
    }
    failed = {"dau-dai", "mot-dau", "dau-tam", "br", "zstd", "hai-lan"}
    assert {name.removesuffix(".html") for name, state in states.items() if state == "failed"} == failed
    told = json.dumps(report["portals"]["hai-phong"]["problems"])
    assert told.count("headers have no end") >= 2
    folder = archive_folder(home, "hai-phong")
    outcomes = {
        one.fetch.url.rpartition("/")[2]: (one.fetch.outcome, len(one.body))
        for file in archive_files(folder)
        for one in read_archive(folder, "hai-phong", file.name)
    }
    assert outcomes["tot.html"] == ("ok", 12)
    assert outcomes["bom.html"] == ("too_large", 0)
    assert outcomes["br.html"][0] == outcomes["zstd.html"][0] == outcomes["hai-lan.html"][0] == "error"
    assert all(size <= MAX_DECODED for _, size in outcomes.values())


def test_packed_discovery_pages_are_bounded(site: Site, home: Path, large: bytes) -> None:
    site.pages["/sitemap.xml"] = Page(large, "application/xml", headers={"Content-Encoding": "gzip"})
    site.pages["/sitemap.xml.gz"] = Page(bomb(80), "application/gzip")
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml", "/sitemap.xml.gz"))
    report = run_crawl(portal, home, memory=900_000_000)["portals"]["hai-phong"]
    assert "larger than is read" in report["failure"]
    assert report["found"] == 0


def test_entities_are_never_expanded(site: Site, home: Path) -> None:
    """A bomb names nothing and costs nothing; the links that stand beside it in plain words are taken."""
    path, grown = site.article(1), "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 20}'>" for n in range(1, 12))
    declared = f"<!DOCTYPE x [<!ENTITY a0 'ha'>{grown}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    rows = f"<url><loc>&a11;</loc></url><url><loc>&f;</loc></url><url><loc>https://{HOST}{path}</loc></url>"
    site.pages["/sitemap.xml"] = Page(f"{declared}<urlset>{rows}</urlset>".encode(), "application/xml")
    items = f"<item><link>&a11;</link></item><item><link>https://{HOST}{path}</link></item>"
    site.pages["/feed/"] = Page(
        f"{declared}<rss><channel>{items}</channel></rss>".encode(), "application/xml"
    )
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",), feeds=("/feed/",))
    report = run_crawl(portal, home, memory=900_000_000)["portals"]["hai-phong"]
    assert (report["failure"], report["found"], report["fetched"]) == (None, 1, 1)


def test_pages_time_and_what_is_found_end(site: Site, home: Path) -> None:
    for number in range(4):
        site.sitemap({site.article(10 * number + each): None for each in range(10)}, f"/sitemap-{number}.xml")
    portal = portal_for(
        f"127.0.0.1:{site.port}", sitemaps=tuple(f"/sitemap-{number}.xml" for number in range(4))
    )

    def crawl(name: str, **options: Any) -> dict[str, Any]:
        found: dict[str, Any] = run_crawl(portal, home / name, **options)["portals"]["hai-phong"]
        return found

    pages = crawl("pages", max_pages=7)
    assert (pages["stopped"], pages["fetched"], pages["waiting"]) == ("pages", 7, 33)
    few = crawl("discovery", max_discovery=2)
    assert (few["found"], few["fetched"]) == (20, 20)
    assert [problem["kind"] for problem in few["problems"]] == ["flooded"]
    flood = crawl("found", max_found=15)
    assert flood["found"] <= 40
    site.delay = 0.1
    late = crawl("time", max_seconds=0.5)
    assert late["stopped"] == "time"
    assert late["waiting"] > 0


def test_the_bounds_are_those_that_are_written_down() -> None:
    options = CrawlOptions()
    written = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    for value in (
        f"{options.max_bytes // 1024**2} MiB",
        f"{MAX_DECODED // 1024**2} MiB",
        f"{MAX_HEADERS // 1024} KiB",
        f"{options.timeout:g} s",
        f"{options.max_seconds / 3600:g} h" if options.max_seconds else "",
        f"{MAX_PAGES:,}",
        f"{options.max_discovery:,}",
        f"{options.max_found:,}",
        f"{MAX_URL:,}",
    ):
        assert f"| {value} " in written, value


def test_no_file_is_named_by_a_page(site: Site, home: Path) -> None:
    evil = [
        "/../../../etc/passwd.html",
        "/a%2f..%2f..%2fx.html",
        "/%00.html",
        "/CON.html",
        "/a\\b.html",
        "/~.html",
    ]
    for path in evil:
        site.pages[path] = Page(
            b"<h1>x</h1>", HTML, headers={"Content-Disposition": 'attachment; filename="../x"'}
        )
    rows = "".join(f"<url><loc>https://{HOST}{path}</loc></url>" for path in evil)
    site.pages["/sitemap.xml"] = Page(f"<urlset>{rows}</urlset>".encode(), "application/xml")
    run_crawl(portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",)), home)
    names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    lease = {"hai-phong/crawl.lock", "hai-phong/crawl-000001.lease"}
    known = {"hai-phong/frontier.sqlite", *lease, "logs/crawl.log"}
    others = {name for name in names if not name.startswith("hai-phong/frontier.sqlite-")} - known
    assert len(others) == 1
    assert next(iter(others)).startswith("hai-phong/archive/hai-phong-2")
    assert {path.name for path in home.parent.iterdir()} == {home.name}
