"""What an archive has lost is asked for again; a frontier that is lost is made anew from the archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.crawl.frontier import Frontier, Verdict
from scraper.crawl.lost import doubt_damaged
from scraper.crawl.recorder import Recorder
from scraper.items import HarvestBatch, Problem
from scraper.portal import Portal
from tests.crawl.site import Page, Site, pages_of, portal_for, run_crawl

SLUG = "hai-phong"
NOW = 1_900_000_000


@pytest.fixture
def portal(site: Site) -> Portal:
    """A portal of 20 articles on a listing and one that is gone."""
    paths = [site.article(number, text="Nội dung " * 40 * number) for number in range(20)]
    site.listing([[*paths, "/da-go.html"]])
    site.pages["/da-go.html"] = Page(b"<h1>410</h1>", status=410)
    return portal_for(f"127.0.0.1:{site.port}", listings=("/tin-tuc",))


def archive_of(home: Path) -> Path:
    (file,) = archive_folder(home, SLUG).iterdir()
    return file


def archived(home: Path) -> set[str]:
    folder = archive_folder(home, SLUG)
    return {
        one.fetch.url
        for file in archive_files(folder)
        for one in read_archive(folder, SLUG, file.name, 0, [])
        if one.fetch.kind == "article" and one.fetch.outcome == "ok"
    }


def states(home: Path) -> dict[str, str]:
    return {str(page["url"]): str(page["state"]) for page in pages_of(home)}


def crawled(portal: Portal, home: Path) -> dict[str, object]:
    report: dict[str, object] = run_crawl(portal, home)["portals"][SLUG]
    return report


def test_pages_behind_a_torn_end_are_fetched_again_into_another_file(
    site: Site, home: Path, portal: Portal
) -> None:
    crawled(portal, home)
    whole, before = archived(home), states(home)
    file = archive_of(home)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    left = archived(home)
    assert left < whole
    site.forget()
    report = crawled(portal, home)
    assert archived(home) == whole
    assert states(home) == before
    asked = {f"https://hai-phong.test{path}" for path in site.articles_asked()}
    assert whole - left <= asked
    assert "https://hai-phong.test/da-go.html" in asked  # Nobody may have heard yet that it is gone.
    assert report["lost"] == len(whole - left) + 1
    assert report["torn_bytes"]
    (problem,) = [one for one in report["problems"] if one["kind"] == "archive_lost"]  # type: ignore[attr-defined]
    assert str(file) in problem["detail"]
    assert report["failure"] == problem["detail"]
    first, second = archive_files(file.parent)
    assert first.name == file.name
    assert next(read_archive(file.parent, SLUG, second.name)).fetch.kind == "robots"
    site.forget()
    again = crawled(portal, home)
    assert (again["lost"], again["failure"]) == (0, None)
    assert "/da-go.html" not in site.paths()


def test_pages_of_a_file_that_is_gone_are_fetched_again(site: Site, home: Path, portal: Portal) -> None:
    crawled(portal, home)
    whole, before = archived(home), states(home)
    archive_of(home).unlink()
    report = crawled(portal, home)
    assert report["lost"] == len(before)
    assert archived(home) == whole
    assert states(home) == before
    assert crawled(portal, home)["lost"] == 0


def test_a_page_whose_record_a_load_found_damaged_is_fetched_again(
    site: Site, home: Path, portal: Portal
) -> None:
    crawled(portal, home)
    whole = archived(home)
    file = archive_of(home)
    victim = next(page for page in pages_of(home) if page["url"].endswith("so-7.html"))
    middle = victim["warc_offset"] + victim["warc_length"] // 2
    content = bytearray(file.read_bytes())
    content[middle] ^= 0xFF
    file.write_bytes(content)
    damaged = Problem("archive", "damaged_record", f"{file.name} is damaged")
    batches = (HarvestBatch(SLUG, file.name, 0, 1, (), problems) for problems in ((), (damaged,)))
    passed = doubt_damaged(home, batches)
    with Frontier(home / SLUG / "frontier.sqlite") as frontier:
        next(passed)
        assert frontier.doubted() == set()
        next(passed)
        assert frontier.doubted() == {file.name}  # Before the batch can be loaded.
    passed.close()
    site.forget()
    report = crawled(portal, home)
    assert report["lost"] == 1
    assert victim["url"].removeprefix("https://hai-phong.test") in site.articles_asked()
    assert archived(home) == whole
    with Frontier(home / SLUG / "frontier.sqlite") as frontier:
        assert frontier.doubted() == set()


@pytest.mark.parametrize("damage", ["gone", "no database", "torn"])
def test_a_frontier_that_is_lost_is_made_anew_and_hears_what_was_read(
    site: Site, home: Path, portal: Portal, damage: str
) -> None:
    crawled(portal, home)
    key = next(page["url_key"] for page in pages_of(home) if page["url"].endswith("so-7.html"))
    gone = next(page["url_key"] for page in pages_of(home) if page["url"].endswith("so-8.html"))
    before = states(home) | {"https://hai-phong.test/bai-viet-so-8.html": "gone"}
    path = home / SLUG / "frontier.sqlite"
    for rest in home.glob(f"{SLUG}/frontier.sqlite-*"):
        rest.unlink()
    if damage == "gone":
        path.unlink()
    elif damage == "no database":
        path.write_bytes(b"no database at all" * 1000)
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    told = [Verdict(key, "hash", "article", "2020-01-02", NOW), Verdict(gone, None, "gone", None, NOW)]
    recorder = Recorder(portal, home, NOW, lambda asked: told if asked is portal else [])
    recorder.close()
    assert states(home) == before
    (page,) = [one for one in pages_of(home) if one["url_key"] == key]
    assert (page["text_hash"], page["published"]) == ("hash", 1577898000)
    assert page["due_at"] > page["fetched_at"] + 30 * 86400  # As old as the load says, not new.
    assert [problem.kind for problem in recorder.report.problems] == (
        [] if damage == "gone" else ["frontier_damaged"]
    )
    assert (home / SLUG / "frontier.sqlite.damaged").exists() == (damage != "gone")
    again = Recorder(
        portal, home, NOW, lambda asked: pytest.fail("a frontier that is whole asks for nothing")
    )
    again.close()
    assert again.report.recovered == 0


def test_a_rebuilding_that_was_killed_is_ended_by_the_next_crawl(
    site: Site, home: Path, portal: Portal
) -> None:
    crawled(portal, home)
    key = next(page["url_key"] for page in pages_of(home) if page["url"].endswith("so-7.html"))
    with Frontier(home / SLUG / "frontier.sqlite") as frontier:
        frontier.begin_rebuilding()  # What a kill in the middle leaves.
    Recorder(portal, home, NOW, lambda _: [Verdict(key, "hash", "article")]).close()
    (page,) = [one for one in pages_of(home) if one["url_key"] == key]
    assert page["text_hash"] == "hash"
