"""A portal that is broken is a portal that failed, and says where; what a portal may lack fails nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.crawl.frontier import Frontier, Verdict
from scraper.portal import Portal
from tests.crawl.site import HOST, XML, Page, Site, pages_of, portal_for, run_crawl
from tests.crawl.test_trouble import CHALLENGE

NIGHT = datetime(2026, 1, 1, 18, tzinfo=UTC)
HERE = f"https://{HOST}"


def portal_of(site: Site, **more: Any) -> Portal:
    return portal_for(f"127.0.0.1:{site.port}", **more)


def crawled(portal: Portal, home: Path, nights: int = 0, **more: Any) -> tuple[int, dict[str, Any]]:
    """Return the exit code and the portal's report of a crawl so many nights after the first."""
    report = run_crawl(portal, home, now=(NIGHT + timedelta(days=nights)).isoformat(), retries=0, **more)
    return report["exit_code"], report["portals"]["hai-phong"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (None, "is not there (HTTP 404 Not Found): mend [discovery] in the portal's file"),
        (Page(status=410), "is not there (HTTP 410 Gone): mend [discovery] in the portal's file"),
        (Page(status=403), "answers HTTP 403 Forbidden"),
        (Page(status=500), "answers HTTP 500 Internal Server Error"),
        (Page(CHALLENGE), "answers with a cookie challenge or a block page"),
        (
            Page(status=302, headers={"Location": "https://example.org/"}),
            "is redirected to where the portal's hosts end",
        ),
    ],
    ids=["missing", "gone", "forbidden", "failing", "challenged", "astray"],
)
def test_a_broken_page_that_the_portals_file_names(
    site: Site, home: Path, page: Page | None, said: str
) -> None:
    site.sitemap({site.article(1): None})
    if page is not None:
        site.pages["/tin"] = page
    code, report = crawled(portal_of(site, sitemaps=("/sitemap.xml",), listings=("/tin",)), home)
    assert code == 1
    assert report["failure"] == f"the listing {HERE}/tin {said}"
    assert report["problems"][0]["detail"] == report["failure"]
    assert (report["stopped"], report["fetched"]) == (None, 1)


def test_a_page_that_robots_forbids(site: Site, home: Path) -> None:
    code, report = crawled(portal_of(site, listings=("/cam/tin",)), home)
    assert code == 1
    assert (
        report["failure"]
        == f"the listing {HERE}/cam/tin may not be asked for: robots.txt forbids {HERE}/cam/tin"
    )


def test_a_portal_may_lack_what_its_family_has(site: Site, home: Path) -> None:
    site.listing([[site.article(1)]])
    family: dict[str, Any] = {
        "sitemaps": ("/wp-sitemap.xml",),
        "feeds": ("/feed/",),
        "api": "/wp-json/wp/v2/posts",
    }
    site.pages["/feed/"] = Page(status=403)
    code, report = crawled(
        portal_of(site, listings=("/tin-tuc",), named=frozenset({"listing"}), **family), home
    )
    assert (code, report["failure"], report["fetched"]) == (0, None, 1)
    told = [problem["detail"].split(" ")[1] for problem in report["problems"]]
    assert sorted(told) == ["api", "feed", "sitemap"]


def test_a_portal_that_has_nothing_of_its_family(site: Site, home: Path) -> None:
    portal = portal_of(site, sitemaps=("/wp-sitemap.xml",), feeds=("/feed/",), named=frozenset())
    code, report = crawled(portal, home)
    assert code == 1
    assert report["failure"].startswith(
        f"the sitemap {HERE}/wp-sitemap.xml is not there (HTTP 404 Not Found)"
    )
    assert report["failure"].endswith("(and 1 more of the 2 pages where its crawl begins)")
    assert {problem["detail"].split(" ")[1] for problem in report["problems"]} == {"sitemap", "feed"}


def test_what_was_there_before_must_stay(site: Site, home: Path) -> None:
    path = site.article(1)
    site.sitemap({path: None})
    site.feed([path])
    portal = portal_of(site, sitemaps=("/sitemap.xml",), feeds=("/feed/",), named=frozenset())
    assert crawled(portal, home)[0] == 0
    del site.pages["/feed/"]
    for night in (1, 2):
        code, report = crawled(portal, home, night)
        assert code == 1
        assert report["failure"].startswith(f"the feed {HERE}/feed/ is not there")


