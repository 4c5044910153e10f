"""Dates and validators of portals that lie: caught by looks at pages, over nights of crawl and load."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import orchestrate
from scraper.crawl.frontier import Frontier
from scraper.crawl.lastmod import Evidence, look, trust_in_lastmod, trust_in_validators
from scraper.crawl.recheck import DAY, sample_size, seconds_to_recheck
from scraper.portal import Portal
from tests.crawl.site import HOST, XML, Page, Site, pages_of, portal_for, run_crawl

FIRST = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OLD = "2025-06-01T08:00:00+07:00"
Night = Callable[..., dict[str, Any]]


def text(number: int, said: str = "") -> str:
    day = "Ngày đăng: 01/06/2025 08:00</p><p>"
    return f"{day}Ngày 11/4, Ủy ban nhân dân quận họp phiên thứ {number}. {said} Các đại biểu thảo luận."


@pytest.fixture
def night(site: Site, home: Path) -> Night:
    """Crawl the portal on a day, load what came, and return the crawl's report."""
    portal: Portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))

    def run(day: int, **options: Any) -> dict[str, Any]:
        site.forget()
        now = FIRST + timedelta(days=day - 1)
        report: dict[str, Any] = run_crawl(portal, home, now=now.isoformat(), **options)["portals"][
            "hai-phong"
        ]
        if report["fetched"]:
            orchestrate._load(home, [portal], 0, lambda *_: None)
        return report

    return run


def publish(site: Site, count: int, lastmod: str = OLD) -> list[str]:
    paths = [site.article(number, text(number)) for number in range(count)]
    site.sitemap(dict.fromkeys(paths, lastmod))
    return paths


def row_of(home: Path, path: str) -> dict[str, Any]:
    return next(row for row in pages_of(home) if row["url"].endswith(path))


def test_the_sample_catches_an_edit_that_lastmod_did_not_tell_of(
    site: Site, home: Path, night: Night
) -> None:
    paths = publish(site, 6)
    assert night(1)["distrust"] == {}
    site.article(3, text(3, "Đã đính chính: tổng thu đạt 27,1%."))
    assert night(2)["asked"] == {"robots": 1, "sitemap": 1}
    sampled = night(3, sample=6)
    assert sorted(site.articles_asked()) == sorted(paths)
    assert all("If-None-Match" not in one.headers for one in site.asked if one.path in paths)
    assert (sampled["why"]["sample"], sampled["fetched"], sampled["unchanged"]) == (6, 1, 5)
    row = row_of(home, paths[3])
    assert (row["looks"], row["edits"], row["asked_why"]) == (1, 1, "sample")
    assert night(4)["distrust"] == {}, "the portal may still tell of the edit"
    assert "edited under an unchanged lastmod" in night(5)["distrust"]["lastmod"]
    # A date that is no longer believed makes nothing due.
    site.sitemap(dict.fromkeys(paths, "2026-03-05T08:00:00+07:00"))
    assert night(6)["why"] == {"age": 1, "root": 1}
    assert site.articles_asked() == [paths[3]], "an article that was just edited is young again"


