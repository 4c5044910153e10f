"""Whole crawls of a small portal over real HTTP: first, again, edited, bounded, several at once."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.crawl.crawl import CrawlOptions, crawl, fetch_page
from scraper.crawl.frontier import Frontier, Verdict
from scraper.crawl.lease import Lease
from scraper.errors import HomeError, LockedError, UsageError
from scraper.portal import Portal
from scraper.version import VERSION
from tests.crawl.site import HOST, ROOT, XML, Page, Site, pages_of, portal_for, run_crawl

WAYS: dict[str, Any] = {"sitemaps": ("/sitemap.xml",), "feeds": ("/feed/",), "listings": ("/tin-tuc",)}


def portal_of(site: Site, **more: Any) -> Portal:
    return portal_for(f"127.0.0.1:{site.port}", **(WAYS | more))


def publish(site: Site, count: int = 24) -> list[str]:
    paths = [site.article(number) for number in range(count)]
    third = count // 3
    site.sitemap(dict.fromkeys(paths[:third], "2024-01-02T03:04:05+07:00"))
    site.feed(paths[third - 2 : 2 * third])
    rest = paths[2 * third - 2 :]
    site.listing([rest[start : start + 4] for start in range(0, len(rest), 4)])
    return paths


def archived(home: Path, slug: str = "hai-phong") -> list[tuple[str, str, str]]:
    folder = archive_folder(home, slug)
    return [
        (one.fetch.kind, one.fetch.url, one.fetch.outcome)
        for file in archive_files(folder)
        for one in read_archive(folder, slug, file.name)
    ]


def test_a_first_crawl_fetches_everything_once_and_a_second_next_to_nothing(site: Site, home: Path) -> None:
    paths = publish(site)
    first = run_crawl(portal_of(site), home)
    report = first["portals"]["hai-phong"]
    assert first["exit_code"] == 0
    assert sorted(site.articles_asked()) == sorted(paths)
    assert (report["found"], report["fetched"], report["new"], report["failed"]) == (24, 24, 24, 0)
    assert report["requests"] == len(site.asked)
    assert report["problems"] == []
    articles = [url for kind, url, outcome in archived(home) if (kind, outcome) == ("article", "ok")]
    assert sorted(articles) == sorted(f"https://{HOST}{path}" for path in paths)
    assert {kind for kind, *_ in archived(home)} == {"robots", "sitemap", "feed", "listing", "article"}
    asked = site.asked[0].headers
    assert asked["User-Agent"] == f"CityLedger/{VERSION} (+contact not set)"
    assert {one.host for one in site.asked} == {HOST}

    site.forget()
    again = run_crawl(portal_of(site), home)["portals"]["hai-phong"]
    assert sorted(site.paths()) == ["/feed/", "/robots.txt", "/sitemap.xml", "/tin-tuc"]
    assert sorted(one.status for one in site.asked) == [200, 304, 304, 304]
    assert (again["found"], again["fetched"], again["requests"]) == (0, 0, 4)


def test_the_home_holds_only_what_is_said(site: Site, home: Path) -> None:
    publish(site, 3)
    run_crawl(portal_of(site), home)
    names = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    archive = {name for name in names if name.startswith("hai-phong/archive/hai-phong-")}
    assert len(archive) == 1
    lease = {"hai-phong/crawl.lock", "hai-phong/crawl-000001.lease"}
    assert names - archive <= {"hai-phong/frontier.sqlite", *lease, "logs/crawl.log"}


def test_what_robots_forbids_is_never_asked_for(site: Site, home: Path) -> None:
    allowed = site.article(1)
    site.pages["/cam/bai-mat.html"] = Page(b"<p>x</p>")
    site.sitemap({allowed: None, "/cam/bai-mat.html": None})
    portal = portal_of(site, feeds=(), listings=(), article=(re.compile(r"/.+\.html"),))
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert site.articles_asked() == [allowed]
    assert (report["refused"], report["failed"]) == (1, 0)
    site.forget()
    run_crawl(portal, home)
    assert site.articles_asked() == []


@pytest.mark.parametrize(("status", "articles"), [(404, 1), (403, 1), (503, 0), (429, 0)])
def test_robots_that_cannot_be_had(site: Site, home: Path, status: int, articles: int) -> None:
    site.sitemap({site.article(1): None})
    site.pages["/robots.txt"] = Page(b"nothing here", "text/plain", status)
    report = run_crawl(portal_of(site, feeds=(), listings=()), home)
    assert len(site.articles_asked()) == articles
    assert report["exit_code"] == (0 if articles else 1)
    if not articles:
        assert report["portals"]["hai-phong"]["stopped"] == "robots"
        assert f"robots.txt says {status}" in report["portals"]["hai-phong"]["problems"][0]["detail"]


def test_due_articles_are_asked_for_conditionally(site: Site, home: Path) -> None:
    paths = publish(site, 6)
    site.pages[paths[2]].has_etag = False
    site.pages[paths[3]].has_etag = False
    site.pages[paths[3]].headers["Last-Modified"] = "Tue, 02 Jan 2024 03:04:05 GMT"
    begin = datetime(2024, 1, 3, tzinfo=UTC)
    run_crawl(portal_of(site), home, now=begin.isoformat())
    site.article(4, "Đã sửa")
    site.forget()
    later = run_crawl(portal_of(site), home, now=(begin + timedelta(days=1)).isoformat())["portals"][
        "hai-phong"
    ]
    statuses = {one.path: one.status for one in site.asked if one.path in paths}
    # The articles of the feed are of 2023: not due. The others are young, by lastmod or for want of any date.
    assert statuses[paths[0]] == statuses[paths[1]] == 304
    asked = {one.path: one.headers for one in site.asked}
    assert set(statuses) >= {paths[0], paths[1], paths[4], paths[5]}
    assert later["why"]["age"] == len(statuses)
    assert (later["fetched"], later["new"]) == (1, 0)
    assert later["not_modified"] == sum(status == 304 for status in statuses.values())
    for path in {paths[2], paths[3]} & set(asked):
        assert "If-None-Match" not in asked[path]
    records = [one for one in archived(home) if one[1].endswith(paths[0])]
    assert [outcome for *_, outcome in records] == ["ok", "not_modified"]


def test_an_unchanged_body_is_kept_once(site: Site, home: Path) -> None:
    path = site.article(1, has_etag=False)
    site.sitemap({path: None})
    portal = portal_of(site, feeds=(), listings=())
    run_crawl(portal, home)
    report = run_crawl(portal, home, full=True)["portals"]["hai-phong"]
    assert site.articles_asked() == [path, path]
    assert (report["unchanged"], report["fetched"], report["not_modified"]) == (1, 0, 0)
    folder = archive_folder(home, "hai-phong")
    captured = [
        one
        for file in archive_files(folder)
        for one in read_archive(folder, "hai-phong", file.name)
        if one.fetch.kind == "article"
    ]
    assert [(one.is_revisit, one.fetch.outcome, one.fetch.http_status) for one in captured] == [
        (False, "ok", 200), (True, "not_modified", 200)
    ]  # fmt: skip
    assert captured[0].fetch.payload_digest == captured[1].fetch.payload_digest


def test_an_edited_page_is_found_by_its_lastmod(site: Site, home: Path) -> None:
    paths = [site.article(number) for number in range(5)]
    site.sitemap(dict.fromkeys(paths, "2024-01-02T03:04:05+07:00"))
    portal = portal_of(site, feeds=(), listings=())
    run_crawl(portal, home)
    site.article(3, "Đã sửa")
    site.sitemap(dict.fromkeys(paths, "2024-01-02T03:04:05+07:00") | {paths[3]: "2024-02-02T03:04:05+07:00"})
    site.forget()
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert site.articles_asked() == [paths[3]]
    assert (report["fetched"], report["new"], report["why"]["lastmod"]) == (1, 0, 1)


def test_a_sitemap_index_asks_only_for_the_parts_that_changed(site: Site, home: Path) -> None:
    def index(day: str) -> None:
        rows = "".join(
            f"<sitemap><loc>https://{HOST}/s{number}.xml</loc>"
            f"<lastmod>{day if number == 2 else '2024-01-01'}</lastmod></sitemap>"
            for number in (1, 2, 3)
        )
        site.pages["/sitemap.xml"] = Page(f"<sitemapindex>{rows}</sitemapindex>".encode(), XML)

    for number in (1, 2, 3):
        site.sitemap({site.article(number): "2024-01-01"}, f"/s{number}.xml")
    index("2024-01-01")
    portal = portal_of(site, feeds=(), listings=())
    run_crawl(portal, home)
    assert len(site.articles_asked()) == 3
    site.sitemap({site.article(2): "2024-01-01", site.article(9): "2024-01-05"}, "/s2.xml")
    index("2024-01-05")
    site.forget()
    run_crawl(portal, home)
    assert site.paths() == ["/robots.txt", "/sitemap.xml", "/s2.xml", "/bai-viet-so-9.html"]


def test_a_listing_stops_at_what_is_known(site: Site, home: Path) -> None:
    old = [site.article(number) for number in range(12)]
    site.listing([old[start : start + 3] for start in range(0, 12, 3)])
    portal = portal_of(site, feeds=(), sitemaps=())
    run_crawl(portal, home)
    new = [site.article(number) for number in (20, 21)]
    both = new + old
    site.listing([both[start : start + 3] for start in range(0, 14, 3)])
    site.forget()
    run_crawl(portal, home)
    assert site.paths()[:3] == ["/robots.txt", "/tin-tuc", "/tin-tuc/page/2"]
    assert sorted(site.paths()[3:]) == sorted(new)


def test_numbered_listings_and_wp_json(site: Site, home: Path) -> None:
    paths = [site.article(number) for number in range(8)]
    for number in (1, 2, 3):
        links = "".join(f"<a href='{path}'>x</a>" for path in paths[2 * number - 2 : 2 * number])
        site.pages["/muc" if number == 1 else f"/muc/page/{number}"] = Page(links.encode())
    order = "per_page=100&orderby=modified&order=desc&_fields=link,date_gmt,modified_gmt"
    first = f"/wp-json/wp/v2/posts?{order}&page=1"
    posts = [{"link": f"https://{HOST}{path}", "modified_gmt": "2024-01-01T00:00:00"} for path in paths[6:]]
    site.pages[first] = Page(json.dumps(posts).encode(), "application/json")
    portal = portal_of(
        site,
        sitemaps=(),
        feeds=(),
        listings=("/muc",),
        listing_next="{url}/page/{page}",
        api="/wp-json/wp/v2/posts",
    )
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert sorted(site.articles_asked()) == sorted(paths)
    assert site.paths().count("/muc/page/4") == 1  # The page behind the last is how a numbered listing ends.
    assert (report["failed"], report["problems"]) == (0, [])


def test_bounds_of_a_run(site: Site, home: Path) -> None:
    paths = publish(site)
    report = run_crawl(portal_of(site), home, max_pages=5)["portals"]["hai-phong"]
    assert len(site.articles_asked()) == 5
    assert report["stopped"] == "pages"
    assert report["waiting"] > 0
    run_crawl(portal_of(site), home)
    assert sorted(site.articles_asked()) == sorted(paths)


def test_since_and_until(site: Site, home: Path) -> None:
    paths = [site.article(number) for number in range(4)]
    site.sitemap({paths[0]: "2020-05-05", paths[1]: "2021-05-05", paths[2]: "2022-05-05", paths[3]: None})
    portal = portal_of(site, feeds=(), listings=())
    run_crawl(portal, home, since="2021-01-01T00:00:00+07:00", until="2022-01-01T00:00:00+07:00")
    assert sorted(site.articles_asked()) == [paths[1], paths[3]]


def test_all_forms_of_a_page_are_asked_for_once(site: Site, home: Path) -> None:
    path = site.article(1)
    site.sitemap({path: None, f"{path}/amp": None, f"{path}?amp=1": None, f"{path}?utm_source=x": None})
    site.feed([f"{path}#binh-luan"])
    report = run_crawl(portal_of(site, listings=()), home)["portals"]["hai-phong"]
    assert len(site.articles_asked()) == 1
    assert report["found"] == 1


def test_a_portal_that_is_down_does_not_hold_up_the_others(site: Site, home: Path) -> None:
    paths = publish(site, 6)
    down = portal_for("127.0.0.1:9", slug="le-chan", **WAYS)
    report = run_crawl([down, portal_of(site)], home)
    assert sorted(site.articles_asked()) == sorted(paths)
    assert report["exit_code"] == 1
    failed = report["portals"]["le-chan"]
    assert (failed["stopped"], failed["problems"][0]["kind"]) == ("down", "down")
    assert "connection refused" in failed["problems"][0]["detail"]
    assert report["portals"]["hai-phong"]["stopped"] is None


def test_verdicts_of_the_load_are_taken_by_the_next_crawl(site: Site, home: Path) -> None:
    path = site.article(1)
    site.listing([[path]])
    portal = portal_of(site, feeds=(), sitemaps=())
    now = datetime(2026, 1, 1, tzinfo=UTC)
    run_crawl(portal, home, now=now.isoformat())
    (key,) = [str(row["url_key"]) for row in pages_of(home) if row["kind"] == "article"]
    with Frontier(home / "hai-phong" / "frontier.sqlite") as frontier:
        frontier.record_verdicts([Verdict(key, "t", "article", "2019-01-01")])
    site.forget()
    run_crawl(portal, home, now=(now + timedelta(days=2)).isoformat())
    assert site.articles_asked() == []


def test_a_frontier_that_was_lost_is_made_again_from_the_archive(site: Site, home: Path) -> None:
    paths = publish(site)
    run_crawl(portal_of(site), home)
    for path in (home / "hai-phong").glob("frontier.sqlite*"):
        path.unlink()
    site.forget()
    report = run_crawl(portal_of(site), home)["portals"]["hai-phong"]
    assert site.articles_asked() == []
    assert report["recovered"] > len(paths)
    assert report["fetched"] == 0


def test_who_to_write_to(site: Site, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITYLEDGER_CONTACT", "so-lieu@example.org")
    site.sitemap({})
    run_crawl(portal_of(site), home)
    assert site.asked[0].headers["User-Agent"] == f"CityLedger/{VERSION} (+so-lieu@example.org)"


def test_one_writer_a_portal(site: Site, home: Path) -> None:
    with (
        Lease(home / "hai-phong", "crawl hai-phong"),
        pytest.raises(LockedError, match=rf"`crawl hai-phong`, process {os.getpid()}, since 2"),
    ):
        crawl([portal_of(site)], home)
    assert site.asked == []


def test_a_portal_that_another_worker_crawls_is_left_to_it_and_the_others_go_on(
    site: Site, home: Path
) -> None:
    publish(site, 3)
    other = replace(portal_of(site), slug="kien-an")
    with Lease(home / "hai-phong"):
        report = run_crawl([portal_of(site), other], home)
    assert list(report["portals"]) == ["kien-an"]
    assert report["portals"]["kien-an"]["fetched"] == 3
    assert "hai-phong is being crawled" in report["held"][0]
    assert report["exit_code"] == 1


def test_calls_that_are_wrong_or_have_nothing_to_do(site: Site, home: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="twice"):
        crawl([portal_of(site), portal_of(site)], home)
    assert crawl([], home).portals == ()
    (tmp_path / "file").write_text("x")
    with pytest.raises(HomeError, match="cannot be written"):
        crawl([portal_of(site)], tmp_path / "file" / "home")


def test_one_page_by_itself(site: Site, home: Path) -> None:
    path = site.article(1)
    site.pages["/cu.html"] = Page(status=301, headers={"Location": path}, has_etag=False)
    site.sitemap({site.article(2): None})
    fetched = run_crawl(portal_of(site), home, page=f"https://{HOST}/cu.html")
    assert fetched["url"] == f"https://{HOST}{path}"
    assert fetched["body"].encode() == site.pages[path].body
    assert site.paths() == ["/robots.txt", "/cu.html", path]
    assert not home.exists()


@pytest.mark.parametrize(
    ("path", "error"), [("/cam/x.html", "robots.txt forbids"), ("/mat.html", "gone, HTTP 404")]
)
def test_one_page_that_cannot_be_had(site: Site, home: Path, path: str, error: str) -> None:
    refused = run_crawl(portal_of(site), home, page=f"https://{HOST}{path}")
    assert refused["error"] == "PageRefused"
    assert error in refused["message"]
    with pytest.raises(UsageError, match="no address on"):
        fetch_page("https://example.org/", portal_of(site))


def test_the_version_is_the_projects() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_one_process_can_crawl_again(site: Site, home: Path) -> None:
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
    for number in (1, 2):
        site.sitemap({site.article(each): None for each in range(number)})
        report = crawl([portal], home, CrawlOptions(sample=0))
        assert (report.portals[0].failure, report.portals[0].new) == (None, 1)
