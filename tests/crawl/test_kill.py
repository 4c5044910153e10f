"""kill -9 at any moment, then the same command again: every page is there, and each once."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from pathlib import Path

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.crawl.frontier import Frontier
from tests.crawl.site import Site, pages_of, portal_for, run_crawl, start_crawl

KILLS = int(os.environ.get("CITYLEDGER_KILLS", "6"))
PAGES = 160


def end_state(home: Path) -> tuple[dict[str, str], Counter[str]]:
    """Return every page's state by key, and how often each URL's answer is in the archive."""
    states = {str(row["url_key"]): str(row["state"]) for row in pages_of(home)}
    folder = archive_folder(home, "hai-phong")
    archived = Counter(
        one.fetch.url
        for file in archive_files(folder)
        for one in read_archive(folder, "hai-phong", file.name)
        if one.fetch.kind == "article" and one.fetch.outcome == "ok"
    )
    return states, archived


def test_killed_at_random_moments(site: Site, home: Path, tmp_path: Path) -> None:
    paths = [site.article(number, text="Nội dung " * number) for number in range(PAGES)]
    site.sitemap(dict.fromkeys(paths[: PAGES // 2], "2024-01-02T03:04:05+07:00"))
    site.listing([paths[start : start + 8] for start in range(PAGES // 2, PAGES, 8)])
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",), listings=("/tin-tuc",))
    run_crawl(portal, tmp_path / "undisturbed")
    expected = end_state(tmp_path / "undisturbed")
    assert len(expected[1]) == PAGES

    site.delay = 0.004
    chance = random.Random(20261123)
    killed = 0
    while killed < KILLS:
        shutil.rmtree(home, ignore_errors=True)
        for _ in range(2):
            site.forget()
            process = start_crawl([portal], home)
            wanted = chance.randrange(1, PAGES // 2)
            deadline = time.monotonic() + 30
            while len(site.asked) < wanted and process.is_running and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(chance.random() * 0.03)
            process.kill()
            process.wait()
            killed += 1
            if not (home / "hai-phong" / "frontier.sqlite").exists():
                continue  # Killed before anything was begun.
            with Frontier(home / "hai-phong" / "frontier.sqlite"):
                pass  # Its tables may not have been made yet.
            done = {
                row["url"] for row in pages_of(home) if row["kind"] == "article" and row["state"] == "done"
            }
            assert done <= set(end_state(home)[1])
        run_crawl(portal, home)
        states, archived = end_state(home)
        assert states == expected[0]
        assert archived == expected[1]


def test_records_that_the_frontier_does_not_know_are_settled_and_not_asked_for_again(
    site: Site, home: Path
) -> None:
    paths = [site.article(number) for number in range(20)]
    site.listing([paths[start : start + 5] for start in range(0, 20, 5)])
    portal = portal_for(f"127.0.0.1:{site.port}", listings=("/tin-tuc",))
    run_crawl(portal, home)
    whole = end_state(home)
    # What a kill between the archive's fsync and the frontier's commit leaves: an older frontier, and a
    # torn record.
    database = home / "hai-phong" / "frontier.sqlite"
    for path in (home / "hai-phong").glob("frontier.sqlite*"):
        path.unlink()
    with Frontier(database) as frontier:
        frontier.settle([], 0, None)
    (file,) = (home / "hai-phong" / "archive").iterdir()
    file.write_bytes(file.read_bytes()[:-7])
    last = list(read_archive(file.parent, "hai-phong", file.name))
    site.forget()
    report = run_crawl(portal, home)["portals"]["hai-phong"]
    assert report["torn_bytes"] > 0
    assert report["recovered"] == len(last)
    assert [problem["kind"] for problem in report["problems"]] == ["torn_tail"]
    assert len(site.articles_asked()) == 1
    assert end_state(home)[1] == whole[1]
