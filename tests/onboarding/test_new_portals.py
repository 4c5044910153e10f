"""A portal that nobody described is drafted from its site, and the draft reads what its own file does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.article import read_article
from scraper.identity import is_article
from scraper.items import Article
from scraper.onboarding.draft import slug_of
from scraper.onboarding.survey import MAX_PAGES
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from scraper.replica import EVERY_KIND, SITES, Served, Site
from tests.onboarding.conftest import ROOT, Surveyed, WrongSites

CRAWL = """
import sys
from pathlib import Path
from scraper.crawl.crawl import CrawlOptions, crawl
from scraper.portal_catalogue import load_portals
portals = [p for d in sys.argv[2:] for p in load_portals(Path(d)).values() if p.connect]
report = crawl(portals, Path(sys.argv[1]), CrawlOptions(sample=0))
assert not any(one.is_failed for one in report.portals), [one.failure for one in report.portals]
"""


@pytest.fixture(scope="module")
def drafted(surveyed: Surveyed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drafted files of the replica's portals."""
    folder = tmp_path_factory.mktemp("drafted")
    for site in (*SITES, *EVERY_KIND):
        slug = slug_of(site.base_url)
        (folder / f"{slug}.toml").write_text(surveyed.surveys[slug]["toml"], encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(drafted: Path, shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a crawl by the drafted files and one by the shipped ones fetched."""
    folder = tmp_path_factory.mktemp("crawled")
    done = subprocess.run(
        [sys.executable, "-c", CRAWL, str(folder), str(shipped), str(drafted)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def articles(home: Path, portal: Portal) -> dict[str, Article]:
    found = {}
    archive = archive_folder(home, portal.slug)
    for file in archive_files(archive):
        for one in read_archive(archive, portal.slug, file.name):
            if one.fetch.kind == "article" and one.fetch.outcome == "ok":
                fetch = one.fetch
                article = read_article(one.body, fetch.url, portal, fetch.fetched_at, fetch.content_type)
                found[article.canonical_url] = replace(article, portal=None, url="")
    return found


@pytest.mark.parametrize("site", [*SITES, *EVERY_KIND], ids=lambda site: str(site.slug))
def test_a_draft_finds_and_reads_the_articles_that_the_portals_own_file_does(
    site: Site, drafted: Path, shipped: Path, home: Path
) -> None:
    own = load_portals(shipped)[site.slug]
    draft = load_portals(drafted)[slug_of(site.base_url)]
    assert draft.family == site.family
    wanted = articles(home, own)
    assert len(wanted) > 3
    assert articles(home, draft) == wanted


def test_drafts_are_short_say_who_they_are_and_claim_no_check(surveyed: Surveyed) -> None:
    for site in (*SITES, *EVERY_KIND):
        told = surveyed.surveys[slug_of(site.base_url)]
        lines = told["toml"].splitlines()
        assert len(lines) <= 12, told["toml"]
        assert "verified = false" in lines
        assert any(site.name in line for line in lines if line.startswith("name ="))
        assert told["family"] == site.family


def test_three_articles_are_shown_with_their_ways(surveyed: Surveyed) -> None:
    for site in SITES:
        read = surveyed.surveys[slug_of(site.base_url)]["articles"]
        assert len(read) == 3
        for one in read:
            body, headline, day = (one["fields"][name] for name in ("body", "headline", "date"))
            assert (headline["way"], headline["generic_agrees"]) == ("selector", True)
            assert body["way"] == "selector"
            assert body["characters"] > 120
            assert body["confidence"] == 0.95
            assert day["value"] is not None
            assert 0.8 <= day["confidence"] <= 1
            assert any(one["part"] == "body" and one["found"] for one in one["selectors"])
        assert any(one["meetings"] or one["figures"] for one in read)


def test_few_requests_are_made_and_robots_come_first(
    surveyed: Surveyed, served: Served, kinds: Served
) -> None:
    for site in (*SITES, *EVERY_KIND):
        told = surveyed.surveys[slug_of(site.base_url)]
        assert told["requests"] <= MAX_PAGES + 1
    firsts: dict[str, str] = {}
    for logged in (*served.requests, *kinds.requests):
        firsts.setdefault(logged.host, logged.path)
    assert set(firsts.values()) == {"/robots.txt"}


def test_a_survey_may_begin_at_a_listing(surveyed: Surveyed) -> None:
    front, listing = (
        surveyed.surveys[slug]["toml"] for slug in (slug_of(SITES[-1].base_url), "tu-danh-sach")
    )
    same = ("name =", "base_url =", "family =")
    for key in same:
        assert [x for x in front.splitlines() if x.startswith(key)] == [
            x for x in listing.splitlines() if x.startswith(key)
        ]
    assert 'listings = ["/tin-tuc", ' in listing


def test_an_unknown_system_is_read_the_generic_way_and_said_so(surveyed: Surveyed, tmp_path: Path) -> None:
    told = surveyed.surveys["la"]
    assert told["family"] == "generic"
    assert any("system is not known" in note for note in told["notes"])
    (tmp_path / "la.toml").write_text(told["toml"], encoding="utf-8")
    portal = load_portals(tmp_path)["la"]
    assert portal.discovery.listings == ("/tin",)
    assert is_article("http://la.test/tin/giao-ban-thang-109-nam-2026-109.html", portal)
    assert told["suggested_selectors"] == {"headline": "h1"}
    assert len(told["articles"]) == 3
    for one in told["articles"]:
        assert one["fields"]["headline"]["value"].startswith("Giao ban tháng")
        assert one["fields"]["date"]["value"].startswith("2026-03-12")
        assert one["fields"]["body"]["characters"] > 400
        assert one["fields"]["body"]["way"] == "generic"
        assert one["figures"]


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("cam", "robots.txt forbids it"),
        ("thach", "cookie challenge"),
        ("tep", "no HTML page (application/pdf)"),
        ("nhiphan", "the page is binary"),
        ("di", "redirected to http://noi-khac.test/"),
        ("rong", "no articles found"),
        ("hong", "robots.txt says 503"),
        ("het", "it is not there"),
        ("rieng", "--connect HOST:PORT"),
        ("khong-co", "the name has no public address"),
    ],
)
def test_a_site_that_gives_nothing_is_one_sentence_that_says_why(
    surveyed: Surveyed, slug: str, words: str
) -> None:
    said = surveyed.faults[slug]
    assert words in said
    assert "\n" not in said


def test_what_is_forbidden_or_private_is_not_asked_for(surveyed: Surveyed, wrong_sites: WrongSites) -> None:
    assert {path for host, path in wrong_sites.asked if host == "cam.test"} == {"/robots.txt"}
    assert {path for host, path in wrong_sites.asked if host == "hong.test"} == {"/robots.txt"}
    assert not [host for host, _ in wrong_sites.asked if host in ("noi-khac.test", wrong_sites.connect)]
    assert surveyed.faults