def test_an_edit_that_the_sitemap_tells_of_a_night_later_is_no_lie(
    site: Site, home: Path, night: Night
) -> None:
    paths = publish(site, 6)
    night(1)
    site.article(3, text(3, "Đã đính chính."))
    night(2, sample=6)
    site.sitemap(dict.fromkeys(paths, OLD) | {paths[3]: "2026-03-03T07:00:00+07:00"})
    night(3)
    assert site.articles_asked() == [paths[3]]
    assert night(4)["distrust"] == {}
    with Frontier(home / "hai-phong" / "frontier.sqlite") as frontier:
        assert [(run.silent, run.edited, run.idle) for run in frontier.runs()] == [
            (0, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
        ]  # fmt: skip


def test_dates_renewed_for_nothing_are_believed_for_one_night(site: Site, home: Path, night: Night) -> None:
    publish(site, 25)
    night(1)
    publish(site, 25, "2026-03-03T07:00:00+07:00")
    assert night(2)["why"]["lastmod"] == 25
    assert {one.status for one in site.asked if one.path.endswith(".html")} == {304}
    publish(site, 25, "2026-03-04T07:00:00+07:00")
    again = night(3)
    assert "renewed for 25 pages that were as before" in again["distrust"]["lastmod"]
    assert site.articles_asked() == []
    assert again["saved"] == {"not_due": 25}


def test_a_sub_sitemap_that_its_index_hides_is_found_out(site: Site, home: Path, night: Night) -> None:
    def part(*numbers: int) -> None:
        site.sitemap({site.article(number, text(number)): OLD for number in numbers}, "/s1.xml")

    index = f"<sitemapindex><sitemap><loc>https://{HOST}/s1.xml</loc><lastmod>{OLD}</lastmod></sitemap>"
    site.pages["/sitemap.xml"] = Page(f"{index}</sitemapindex>".encode(), XML)
    part(1, 2)
    night(1)
    part(1, 2, 3)
    assert night(2)["saved"] == {"lastmod": 2, "sitemap": 1}
    assert "/s1.xml" not in site.paths()
    assert night(3, sample=1)["new"] == 1, "one part of the sitemap belongs to every sample"
    night(4)
    assert "lastmod" in night(5)["distrust"]
    part(1, 2, 3, 4)
    assert night(6)["new"] == 1


def test_feeds_whose_articles_a_trusted_sitemap_names_are_asked_weekly(site: Site, home: Path) -> None:
    paths = publish(site, 5)
    site.feed(paths[:3])
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",), feeds=("/feed/",))

    def nightly(day: int) -> dict[str, Any]:
        site.forget()
        now = (FIRST + timedelta(days=day - 1)).isoformat()
        report: dict[str, Any] = run_crawl(portal, home, now=now)["portals"]["hai-phong"]
        return report

    nightly(1)
    assert nightly(2)["saved"] == {"covered": 1, "lastmod": 5}
    assert site.paths() == ["/robots.txt", "/sitemap.xml"]
    site.feed([site.article(9, text(9)), *paths])
    assert "/feed/" not in [path for day in (3, 7) for path in (nightly(day), site.paths())[1]]
    assert nightly(8)["new"] == 1
    assert "covered" not in nightly(9)["saved"], "the sitemap has missed an article"
    assert "/feed/" in site.paths()


def test_an_etag_that_outlives_an_edit_is_asked_with_no_more(site: Site, home: Path, night: Night) -> None:
    etag: dict[str, Any] = {"has_etag": False, "headers": {"ETag": '"mai-mai"'}}
    paths = [site.article(number, text(number), **etag) for number in range(3)]
    site.sitemap(dict.fromkeys(paths, OLD))
    night(1)
    site.sitemap(dict.fromkeys(paths, "2026-03-03T07:00:00+07:00"))
    site.article(1, text(1, "Bổ sung."), **etag)
    assert night(2)["distrust"] == {}
    assert {one.headers.get("If-None-Match") for one in site.asked if one.path in paths} == {'"mai-mai"'}
    site.sitemap(dict.fromkeys(paths, "2026-03-04T07:00:00+07:00"))
    assert "kept its ETag" in night(3)["distrust"]["validators"]
    assert [one.headers.get("If-None-Match") for one in site.asked if one.path in paths] == [None] * 3


def test_what_a_run_asked_and_saved_is_kept_with_it(site: Site, home: Path, night: Night) -> None:
    paths = publish(site, 4)
    night(1)
    site.article(2, text(2, "Sửa."))
    site.sitemap(dict.fromkeys(paths, OLD) | {paths[2]: "2026-03-03T07:00:00+07:00"})
    night(2)
    with Frontier(home / "hai-phong" / "frontier.sqlite") as frontier:
        first, second = frontier.runs()
    assert second.finished_at is not None
    kept = json.loads(second.report or "")
    assert kept["asked"] == {"article": 1, "robots": 1, "sitemap": 1}
    assert (kept["why"], kept["saved"]) == ({"lastmod": 1, "root": 1}, {"lastmod": 3})
    assert (first.told, second.told, second.edited) == (0, 1, 1)
    assert night(3)["proofs"] == {"told": 1, "quiet": 1}, "what was just edited is looked at again"


def test_the_sample_is_small_and_a_bounded_run_draws_less() -> None:
    assert [sample_size(known) for known in (10, 3_000, 20_000, 10**6)] == [3, 3, 20, 100]
    assert (sample_size(20_000, 50), sample_size(20_000, 5)) == (5, 0)


def test_an_article_that_was_seen_edited_often_is_looked_at_more_often() -> None:
    def days(looks: int, edits: int, age: int = 60) -> float:
        return seconds_to_recheck(age * DAY, "id:1", looks, edits) / DAY

    once = days(0, 0)
    assert days(4, 0) == days(40, 0) == pytest.approx(2 * once, rel=1e-4)
    assert days(4, 4) < days(4, 2) < once < days(4, 0)
    assert days(400, 400) == pytest.approx(once / 4, rel=0.01)
    assert days(400, 400, age=10) >= 20 / 24
    assert days(9, 0, age=3) == days(9, 9, age=3) == pytest.approx(20 / 24)


@pytest.mark.parametrize(
    ("edited", "before", "now", "proof"),
    [(True, 1, 2, "told"), (True, 1, 1, "silent"), (False, 1, 2, "idle"), (False, 1, 1, "quiet"),
     (True, None, 1, None), (True, 1, None, None)],
)  # fmt: skip
def test_what_a_look_proves(edited: bool, before: int | None, now: int | None, proof: str | None) -> None:
    assert look(edited, before, now) == proof


def test_trust_is_lost_at_once_and_earned_back_slowly() -> None:
    lie, good, empty = Evidence("d", silent=1), Evidence("d", quiet=3), Evidence("d")
    assert trust_in_lastmod([]).is_trusted
    assert trust_in_lastmod([good, Evidence("d", idle=19)]).is_trusted
    assert trust_in_lastmod([Evidence("d", idle=40, told=6)]).is_trusted
    fallen = trust_in_lastmod([good, lie, *[good] * 6, empty])
    assert (fallen.is_trusted, fallen.runs_left) == (False, 1)
    assert trust_in_lastmod([lie, *[good] * 7]).is_trusted
    assert not trust_in_lastmod([lie, *[good] * 6, lie, *[good] * 6]).is_trusted
    second = [lie, *[good] * 7, lie]
    assert not trust_in_lastmod([*second, *[good] * 13]).is_trusted
    assert trust_in_lastmod([*second, *[good] * 14]).is_trusted
    assert not trust_in_lastmod([lie, *[Evidence("d", idle=3, quiet=1)] * 20]).is_trusted
    assert trust_in_validators([Evidence("d", stale=1), *[good] * 30]).is_trusted
    assert trust_in_validators([Evidence("d", stale=1), *[good] * 29]).runs_left == 1
