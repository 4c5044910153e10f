"""Loading: what fits no column, what was read twice, and what a file, a portal or a crawl tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from scraper.items import Harvest, HarvestBatch, Participant, Problem
from tests.warehouse.harvests import (
    PORTALS,
    batch_of,
    batches_of,
    day,
    history,
    id_of,
    page,
)
from tests.warehouse.tables import contents, doubled, rows
from warehouse.connect import warehouse_path
from warehouse.load import CURRENT_READERS, load, record_problems


def test_what_fits_no_column_is_a_problem_and_costs_nothing_else(tmp_path: Path) -> None:
    def spoilt(place: int, **changes: object) -> Harvest:
        harvest = page(place, place, day(1))
        assert harvest.facts is not None
        (figure,) = harvest.facts.indicators
        return replace(
            harvest,
            facts=replace(harvest.facts, indicators=(replace(figure, **changes), figure)),  # type: ignore[arg-type]
        )

    good = page(0, 0, day(1))
    too_long = spoilt(1, obs_value=Decimal(10) ** 25)
    too_fine = spoilt(2, obs_value=Decimal("0.12345678"))
    no_number = spoilt(3, obs_value=Decimal("NaN"))
    overflow = spoilt(4, unit_mult=2**40)
    assert good.article is not None
    surrogate = replace(good, fetch=page(5, 5, day(1)).fetch, article_id=id_of(5))
    surrogate = replace(surrogate, article=replace(good.article, headline="Tin \ud800 vắn"))
    load(tmp_path, PORTALS, [batch_of([good, too_long, too_fine, no_number, overflow, surrogate])])
    assert rows(tmp_path, "select count(*) from raw.fetch") == [(6,)]
    kinds = "select kind, count(*) from raw.problem where kind like '%storable' group by all order by all"
    assert rows(tmp_path, kinds) == [("not_storable", 1), ("number_not_storable", 3)]
    assert rows(tmp_path, "select count(*) from raw.observation") == [(5,)]
    assert rows(tmp_path, "select headline from raw.article where headline like 'Tin%'") == [("Tin ? vắn",)]


def test_a_date_that_is_none_is_a_problem(tmp_path: Path) -> None:
    harvest = page(0, 1, day(1))
    assert harvest.facts is not None
    (meeting,) = harvest.facts.meetings
    wrong = replace(harvest.facts, meetings=(replace(meeting, start_date="2026-02-30"),))
    load(tmp_path, PORTALS, batches_of([replace(harvest, facts=wrong)]))
    assert rows(tmp_path, "select start_date, end_date::varchar from raw.meeting") == [(None, "2026-02-27")]
    assert rows(tmp_path, "select quote from raw.problem where kind = 'date_not_iso'") == [("2026-02-30",)]


def test_a_fact_read_twice_from_one_place_counts_once_and_is_told(tmp_path: Path) -> None:
    harvest = page(0, 1, day(1))
    assert harvest.facts is not None
    twice = replace(
        harvest.facts, indicators=harvest.facts.indicators * 2, meetings=harvest.facts.meetings * 2
    )
    load(tmp_path, PORTALS, batches_of([replace(harvest, facts=twice)]))
    assert doubled(tmp_path) == {}
    assert rows(tmp_path, "select count(*) from raw.observation") == [(1,)]
    assert rows(tmp_path, "select detail from raw.problem where kind = 'fact_doubled' order by 1") == [
        ("The same meeting was read twice from the same place",),
        ("The same observation was read twice from the same place",),
    ]


def test_a_participant_named_twice_has_all_posts_and_the_strongest_note(tmp_path: Path) -> None:
    harvest = page(0, 1, day(1))
    assert harvest.facts is not None
    (meeting,) = harvest.facts.meetings
    named = (
        Participant("Phạm Tiến Du", ("Bí thư Quận ủy",), "attend"),
        Participant("Phạm Tiến Du", ("Chủ tịch HĐND quận",), "chair"),
    )
    facts = replace(harvest.facts, meetings=(replace(meeting, participants=named),))
    load(tmp_path, PORTALS, batches_of([replace(harvest, facts=facts)]))
    assert rows(tmp_path, "select roles, note from raw.meeting_participant") == [
        (["Bí thư Quận ủy", "Chủ tịch HĐND quận"], "chair")
    ]


def test_problems_of_a_file_and_of_a_portal_are_kept_once(tmp_path: Path) -> None:
    damaged = HarvestBatch(
        "lechan", "a.warc.gz", 0, 0, (), (Problem("archive", "damaged_record", "bytes 5 to 9"),)
    )
    at = datetime(2026, 3, 1, tzinfo=UTC)
    for _ in range(2):
        load(tmp_path, PORTALS, [damaged])
        record_problems(tmp_path, "lechan", [Problem("crawl", "portal_down", "no answer")], at)
    assert rows(tmp_path, "select portal, stage, kind from raw.problem order by all") == [
        ("lechan", "archive", "damaged_record"),
        ("lechan", "crawl", "portal_down"),
    ]


def test_what_a_crawl_tells_every_night_is_one_row_and_changes_nothing(tmp_path: Path) -> None:
    down = Problem("crawl", "portal_down", "no answer")
    missing = Problem("crawl", "missing", "the sitemap is not there", "/sitemap.xml")
    assert record_problems(tmp_path, "lechan", [], day(1)) == 0
    assert not warehouse_path(tmp_path).exists()
    assert record_problems(tmp_path, "lechan", [down, down, missing], day(1)) == 2
    assert record_problems(tmp_path, "haiphong", [down], day(1)) == 1
    before, file = contents(tmp_path), warehouse_path(tmp_path).read_bytes()
    for night in (1, 2, 3):
        assert record_problems(tmp_path, "lechan", [missing, down], day(night)) == 0
    assert contents(tmp_path) == before
    assert warehouse_path(tmp_path).read_bytes() == file
    assert rows(
        tmp_path, "select portal, kind, quote, occurred_at, fetch_id from raw.problem order by all"
    ) == [
        ("haiphong", "portal_down", None, day(1), None),
        ("lechan", "missing", "/sitemap.xml", day(1), None),
        ("lechan", "portal_down", None, day(1), None),
    ]
    assert record_problems(tmp_path, "lechan", [replace(down, detail="HTTP 503")], day(4)) == 1


def test_loading_leaves_what_a_crawl_told(tmp_path: Path) -> None:
    record_problems(tmp_path, "lechan", [Problem("crawl", "portal_down", "no answer")], day(1))
    load(tmp_path, PORTALS, batches_of(history()))
    load(
        tmp_path,
        PORTALS,
        batches_of(history()),
        readers=replace(CURRENT_READERS, article=CURRENT_READERS.article + 1),
    )
    assert rows(tmp_path, "select count(*) from raw.problem where kind = 'portal_down'") == [(1,)]