def test_a_listing_that_names_nothing_any_more(site: Site, home: Path) -> None:
    site.sitemap({site.article(1): None})
    site.listing([[site.article(2)]])
    portal = portal_of(site, sitemaps=("/sitemap.xml",), listings=("/tin-tuc",))
    assert crawled(portal, home)[0] == 0
    site.pages["/tin-tuc"] = Page("<h1>Không tìm thấy trang</h1>".encode())
    for night in (1, 2):  # The second night the same bytes come: they must not pass for unchanged and well.
        code, report = crawled(portal, home, night)
        assert code == 1
        assert report["failure"].startswith(f"the listing {HERE}/tin-tuc names no article")
    site.listing([[site.article(2), site.article(3)]])
    code, report = crawled(portal, home, 3)
    assert (code, report["new"]) == (0, 1)


def test_a_feed_may_be_empty_for_a_while(site: Site, home: Path) -> None:
    path = site.article(1)
    site.sitemap({path: None})
    site.feed([path])
    portal = portal_of(site, sitemaps=("/sitemap.xml",), feeds=("/feed/",))
    assert crawled(portal, home)[0] == 0
    site.feed([])
    code, report = crawled(portal, home, 1)
    assert code == 0
    (told,) = report["problems"]
    assert told["detail"].startswith(f"the feed {HERE}/feed/ names no article")


def test_nothing_is_found(site: Site, home: Path) -> None:
    code, report = crawled(portal_of(site), home)
    assert (code, report["failure"].split(":")[0]) == (1, "nothing says where its articles are found")
    index = f"<sitemapindex><sitemap><loc>{HERE}/s1.xml</loc></sitemap></sitemapindex>"
    site.pages["/sitemap.xml"] = Page(index.encode(), XML)
    site.sitemap({"/lien-he": None}, "/s1.xml")
    for night in (1, 2):
        code, report = crawled(portal_of(site, sitemaps=("/sitemap.xml",)), home, night)
        assert (code, report["failure"].split(":")[0]) == (
            1,
            "no article was found from its 1 discovery pages",
        )


def test_a_storm_of_challenges_stops_the_portal(site: Site, home: Path) -> None:
    paths = [f"/thach-{number}.html" for number in range(60)]
    for path in paths:
        site.pages[path] = Page(CHALLENGE)
    site.sitemap(dict.fromkeys(paths))
    code, report = crawled(portal_of(site, sitemaps=("/sitemap.xml",)), home)
    assert (code, report["stopped"]) == (1, "down")
    assert "with a cookie challenge" in report["failure"]
    assert len(site.articles_asked()) < 40


def test_articles_that_are_all_challenged(site: Site, home: Path) -> None:
    for number in (1, 2):
        site.pages[f"/thach-{number}.html"] = Page(CHALLENGE)
    site.sitemap({"/thach-1.html": None, "/thach-2.html": None})
    portal = portal_of(site, sitemaps=("/sitemap.xml",))
    for night in (0, 1):
        code, report = crawled(portal, home, night)
        assert code == 1
        assert report["failure"].startswith("none of 2 articles asked for could be had: the article")
    site.sitemap({"/thach-1.html": None, "/thach-2.html": None, site.article(3): None})
    assert crawled(portal, home, 2)[0] == 0
    # Pages that fail for ever do not make the portal fail in a night that asks for nothing else.
    with Frontier(home / "hai-phong" / "frontier.sqlite") as frontier:
        frontier.record_verdicts([Verdict(key_of(home, "bai-viet"), "t", "article", "2019-01-01")])
    code, report = crawled(portal, home, 9)
    assert (code, report["failed"]) == (0, 2)


@pytest.mark.parametrize("kind", ["gone", "challenge"])
def test_a_page_that_the_load_refused_is_asked_for_and_archived_whole(
    site: Site, home: Path, kind: str
) -> None:
    path = site.article(1, "Không tìm thấy trang", headers={"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"})
    site.sitemap({path: None, site.article(2): None})
    portal = portal_of(site, sitemaps=("/sitemap.xml",))
    crawled(portal, home)
    with Frontier(home / "hai-phong" / "frontier.sqlite") as frontier:
        frontier.record_verdicts([Verdict(key_of(home, path), None, kind)])
    site.forget()
    _, report = crawled(portal, home, 2)
    asked = {one.path: one for one in site.asked}
    assert "If-None-Match" not in asked[path].headers
    assert "If-Modified-Since" not in asked[path].headers
    assert asked["/bai-viet-so-2.html"].status == 304
    folder = archive_folder(home, "hai-phong")
    kept = [
        (one.is_revisit, one.fetch.outcome, one.body)
        for file in archive_files(folder)
        for one in read_archive(folder, "hai-phong", file.name)
        if one.fetch.url.endswith(path)
    ]
    assert kept == [(False, "ok", site.pages[path].body)] * 2
    assert (report["fetched"], report["new"]) == (1, 0)


def key_of(home: Path, part: str) -> str:
    (key,) = [str(row["url_key"]) for row in pages_of(home) if part in str(row["url"])]
    return key
