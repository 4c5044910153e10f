"""Pages of status 200 that ask for a cookie by script: a trouble, or answered once where the file says so."""

from __future__ import annotations

import gzip
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from scraper.archive.reader import Captured, archive_files, archive_folder, read_archive
from scraper.crawl.challenge import cookie_asked_for
from tests.crawl.site import HOST, Page, Site, pages_of, portal_for, run_crawl

COOKIE = "D1N=7d793037a0760186574b0282f2f435e7"
CHALLENGE = (
    f'<html><body><script>document.cookie="{COOKIE}"+"; expires=Fri, 31 Dec 2099 23:59:59 GMT; path=/";'
    "window.location.reload(true);</script></body></html>"
).encode()


class Gate:
    """Lets a page through where the cookie comes with the request, and challenges everybody else."""

    def __init__(self, page: Page, cookie: str = COOKIE, is_packed: bool = False) -> None:
        self.page, self.cookie, self.is_packed = page, cookie, is_packed

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        is_known = self.cookie in handler.headers.get("Cookie", "")
        body = self.page.body if is_known else CHALLENGE
        packed = gzip.compress(body) if self.is_packed else body
        handler.send_response(200)
        handler.send_header("Content-Type", self.page.content_type if is_known else "text/html")
        if self.is_packed:
            handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)


def guard(site: Site, cookie: str = COOKIE) -> list[str]:
    paths = [site.article(number) for number in range(5)]
    site.sitemap(dict.fromkeys(paths))
    for path, page in list(site.pages.items()):
        site.pages[path] = replace(page, act=Gate(page, cookie, is_packed=path == paths[0]))
    return paths


def records(home: Path) -> list[Captured]:
    folder = archive_folder(home, "hai-phong")
    return [one for file in archive_files(folder) for one in read_archive(folder, "hai-phong", file.name)]


def test_the_cookie_is_set_once_where_the_file_says_so(site: Site, home: Path) -> None:
    paths = guard(site)
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",), sets_cookie=True)
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert (report["failure"], report["fetched"], report["cookies_set"]) == (None, 5, 1)
    told = [problem["detail"] for problem in report["problems"]]
    assert told == [f"{HOST} asked for the cookie D1N by script: set once, as its file says"]
    with_cookie = [asked.path for asked in site.asked if asked.headers.get("Cookie") == COOKIE]
    assert sorted(with_cookie) == sorted(["/robots.txt", "/sitemap.xml", *paths])
    assert [asked.path for asked in site.asked if "Cookie" not in asked.headers] == ["/robots.txt"]
    kept = records(home)
    assert [one.fetch.outcome for one in kept].count("challenge") == 1
    assert {one.fetch.outcome for one in kept if one.fetch.kind == "article"} == {"ok"}
    assert {row["state"] for row in pages_of(home)} == {"done"}


def test_without_the_option_no_cookie_is_sent_and_the_portal_has_failed(site: Site, home: Path) -> None:
    guard(site)
    report = run_crawl(portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",)), home)
    assert report["exit_code"] == 1
    found = report["portals"]["hai-phong"]
    assert "cookie challenge" in found["failure"]
    assert found["cookies_set"] == 0
    assert not [asked for asked in site.asked if "Cookie" in asked.headers]


def test_a_host_that_asks_again_is_taken_at_its_word(site: Site, home: Path) -> None:
    guard(site, cookie="D1N=never")
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",), sets_cookie=True)
    found = run_crawl(portal, home)["portals"]["hai-phong"]
    assert "cookie challenge" in found["failure"]
    assert found["cookies_set"] == 1
    assert site.paths() == ["/robots.txt", "/robots.txt", "/sitemap.xml"]


def test_each_host_has_its_own_cookie(site: Site, home: Path) -> None:
    paths, other = guard(site), site.article(77)
    page = site.pages["/sitemap.xml"]
    row = f"<url><loc>https://anh.test{other}</loc></url></urlset>".encode()
    page.act = Gate(replace(page, body=page.body.replace(b"</urlset>", row)))
    portal = portal_for(
        f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",), sets_cookie=True, hosts=(HOST, "anh.test")
    )
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert (report["fetched"], report["cookies_set"]) == (len(paths) + 1, 2)
    elsewhere = [asked for asked in site.asked if asked.host == "anh.test"]
    assert [asked.path for asked in elsewhere] == ["/robots.txt", "/robots.txt", other]
    assert "Cookie" not in elsewhere[0].headers  # Its own challenge is what it is sent one for.


@pytest.mark.parametrize(
    ("script", "cookie"),
    [
        (CHALLENGE.decode(), COOKIE),
        ("document.cookie = 'a' + \"=1\" + '; path=/';location.reload()", "a=1"),
        ('document.cookie="a=1"\nlocation.reload()', "a=1"),
        ('document.cookie="a="+value+";path=/";location.reload()', None),
        ('document.cookie=toHex(slowAES.decrypt(c,2,a,b))+"; path=/";location.href="/"', None),
        ('document.cookie="a=\\x31";location.reload()', None),
        ('document.cookie="a=1";document.cookie="b=2";location.reload()', None),
        ('document.cookie="a=1"+"";eval("x")', "a=1"),
        ('document.cookie="a=1".replace("1","2");location.reload()', None),
        ('document.cookie="a=1\r\nX-Injected: 1";location.reload()', None),
        ('document.cookie="a b=1";location.reload()', None),
        ('document.cookie="=1";location.reload()', None),
        ('if(document.cookie=="a=1")location.reload()', None),
        (f'document.cookie="a={"1" * 600}";location.reload()', None),
        ("location.reload()", None),
    ],
)
def test_a_cookie_is_read_from_literals_alone(script: str, cookie: str | None) -> None:
    assert cookie_asked_for(script.encode()) == cookie
