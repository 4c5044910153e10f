"""What the embedded portals do wrong on order, through a real crawl and the reading of its archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.reader import Captured, archive_files, archive_folder, read_archive
from scraper.article import read_article
from scraper.harvest.captures import read_captured
from scraper.items import Article, Harvest
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from scraper.replica import Entry, Replica, Served, serve, write_portals
from scraper.replica.exchange import Request
from scraper.replica.faults import read_fault
from tests.crawl.site import pages_of, run_crawl

CITY, OFFICE = "demo-thanhpho", "demo-thongke"

# Fault of one article, the outcome of what came last (None: nothing came), and how its page stands.
BROKEN: dict[str, tuple[str | None, str]] = {
    "unavailable:times=1": ("ok", "done"),
    "unavailable:status=502": ("error", "failed"),
    "slow:seconds=0.5": ("ok", "done"),
    "slow:seconds=60": (None, "failed"),
    "trickle": (None, "failed"),
    "stalled": (None, "failed"),
    "truncated": ("truncated", "failed"),
    "chunked_cut": ("truncated", "failed"),
    "reset": (None, "failed"),
    "reset:share=0.5": ("truncated", "failed"),
    "many_headers": (None, "failed"),
    "challenge": ("challenge", "failed"),
    "gone": ("gone", "gone"),
    "redirect": ("gone", "gone"),
    "redirect_loop": ("error", "failed"),
    "huge:megabytes=3": ("too_large", "failed"),
    "error_page": ("gone", "done"),
    "bomb": ("too_large", "done"),
}  # fmt: skip
# Fault of one article whose text is read all the same, and the problems that tell of it.
READ: dict[str, set[str]] = {
    "nfd": set(),
    "mojibake": set(),
    "charset": set(),
    "charset:name=utf-16": set(),
    "charset:name=no-such": set(),
    "encoding": set(),
    "encoding:says=": set(),
    "encoding:says=utf-8": set(),
    "encoding:name=utf-16": set(),
    "encoding:name=utf-16-be,says=": set(),
    "redesign": {"layout_missed"},
}
MAX_BYTES = 2_000_000


@dataclass
class Crawled:
    served: Served
    report: dict[str, Any]
    harvests: dict[str, Harvest]
    """By address: the last answer of each article."""
    pages: dict[str, dict[str, Any]]
    entries: dict[str, Entry]
    """By fault: the article that it was put on."""
    portal: Portal


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("faults")
    with serve(Replica(articles=150)) as served:
        write_portals(home / "portals", connect=served.connect)
        portal = load_portals(home / "portals")[CITY]
        rows = [entry for entry in served.replica.entries if entry.site.slug == CITY]
        # Good pages between the bad ones: so many failures running would count as a portal that is down.
        entries = dict(zip([*BROKEN, *READ], rows[::2], strict=False))
        assert len(entries) == len(BROKEN) + len(READ)
        for words, entry in entries.items():
            kind, options = read_fault(words)
            served.faults.add(kind, path=re.escape(entry.path) + "$", **options)
        report = run_crawl(portal, home, max_bytes=MAX_BYTES, timeout=2.5, retries=1)
        spoilt = {entry.url for entry in entries.values()}
        harvests = {
            one.fetch.url: read_captured(one, portal) for one in captured(home) if one.fetch.url in spoilt
        }
        pages = {str(row["url"]): row for row in pages_of(home, CITY)}
        yield Crawled(served, report["portals"][CITY], harvests, pages, entries, portal)


def captured(home: Path) -> Iterator[Captured]:
    folder = archive_folder(home, CITY)
    for file in archive_files(folder):
        yield from read_archive(folder, CITY, file.name)


def read_unspoilt(crawled: Crawled, entry: Entry) -> Article:
    """Read the page as the replica means it."""
    answer = crawled.served.router.answer(Request("GET", entry.site.host, entry.path, {}))
    return read_article(answer.body, entry.url, crawled.portal, content_type=answer.content_type)


@pytest.mark.parametrize("words", BROKEN)
def test_each_fault_has_its_outcome(crawled: Crawled, words: str) -> None:
    outcome, state = BROKEN[words]
    url = crawled.entries[words].url
    assert crawled.pages[url]["state"] == state
    found = crawled.harvests.get(url)
    assert (found.fetch.outcome if found else None) == outcome
    if outcome != "ok":
        assert found is None or found.article is None
    if state == "failed":
        assert url in " ".join(problem["detail"] for problem in crawled.report["problems"])


@pytest.mark.parametrize("words", READ)
def test_a_page_in_disguise_is_read_as_it_was_meant(crawled: Crawled, words: str) -> None:
    entry = crawled.entries[words]
    article, meant = crawled.harvests[entry.url].article, read_unspoilt(crawled, entry)
    assert article is not None
    assert (article.headline, article.body_text) == (meant.headline, meant.body_text)
    kinds = {problem.kind for problem in article.problems} - {problem.kind for problem in meant.problems}
    assert kinds == READ[words]


def test_the_pages_between_are_all_there(crawled: Crawled) -> None:
    spoilt = {entry.url for entry in crawled.entries.values()}
    urls = {entry.url for entry in crawled.served.replica.entries if entry.site.slug == CITY}
    assert len(urls - spoilt) >= len(spoilt)
    assert {crawled.pages[url]["state"] for url in urls - spoilt} == {"done"}
    assert (crawled.report["stopped"], crawled.report["failure"]) == (None, None)


def test_a_redesign_names_the_selectors_that_match_no_more(crawled: Crawled) -> None:
    article = crawled.harvests[crawled.entries["redesign"].url].article
    assert article is not None
    assert article.layout == "generic"
    missed = next(problem for problem in article.problems if problem.kind == "layout_missed")
    assert all(layout.body in (missed.quote or "") for layout in crawled.portal.layouts if layout.body)


def test_a_portal_that_fails_does_not_hold_up_the_others(tmp_path: Path) -> None:
    """One never answers, one resets, one storms: the fourth is crawled to its end, each failure is told."""
    with serve(Replica(articles=40)) as served:
        write_portals(tmp_path / "portals", connect=served.connect)
        portals = load_portals(tmp_path / "portals")
        names = [CITY, OFFICE, "demo-ngoquyen", "demo-lechan"]
        hosts = {slug: portals[slug].hosts[0] for slug in names}
        served.faults.add("stalled", host=hosts[CITY], path="(?<!robots.txt)$")
        served.faults.add("reset", host=hosts[OFFICE])
        served.faults.add(
            "unavailable", host=hosts["demo-ngoquyen"], path="(?<!robots.txt)$", retry_after=3600
        )
        report = run_crawl([portals[slug] for slug in names], tmp_path / "home", timeout=2, retries=1)
        good = report["portals"]["demo-lechan"]
        written = [entry for entry in served.replica.entries if entry.site.slug == "demo-lechan"]
    assert (good["failure"], good["fetched"]) == (None, len(written))
    failures = {slug: report["portals"][slug]["failure"] for slug in names[:3]}
    assert "took too long" in failures[CITY]
    assert "robots.txt got no answer" in failures[OFFICE]
    assert "Retry-After 3,600 seconds" in failures["demo-ngoquyen"]
    assert report["exit_code"] == 1
