"""robots.txt that changes, forbids, is a page, is huge, or cannot be unpacked."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.site import Page, Site, pages_of, portal_for, run_crawl

NIGHT = datetime(2026, 11, 23, 2, tzinfo=UTC)


def crawl(site: Site, home: Path, night: int = 0) -> dict[str, Any]:
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
    now = (NIGHT + timedelta(days=night)).isoformat()
    found: dict[str, Any] = run_crawl(portal, home, now=now, retries=0)["portals"]["hai-phong"]
    return found


def robots(site: Site, rules: bytes, content_type: str = "text/plain", **headers: str) -> None:
    site.pages["/robots.txt"] = Page(rules, content_type, headers=headers)


def test_what_it_says_tonight_counts(site: Site, home: Path) -> None:
    """A page fetched before is not asked for once it is forbidden, and again once it is allowed."""
    paths = [site.article(number) for number in range(4)]
    site.sitemap(dict.fromkeys(paths[:2]))
    assert crawl(site, home)["fetched"] == 2
    site.forget()
    robots(site, b"User-agent: *\nDisallow: /bai-viet-so-1\nDisallow: /bai-viet-so-3\n")
    site.sitemap(dict.fromkeys(paths))
    second = crawl(site, home, 9)
    assert sorted(site.articles_asked()) == [paths[0], paths[2]]
    assert second["refused"] == 2
    states = {str(row["url"])[-12:]: row["state"] for row in pages_of(home) if row["kind"] == "article"}
    assert {path[-12:]: states[path[-12:]] for path in (paths[1], paths[3])} == dict.fromkeys(
        (paths[1][-12:], paths[3][-12:]), "refused"
    )
    site.forget()
    robots(site, b"User-agent: *\nDisallow:\n")
    assert crawl(site, home, 60)["failure"] is None
    assert sorted(site.articles_asked()) == paths


def test_a_whole_portal_that_is_forbidden_has_failed_and_is_not_asked(site: Site, home: Path) -> None:
    site.sitemap({site.article(1): None})
    robots(site, b"User-agent: *\nDisallow: /\n")
    report = crawl(site, home)
    assert site.paths() == ["/robots.txt"]
    assert "robots.txt forbids" in report["failure"]


def test_a_page_in_its_place_allows_all_and_is_told(site: Site, home: Path) -> None:
    site.sitemap({site.article(1): None})
    robots(
        site, "\r\n<!DOCTYPE html><html><h1>Trang chủ</h1>User-agent: *\nDisallow: /".encode(), "text/html"
    )
    report = crawl(site, home)
    assert [problem["kind"] for problem in report["problems"]] == ["robots_html"]


@pytest.mark.parametrize(
    "location", ["http://[bad", "//", "javascript:alert(1)", "https://example.org/robots.txt"]
)
def test_a_redirect_to_nowhere_ends(site: Site, home: Path, location: str) -> None:
    site.sitemap({site.article(1): None})
    site.pages["/robots.txt"] = Page(status=301, headers={"Location": location}, has_etag=False)
    report = crawl(site, home)
    assert site.paths()[0] == "/robots.txt"
    assert (report["stopped"] == "robots") is (location == "http://[bad")
    assert {asked.host for asked in site.asked} == {"hai-phong.test"}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_a_huge_one_is_obeyed_as_far_as_it_is_read(site: Site, home: Path, mark: bytes) -> None:
    """Rules of many stars are no trap either: they are matched in time that grows with their length."""
    site.sitemap({site.article(1): None, "/" + "a" * 1_500 + ".html": None})
    stars = b"Disallow: /" + b"*a" * 500 + b"b\n"
    filler = b"Disallow: /khong-co-trang-nay\n" * 10_000
    robots(site, mark + b"User-agent: *\n" + stars * 50 + b"Disallow: /bai-viet\n" + filler * 30)
    report = crawl(site, home)
    assert len(site.pages["/robots.txt"].body) > 8_000_000
    assert site.paths() == ["/robots.txt", "/sitemap.xml", "/" + "a" * 1_500 + ".html"]
    assert report["refused"] == 1


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"User-agent: *\n" * 3_000_000), "gzip"),
        (b"\x1f\x8bbroken", "gzip"),
        (b"User-agent: *", "br"),
    ],
    ids=["bomb", "broken", "br"],
)
def test_one_that_cannot_be_unpacked_forbids_all(site: Site, home: Path, body: bytes, encoding: str) -> None:
    site.sitemap({site.article(1): None})
    robots(site, body, **{"Content-Encoding": encoding})
    report = crawl(site, home)
    assert site.paths() == ["/robots.txt"]
    assert (report["stopped"], report["fetched"]) == ("robots", 0)
    assert "cannot be unpacked" in report["failure"]
