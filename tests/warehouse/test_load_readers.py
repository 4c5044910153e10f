"""Loading: what newer and older readers make of the same pages stands side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scraper.errors import WarehouseError
from scraper.items import Problem
from tests.warehouse.harvests import (
    PORTALS,
    bare,
    batches_of,
    day,
    history,
    page,
)
from tests.warehouse.tables import contents, doubled, rows
from warehouse.fact_rows import Readers
from warehouse.load import forget_progress, load, progress_marks


def test_a_newer_article_reader_puts_rows_beside_the_old(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()), readers=Readers(1, 1))
    before = contents(tmp_path)
    again = [
        replace(harvest, text_hash=f"read-anew-{harvest.text_hash}") if harvest.article else harvest
        for harvest in history()
    ]
    assert progress_marks(tmp_path, Readers(2, 1)) == {}
    load(tmp_path, PORTALS, batches_of(again), readers=Readers(2, 1))
    assert doubled(tmp_path) == {}
    for table in ("fetch", "article_state", "attachment"):
        assert contents(tmp_path)[table] == before[table]
    assert set(before["article"]) < set(contents(tmp_path)["article"])
    spans = "select article_id, first_seen, last_seen from raw.article where article_reader = {} order by all"
    assert rows(tmp_path, spans.format(1)) == rows(tmp_path, spans.format(2))


def test_a_newer_fact_reader_puts_facts_beside_the_old(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()), readers=Readers(1, 1))
    texts = contents(tmp_path)["article"]
    load(tmp_path, PORTALS, batches_of(history()), readers=Readers(1, 2))
    assert rows(tmp_path, "select fact_reader, count(*) from raw.observation group by all order by all") == [
        (1, 5),
        (2, 5),
    ]
    assert rows(tmp_path, "select distinct fact_reader from raw.article") == [(2,)]
    assert len(contents(tmp_path)["article"]) == len(texts)
    assert doubled(tmp_path) == {}


def test_the_newest_article_readers_facts_are_those_of_a_text_that_both_read(tmp_path: Path) -> None:
    """The text is the same, its date is not: facts resolved with the old date must not stay."""
    harvest = page(0, 1, day(1))
    assert harvest.facts is not None
    load(tmp_path, PORTALS, batches_of([harvest]), readers=Readers(1, 1))
    dated = tuple(replace(figure, time_period="2025-Q1") for figure in harvest.facts.indicators)
    newer = replace(harvest, facts=replace(harvest.facts, indicators=dated))
    load(tmp_path, PORTALS, batches_of([newer]), readers=Readers(2, 1))
    assert rows(tmp_path, "select time_period from raw.observation") == [("2025-Q1",)]
    assert doubled(tmp_path) == {}


def test_an_older_reader_does_not_write_into_what_a_newer_one_read(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()), readers=Readers(2, 3))
    before = contents(tmp_path)
    for readers in (Readers(1, 3), Readers(2, 2)):
        with pytest.raises(WarehouseError, match="upgrade CityLedger"):
            load(tmp_path, PORTALS, batches_of(history()), readers=readers)
        with pytest.raises(WarehouseError, match="upgrade CityLedger"):
            progress_marks(tmp_path, readers)
    assert contents(tmp_path) == before


def test_pages_read_again_with_mended_selectors_are_as_if_read_so_at_first(tmp_path: Path) -> None:
    """What the first reading misread, missed or complained of is gone; no reader version was raised."""
    mended = [page(0, 1, day(1)), page(1, 2, day(1)), page(2, 3, day(2))]
    wrong = [
        page(0, 1, day(1), "Trang chủ | Liên hệ | Sơ đồ cổng, và nhiều mục khác nữa"),
        bare(1, 2, day(1), "ok", Problem("article", "selector_missed", "no body")),
        replace(mended[2], facts=None),
    ]
    load(tmp_path / "again", PORTALS, batches_of(wrong))
    forget_progress(tmp_path / "again", "lechan")
    assert progress_marks(tmp_path / "again") == {}
    load(tmp_path / "again", PORTALS, batches_of(mended))
    load(tmp_path / "once", PORTALS, batches_of(mended))
    assert contents(tmp_path / "again") == contents(tmp_path / "once")
