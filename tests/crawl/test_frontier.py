"""The frontier: what is due when, links and their page in one step, verdicts of the load."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.crawl.frontier import Found, Frontier, Settled, Verdict
from scraper.crawl.frontier_schema import STEPS
from scraper.crawl.recheck import DAY, HOUR, parse_day, seconds_to_recheck, seconds_to_retry
from scraper.errors import HomeError
from tests.crawl.site import rows_of

NOW = 1_795_000_000
ROOT = Found("sitemap https://a.test/sitemap.xml", "https://a.test/sitemap.xml", "sitemap")


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    with Frontier(tmp_path / "p" / "frontier.sqlite") as opened:
        yield opened


def article(number: int, **more: Any) -> Found:
    return Found(f"id:{number}", f"https://a.test/{number}.html", "article", **more)


def settled(key: str, links: tuple[Found, ...] = (), **more: Any) -> Settled:
    given: dict[str, Any] = {
        "state": "done",
        "outcome": "ok",
        "status": 200,
        "fetched_at": NOW,
        "due_at": None,
        "why": "age",
    }
    return Settled(key=key, links=links, **(given | more))


def due(frontier: Frontier, now: int = NOW, **more: Any) -> list[str]:
    return [visit.key for visit in frontier.take(("sitemap", "listing", "article"), now, 100, **more)]


def named(frontier: Frontier, *links: Found, now: int = NOW) -> None:
    frontier.begin_run([ROOT], now)
    frontier.settle([settled(ROOT.key, links, fetched_at=now)], now)


def known_of(frontier: Frontier) -> dict[str, dict[str, Any]]:
    return {row["url_key"]: row for row in rows_of(frontier.path)}


def fetched(frontier: Frontier, number: int, at: int = NOW, **more: Any) -> None:
    given: dict[str, Any] = {"fetched_at": at, "due_at": at + 20 * HOUR, "body_hash": "h"}
    frontier.settle([settled(f"id:{number}", **(given | more))], at)


def test_discovery_pages_come_first_then_the_newest_articles(frontier: Frontier) -> None:
    named(frontier, article(1, lastmod=10), article(2, published=30), article(3, lastmod=20), article(4))
    assert due(frontier) == ["id:2", "id:3", "id:1", "id:4"]
    frontier.begin_run([ROOT], NOW)
    assert due(frontier)[0] == ROOT.key
    assert due(frontier, held={ROOT.key, "id:3"}) == ["id:2", "id:1", "id:4"]
    assert [visit.key for visit in frontier.take(("article",), NOW, 2)] == ["id:2", "id:3"]
    assert due(frontier, since=15, until=30) == [ROOT.key, "id:3", "id:4"]
    assert frontier.count_due(("article",), NOW, since=15, until=30) == 2


def test_a_settled_page_rests_until_it_is_due(frontier: Frontier) -> None:
    named(frontier, article(1))
    fetched(frontier, 1)
    assert due(frontier, NOW + 19 * HOUR) == []
    assert due(frontier, NOW + 21 * HOUR) == ["id:1"]
    assert frontier.counts() == {"done": 1}


def test_a_newer_lastmod_makes_a_page_due(frontier: Frontier) -> None:
    named(frontier, article(1, lastmod=100), article(2, lastmod=100), article(3))
    for number in (1, 2, 3):
        fetched(frontier, number)
    named(
        frontier,
        article(1, lastmod=100),
        article(2, lastmod=101),
        article(3, lastmod=NOW - 5),
        now=NOW + HOUR,
    )
    assert due(frontier, NOW + HOUR) == ["id:2"]
    (visit,) = frontier.take(("article",), NOW + HOUR, 5)
    assert visit.why == "lastmod"
    named(frontier, article(3, lastmod=NOW + HOUR), now=NOW + 2 * HOUR)
    assert due(frontier, NOW + 2 * HOUR) == ["id:2", "id:3"]


def test_a_lastmod_that_is_not_trusted_makes_nothing_due(tmp_path: Path) -> None:
    with Frontier(tmp_path / "f.sqlite", trust_lastmod=False) as frontier:
        named(frontier, article(1, lastmod=100))
        fetched(frontier, 1)
        named(frontier, article(1, lastmod=200), now=NOW + HOUR)
        assert due(frontier, NOW + HOUR) == []


def test_sub_sitemaps_without_a_trusted_date_are_asked_for_every_run(frontier: Frontier) -> None:
    dated = Found("sitemap s1", "https://a.test/s1.xml", "sitemap", lastmod=100, depth=1)
    undated = Found("sitemap s2", "https://a.test/s2.xml", "sitemap", depth=1)
    ahead = Found("sitemap s3", "https://a.test/s3.xml", "sitemap", lastmod=NOW + HOUR, depth=1)
    named(frontier, dated, undated, ahead)
    frontier.settle([settled(dated.key), settled(undated.key), settled(ahead.key)], NOW)
    frontier.begin_run([ROOT], NOW + 2 * HOUR)
    assert sorted(due(frontier, NOW + 2 * HOUR)) == [ROOT.key, undated.key, ahead.key]


def test_a_listing_stops_at_what_is_known(frontier: Frontier) -> None:
    def page(number: int) -> Found:
        return Found(
            f"listing {number}", f"https://a.test/p{number}", "listing", page_no=number, root_url="r"
        )

    frontier.begin_run([page(1)], NOW)
    frontier.settle([settled("listing 1", (article(1),), following=page(2), is_first_look=True)], NOW)
    assert due(frontier) == ["listing 2", "id:1"]
    # Seen first, nothing new: goes on, since feeds may have named it. The same links again: the listing's
    # end.
    frontier.settle(
        [settled("listing 2", (article(1), article(1)), following=page(3), is_first_look=True)], NOW
    )
    frontier.settle([settled("listing 3", (article(1),), following=page(4), is_first_look=True)], NOW)
    assert due(frontier) == ["id:1"]
    frontier.begin_run([page(1)], NOW + HOUR)
    frontier.settle([settled("listing 1", (article(1),), following=page(2))], NOW + HOUR)
    assert due(frontier, NOW + HOUR) == ["id:1"]
    frontier.settle([settled("listing 1", (article(2),), following=page(2))], NOW + HOUR)
    assert due(frontier, NOW + HOUR) == ["listing 2", "id:1", "id:2"]


def test_all_or_nothing_of_a_batch(frontier: Frontier) -> None:
    named(frontier, article(1))
    broken = settled("id:1", (Found("id:9", "https://a.test/9.html", "no-such-kind"),))
    with pytest.raises(KeyError):
        frontier.settle([settled("id:1", (article(7),), body_hash="x"), broken], NOW, ("f", 10))
    assert due(frontier) == ["id:1"]
    assert frontier.archived_to() is None
    frontier.settle([], NOW, ("a b.warc.gz", 10))
    assert frontier.archived_to() == ("a b.warc.gz", 10)


def test_verdicts(frontier: Frontier) -> None:
    named(frontier, article(1), article(2), article(3))
    for number in (1, 2, 3):
        fetched(frontier, number)
    known = frontier.record_verdicts(
        [
            Verdict("id:1", "t1", "article", "2019-04-11T08:00:00+07:00"),
            Verdict("id:2", None, "gone"),
            Verdict("id:3", "t3", "article"),
            Verdict("id:99", "t", "article"),
        ]
    )
    assert known == 3
    rows = known_of(frontier)
    assert rows["id:1"]["due_at"] > NOW + 60 * DAY
    assert (rows["id:2"]["state"], rows["id:3"]["due_at"]) == ("gone", NOW + 20 * HOUR)
    assert [rows[f"id:{number}"]["text_hash"] for number in (1, 2, 3)] == ["t1", None, "t3"]


@pytest.mark.parametrize("kind", ["gone", "challenge"])
def test_a_verdict_against_a_page_lets_nothing_pass_for_unchanged(frontier: Frontier, kind: str) -> None:
    named(frontier, article(1))
    fetched(frontier, 1, etag='"e"', last_modified="Tue, 02 Jan 2024 03:04:05 GMT")
    before = frontier.visit("id:1")
    assert before is not None
    assert (before.etag, before.body_hash) == ('"e"', "h")
    frontier.record_verdicts([Verdict("id:1", None, kind)])
    after = frontier.visit("id:1")
    assert after is not None
    assert (after.etag, after.last_modified, after.body_hash) == (None, None, None)


def test_the_last_verdict_counts(frontier: Frontier) -> None:
    """A re-read tells a page's verdicts again in their order, the old ones first."""
    named(frontier, article(1), article(2), article(3))
    for number in (1, 2, 3):
        fetched(frontier, number)
    frontier.record_verdicts([Verdict("id:1", None, "gone"), Verdict("id:2", "t", "article")])
    assert [known_of(frontier)[f"id:{number}"]["state"] for number in (1, 2)] == ["gone", "done"]
    frontier.record_verdicts([Verdict("id:1", "t", "article"), Verdict("id:2", None, "gone")])
    assert [known_of(frontier)[f"id:{number}"]["state"] for number in (1, 2)] == ["done", "gone"]
    frontier.record_verdicts([Verdict("id:3", None, "challenge")])
    row = known_of(frontier)["id:3"]
    assert (row["state"], row["why"], row["due_at"]) == ("failed", "failed", NOW + 20 * HOUR)
    frontier.record_verdicts([Verdict("id:3", "t", "article", "2019-04-11")])
    row = known_of(frontier)["id:3"]
    assert (row["state"], row["why"]) == ("done", "age")
    assert row["due_at"] > NOW + 60 * DAY


