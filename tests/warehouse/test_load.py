"""Loading: exactly once, in any order and any size of transaction, whatever stops it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from scraper.errors import WarehouseError
from scraper.items import Problem
from tests.warehouse.harvests import (
    PORTALS,
    bare,
    batch_of,
    batches_of,
    day,
    history,
    id_of,
    moved,
    page,
)
from tests.warehouse.tables import contents, doubled, rows
from warehouse.connect import connect, open_warehouse, warehouse_path
from warehouse.load import CURRENT_READERS, Verdict, load, progress_marks


def test_a_record_becomes_rows_that_say_what_it_said(tmp_path: Path) -> None:
    report = load(tmp_path, PORTALS, batches_of([page(0, 1, day(1))]))
    assert (report.records, report.new_articles, report.new_revisions, report.problems) == (1, 1, 0, 1)
    assert rows(
        tmp_path,
        "select article_id, headline, districts, captions, date_published, first_seen, last_seen"
        " from raw.article",
    ) == [
        (
            id_of(1),
            "Quận Lê Chân thu ngân sách đợt 1",
            ["305"],
            ["Quang cảnh hội nghị"],
            "2026-03-01T08:00:00+07:00",
            day(1),
            day(1),
        )
    ]
    assert rows(
        tmp_path,
        "select indicator, obs_value, unit_measure,"
        " substr(body_text, quote_start + 1, quote_end - quote_start) = quote"
        " from raw.observation join raw.article using (revision_id)",
    ) == [("budget_revenue", Decimal("27.1"), "percent", True)]
    assert rows(
        tmp_path,
        "select name, ordinal, start_date::varchar, person_name, roles, note from raw.meeting"
        " join raw.meeting_participant using (meeting_id) order by position",
    ) == [
        ("Hội nghị Quận ủy lần thứ 13", 13, "2026-02-27", "Phạm Tiến Du", ["Bí thư Quận ủy"], "chair"),
        ("Hội nghị Quận ủy lần thứ 13", 13, "2026-02-27", "Lê Trí Vũ", ["Chủ tịch HĐND quận"], "attend"),
    ]
    assert rows(tmp_path, "select ref_area, printed_name from raw.area_mention") == [("305", "quận Lê Chân")]
    assert rows(tmp_path, "select stage, kind, quote is not null, fact_reader from raw.problem") == [
        ("facts", "number_not_understood", True, CURRENT_READERS.fact)
    ]
    assert rows(tmp_path, "select portal, name, ref_area from raw.portal") == [
        ("lechan", "Quận Lê Chân", "305")
    ]


def test_the_keys_are_unique(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()))
    load(tmp_path, PORTALS, batches_of(moved(history(), "b.warc.gz")))
    assert doubled(tmp_path) == {}


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()))
    before, file = contents(tmp_path), warehouse_path(tmp_path).read_bytes()
    report = load(tmp_path, PORTALS, [])
    assert report.records == 0
    assert contents(tmp_path) == before
    assert warehouse_path(tmp_path).read_bytes() == file


def test_batches_given_again_change_nothing(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()))
    before = contents(tmp_path)
    report = load(tmp_path, PORTALS, batches_of(history()))
    assert (report.new_articles, report.new_revisions) == (0, 0)
    assert contents(tmp_path) == before


def test_the_same_batch_twice_in_a_transaction_counts_once(tmp_path: Path) -> None:
    batch = batch_of(history())
    load(tmp_path, PORTALS, [batch, batch])
    load(tmp_path / "once", PORTALS, [batch])
    ours, once = contents(tmp_path), contents(tmp_path / "once")
    del ours["archive_progress"], once["archive_progress"]
    assert ours == once


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_size_of_transactions_does_not_matter(tmp_path: Path, size: int) -> None:
    load(tmp_path / "whole", PORTALS, batches_of(history()))
    load(tmp_path / "parts", PORTALS, batches_of(history(), size), records_a_transaction=size)
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")


@pytest.mark.parametrize("order", list(permutations(["a.warc.gz", "b.warc.gz", "c.warc.gz"])))
def test_the_order_of_files_does_not_matter(tmp_path: Path, order: Sequence[str]) -> None:
    """Also where old captures are loaded after young ones, each file in a load of its own."""
    captures = history()
    files = {
        "a.warc.gz": moved(captures[:4], "a.warc.gz"),
        "b.warc.gz": moved(captures[4:8], "b.warc.gz"),
        "c.warc.gz": moved(captures[8:], "c.warc.gz"),
    }
    load(tmp_path / "straight", PORTALS, [batch_of(files[name]) for name in sorted(files)])
    for name in order:
        load(tmp_path / "other", PORTALS, batches_of(files[name], 1), records_a_transaction=1)
    assert contents(tmp_path / "other") == contents(tmp_path / "straight")


def test_progress_is_how_far_each_file_was_read(tmp_path: Path) -> None:
    assert progress_marks(tmp_path) == {}
    load(tmp_path, PORTALS, batches_of(history()))
    load(tmp_path, PORTALS, batches_of(moved(history()[:2], "b.warc.gz")))
    assert progress_marks(tmp_path) == {("lechan", "a.warc.gz"): 14_000, ("lechan", "b.warc.gz"): 2_000}
    assert rows(tmp_path, "select records from raw.archive_progress order by warc_file") == [(14,), (2,)]


def test_a_gap_is_refused_with_nothing_of_it_kept(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="left out"):
        load(tmp_path, PORTALS, [batch_of([page(5, 1, day(1))], start=5_000)])
    assert rows(tmp_path, "select count(*) from raw.fetch") == [(0,)]


def test_an_error_of_the_source_keeps_what_was_committed(tmp_path: Path) -> None:
    def breaking() -> object:
        yield from batches_of(history()[:6])
        raise RuntimeError("the harvest broke")

    with pytest.raises(RuntimeError):
        load(tmp_path, PORTALS, breaking(), records_a_transaction=3)  # type: ignore[arg-type]
    assert rows(tmp_path, "select count(*) from raw.fetch") == [(6,)]
    rest = batch_of(history()[6:], start=progress_marks(tmp_path)["lechan", "a.warc.gz"])
    load(tmp_path, PORTALS, [rest])
    load(tmp_path / "once", PORTALS, batches_of(history()))
    ours, once = contents(tmp_path), contents(tmp_path / "once")
    assert ours == once


def test_verdicts_are_told_with_each_transaction(tmp_path: Path) -> None:
    told: list[Sequence[Verdict]] = []
    soft = bare(2, 3, day(1), "gone", Problem("article", "error_page", "an error page"))
    load(
        tmp_path,
        PORTALS,
        batches_of([page(0, 1, day(1)), bare(1, 2, day(1), "not_modified"), soft]),
        verdicts=told.append,
    )
    (verdicts,) = told
    assert [(verdict.url[-1], verdict.kind, verdict.published) for verdict in verdicts] == [
        ("1", "article", "2026-03-01T08:00:00+07:00"),
        ("3", "gone", None),
    ]
    assert verdicts[0].text_hash == page(0, 1, day(1)).text_hash


def test_verdicts_that_cannot_be_told_undo_their_transaction(tmp_path: Path) -> None:
    def refuse(verdicts: Sequence[Verdict]) -> None:
        raise OSError("the frontier is not writable")

    with pytest.raises(Exception, match="frontier"):
        load(tmp_path, PORTALS, batches_of(history()), verdicts=refuse)
    assert rows(tmp_path, "select count(*) from raw.fetch") == [(0,)]


def test_a_portals_record_follows_its_file(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, [])
    retired = replace(PORTALS["lechan"], retired_on="2025-07-01", notice="Đã ngừng")
    load(tmp_path, {"lechan": retired}, [])
    assert rows(tmp_path, "select retired_on::varchar, notice from raw.portal") == [
        ("2025-07-01", "Đã ngừng")
    ]


def test_loading_closes_the_file(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of(history()))
    with closing(connect(warehouse_path(tmp_path), read_only=True)):
        pass
    with closing(open_warehouse(warehouse_path(tmp_path))):
        pass
