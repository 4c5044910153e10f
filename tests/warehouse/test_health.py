"""A portal that crosses a bound is told, held and let go, whatever else is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from scraper.expectations import Expectations
from scraper.items import Harvest, Problem
from tests.warehouse.harvests import PORTALS, bare, batches_of, day, moved, page
from tests.warehouse.tables import rows
from warehouse.health import Judgement, judge_portals, release
from warehouse.load import load

SELECTORS = {"new": {"date": ".date-detail", "author": ".author"}}
NOTHING = Expectations(is_learning=False)


def dated(number: int, when: datetime, *, is_dated: bool = True, layout: str = "new") -> Harvest:
    """A capture of article `number`, whose page says the day before the capture where it is dated."""
    harvest = page(number, number, when)
    assert harvest.article is not None
    published = (when - timedelta(days=1)).date().isoformat() if is_dated else None
    missed = Problem("article", "selector_missed", "new.date: .date-detail: nothing found", ".date-detail")
    article = replace(
        harvest.article,
        date_published=published,
        layout=layout,
        problems=() if is_dated else (missed,),
    )
    return replace(harvest, article=article)


def loaded(home: Path, harvests: Sequence[Harvest], warc_file: str) -> None:
    load(home, PORTALS, batches_of(moved(harvests, warc_file), size=50))


def past(articles: int = 120) -> list[Harvest]:
    """One article a day, from the first day on."""
    return [dated(number, day(number + 1)) for number in range(articles)]


def judged(
    home: Path,
    when: datetime,
    expected: Expectations = NOTHING,
    run: str = "r1",
    said: Iterable[str] = (),
    **crawled: object,
) -> Judgement:
    answers = list(said)
    (found,) = judge_portals(
        home,
        run,
        {"lechan": replace(expected, selectors=SELECTORS)},
        {"lechan": crawled},
        lambda portal, captures: answers[0] if answers and captures else None,
        when,
    )
    return found


def test_a_first_run_is_told_and_not_held(tmp_path: Path) -> None:
    loaded(tmp_path, [dated(n, day(1), is_dated=False) for n in range(12)], "a.warc.gz")
    found = judged(tmp_path, day(2), Expectations(fill={"date": 0.95}, is_learning=False))
    assert [one.bound for one in found.troubles] == ["expect.fill.date"]
    assert not found.is_held
    assert rows(tmp_path, "select count(*) from raw.hold") == [(0,)]


def test_a_redesign_overnight_is_learned_named_and_held_and_let_go_once_it_is_mended(tmp_path: Path) -> None:
    loaded(tmp_path, past(), "a.warc.gz")
    learning = Expectations()
    assert judged(tmp_path, day(121), learning).troubles == ()
    night = [dated(number, day(121), is_dated=False) for number in range(114, 123)]
    loaded(tmp_path, night, "b.warc.gz")
    found = judged(tmp_path, day(122), learning, "r2", ["the generic reader finds it"], found=3, requests=40)
    assert [one.bound for one in found.troubles] == ["learned.fill.date", "learned.selector"]
    assert found.is_held
    assert found.line is not None
    for part in ("lechan: date", "new.date: .date-detail", "generic reader", "--again", "portals release"):
        assert part in found.line
    assert rows(tmp_path, "select portal, kept_to, released_at from raw.hold") == [("lechan", day(120), None)]
    written = "select new, fetched, found, requests, is_held, fill ->> '$.date.of' from raw.portal_run"
    assert rows(tmp_path, written + " where run_id = 'r2'") == [(3, 9, 3, 40, True, "10")]

    mended = [dated(number, day(121)) for number in range(114, 123)]
    loaded(tmp_path, [], "c.warc.gz")
    again(tmp_path, mended)
    freed = judged(tmp_path, day(123), learning, "r3")
    assert (freed.troubles, freed.was_released) == ((), True)
    assert rows(tmp_path, "select released_by from raw.hold") == [("r3",)]


def again(home: Path, harvests: Sequence[Harvest]) -> None:
    """Read the captures of the second archive file once more, as after a mended selector."""
    from warehouse.load import forget_progress

    forget_progress(home, "lechan")
    loaded(home, harvests, "b.warc.gz")


def test_what_a_person_releases_is_not_told_again(tmp_path: Path) -> None:
    loaded(tmp_path, past(), "a.warc.gz")
    judged(tmp_path, day(121))
    loaded(tmp_path, [dated(number, day(121), is_dated=False) for number in range(110, 122)], "b.warc.gz")
    assert judged(tmp_path, day(122), Expectations(), "r2").is_held
    assert release(tmp_path, "lechan", day(122))
    assert not release(tmp_path, "lechan", day(122))
    loaded(tmp_path, [dated(number, day(123), is_dated=False) for number in range(122, 134)], "c.warc.gz")
    after = judged(tmp_path, day(124), Expectations(), "r3")
    assert after.troubles == ()


def test_silence_is_judged_by_the_file_or_by_the_usual_rhythm(tmp_path: Path) -> None:
    loaded(tmp_path, past(60), "a.warc.gz")
    for number, (expected, days, bound) in enumerate(
        (
            (Expectations(silent_days=3, is_learning=False), 65, "expect.silent_days"),
            (Expectations(new_per_week=5, is_learning=False), 65, "expect.new_per_week"),
            (Expectations(), 68, "learned.silent_days"),
            (Expectations(silent_days=30), 68, None),
            (Expectations(), 65, None),
            (NOTHING, 300, None),
        )
    ):
        found = judged(tmp_path, day(days), expected, f"r{number}")
        assert [one.bound for one in found.troubles] == ([bound] if bound else []), expected


def test_articles_that_vanish_together_are_not_taken_for_gone(tmp_path: Path) -> None:
    loaded(tmp_path, past(30), "a.warc.gz")
    judged(tmp_path, day(31))
    loaded(tmp_path, [bare(n, n, day(31), "gone") for n in range(12)], "b.warc.gz")
    found = judged(tmp_path, day(32), Expectations(), "r2")
    assert [one.bound for one in found.troubles] == ["learned.max_gone"]
    assert found.is_held


def test_failed_pages_are_counted_with_those_that_gave_no_answer(tmp_path: Path) -> None:
    loaded(tmp_path, past(30), "a.warc.gz")
    expected = Expectations(max_failed=0.2, is_learning=False)
    judged(tmp_path, day(31), expected)
    loaded(tmp_path, [dated(n, day(31)) for n in range(20, 36)], "b.warc.gz")
    assert judged(tmp_path, day(31), expected, "r2", failed=2).troubles == ()
    loaded(tmp_path, [dated(n, day(32)) for n in range(20, 36)], "c.warc.gz")
    found = judged(tmp_path, day(32), expected, "r3", failed=8)
    assert [one.said.split(",")[0] for one in found.troubles] == ["8 of 24 pages failed (33%)"]