def test_what_the_crawl_saw_itself_stands(frontier: Frontier) -> None:
    named(frontier, article(1), article(2))
    fetched(frontier, 1)
    frontier.settle(
        [settled("id:1", state="gone", outcome="gone", status=404, due_at=NOW + DAY, why="gone")], NOW
    )
    frontier.settle([settled("id:2", state="failed", outcome="error", status=500, due_at=NOW + HOUR)], NOW)
    frontier.record_verdicts([Verdict("id:1", "t", "article"), Verdict("id:2", None, "gone")])
    rows = known_of(frontier)
    assert (rows["id:1"]["state"], rows["id:1"]["due_at"]) == ("gone", NOW + DAY)
    assert (rows["id:2"]["state"], rows["id:2"]["due_at"]) == ("failed", NOW + HOUR)


def test_a_challenge_is_asked_for_again_within_a_day(frontier: Frontier) -> None:
    named(frontier, article(1))
    frontier.settle([settled("id:1", due_at=NOW + 100 * DAY, body_hash="h")], NOW)
    frontier.record_verdicts([Verdict("id:1", None, "challenge")])
    assert due(frontier, NOW + DAY - 1) == []
    assert due(frontier, NOW + DAY) == ["id:1"]


def test_full_makes_everything_due(frontier: Frontier) -> None:
    named(frontier, article(1), article(2))
    fetched(frontier, 1)
    fetched(frontier, 2, state="refused")
    frontier.begin_run([ROOT], NOW, full=True)
    assert due(frontier) == [ROOT.key, "id:1"]


def test_a_file_of_an_earlier_version_is_kept_and_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "f.sqlite"
    database = sqlite3.connect(path)
    database.executescript(STEPS[0] + "pragma user_version = 1;")
    with database:
        database.execute(
            "insert into page (url_key, url, kind, rank, state, due_at, why, newest, lastmod, text_hash, "
            "tries, page_no, depth, discovered_at, fetched_at) values ('id:1', 'https://a.test/1.html', "
            "'article', 4, 'done', ?, 'age', 100, 100, 't', 0, 1, 0, ?, ?)",
            (NOW + DAY, NOW, NOW),
        )
    database.close()
    Frontier(path).close()
    with Frontier(path) as frontier:
        assert due(frontier, NOW) == []
        assert due(frontier, NOW + DAY) == ["id:1"]
        row = known_of(frontier)["id:1"]
        assert (row["text_hash"], row["judged_at"], row["lastmod_seen"], row["looks"]) == ("t", NOW, 100, 0)


def test_a_sample_is_drawn_once_though_its_run_is_killed(tmp_path: Path) -> None:
    drawn = []
    for name in "ab":
        with Frontier(tmp_path / name / "same" / "frontier.sqlite") as frontier:
            named(frontier, *(article(number) for number in range(40)))
            for number in range(40):
                fetched(frontier, number, due_at=NOW + 30 * DAY)
            frontier.begin_run([ROOT], NOW + 20 * HOUR, sample=5)
            sampled = [key for key in due(frontier, NOW + 20 * HOUR) if key != ROOT.key]
            looked_at = NOW + 20 * HOUR
            frontier.settle(
                [settled(sampled[0], outcome="not_modified", fetched_at=looked_at, due_at=NOW + 30 * DAY)],
                looked_at,
            )
            frontier.begin_run([ROOT], NOW + 21 * HOUR, sample=5)
            again = [key for key in due(frontier, NOW + 21 * HOUR) if key != ROOT.key]
            assert set(sampled[1:]) < set(again)
            assert (len(sampled), len(again)) == (5, 5)
            drawn.append((sampled, again))
    assert drawn[0] == drawn[1], "the same portal and run draw the same"


def test_files_that_cannot_be_used_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(HomeError, match=r"a\.sqlite"):
        Frontier(tmp_path / "a.sqlite")
    database = sqlite3.connect(tmp_path / "b.sqlite")
    database.execute("pragma user_version = 99")
    database.close()
    with pytest.raises(HomeError, match="newer CityLedger"):
        Frontier(tmp_path / "b.sqlite")
    with pytest.raises(HomeError):
        Frontier(tmp_path / "a.sqlite" / "c.sqlite")


@pytest.mark.parametrize(
    ("days", "low", "high"),
    [(0, 20 / 24, 20 / 24), (6.9, 20 / 24, 20 / 24), (8, 5, 9), (40, 25, 35), (900, 100, 140)],
)
def test_young_articles_are_looked_at_nightly_and_old_ones_rarely(
    days: float, low: float, high: float
) -> None:
    waits = [seconds_to_recheck(int(days * DAY), f"id:{number}") / DAY for number in range(200)]
    assert all(low <= wait <= high for wait in waits)
    assert high == low or max(waits) - min(waits) > (high - low) / 2


def test_failures_are_asked_for_after_a_growing_while() -> None:
    waits = [seconds_to_retry(tries) for tries in range(1, 40)]
    assert waits[0] == HOUR
    assert waits == sorted(waits)
    assert waits[-1] == 7 * DAY


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("2024-01-02T03:04:05+07:00", 1704139445),
        ("2024-01-01T20:04:05Z", 1704139445),
        ("2024-01-02 03:04:05", 1704139445),
        ("Tue, 02 Jan 2024 03:04:05 +0700", 1704139445),
        ("2024-01-02", 1704128400),
        ("hôm qua", None),
        ("", None),
        ("0000-00-00T00:00:00", None),
        ("Tue, 99 Jan 2024 03:04:05 +0700", None),
    ],
)
def test_dates_of_sitemaps_and_feeds(text: str, second: int | None) -> None:
    assert parse_day(text) == second
