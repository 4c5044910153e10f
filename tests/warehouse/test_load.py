"""Loading: exactly once, in any order, whatever is killed, and every revision with the days it was seen."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from scraper.errors import WarehouseError
from scraper.items import Harvest, HarvestBatch, Participant, Problem
from tests.warehouse.harvests import (
    PORTALS,
    bare,
    batch_of,
    batches_of,
    day,
    id_of,
    misread,
    moved,
    page,
    unmodified,
)
from tests.warehouse.tables import contents, doubled, rows
from warehouse.connect import connect, open_warehouse, warehouse_path
from warehouse.fact_rows import Readers
from warehouse.load import CURRENT_READERS, Verdict, forget_progress, load, progress_marks, record_problems

EDITED = "Sáng 27/2, Quận ủy Lê Chân tổ chức hội nghị lần thứ 1.\n\nTổng thu đạt 29,4% kế hoạch năm nay."


def history() -> list[Harvest]:
    """A month of captures: new articles, an edit, an edit taken back, unmodified, gone, back, and trouble."""
    first, edit = page(0, 1, day(1)), page(4, 1, day(3), EDITED)
    return [
        first,
        page(1, 2, day(1)),
        page(2, 3, day(1)),
        unmodified(3, 1, day(2), first),
        edit,
        bare(5, 2, day(3), "gone"),
        unmodified(6, 1, day(4), edit),
        page(7, 1, day(5)),
        bare(8, 2, day(6), "gone"),
        page(9, 2, day(7)),
        bare(10, 3, day(8), "challenge", Problem("crawl", "challenge", "a cookie challenge came")),
        bare(11, 3, day(9), "gone"),
        bare(12, 4, day(9), "gone"),
        page(13, 5, day(9)),
    ]


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


def test_an_edited_article_has_two_revisions_with_the_days_each_was_seen(tmp_path: Path) -> None:
    first, edit = page(0, 1, day(1)), page(2, 1, day(3), EDITED)
    captures = [first, unmodified(1, 1, day(2), first), edit, unmodified(3, 1, day(4), edit)]
    load(tmp_path, PORTALS, batches_of(captures))
    assert rows(tmp_path, "select body_text, first_seen, last_seen from raw.article order by first_seen") == [
        (page(0, 1, day(1)).article.body_text, day(1), day(2)),  # type: ignore[union-attr]
        (EDITED, day(3), day(4)),
    ]
    assert rows(tmp_path, "select first_seen, last_seen, gone_at from raw.article_state") == [
        (day(1), day(4), None)
    ]
    assert rows(tmp_path, "select count(distinct revision_id), count(*) from raw.observation") == [(2, 2)]


def test_edits_are_counted_apart_from_new_articles(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1))]))
    report = load(
        tmp_path, PORTALS, [batch_of([page(1, 1, day(2), EDITED), page(2, 9, day(2))], start=1_000)]
    )
    assert (report.new_articles, report.new_revisions) == (1, 1)


def test_furniture_that_changes_makes_no_revision(tmp_path: Path) -> None:
    first, later = page(0, 1, day(1)), page(1, 1, day(2))
    assert later.article is not None
    later = replace(later, article=replace(later.article, date_modified="2026-03-02", section=("Mới",)))
    load(tmp_path, PORTALS, batches_of([first, later]))
    assert rows(tmp_path, "select date_modified, section, last_seen from raw.article") == [
        (None, ["Tin tức", "Kinh tế"], day(2))
    ]


def test_an_article_that_is_gone_keeps_its_history(tmp_path: Path) -> None:
    load(
        tmp_path,
        PORTALS,
        batches_of([page(0, 1, day(1)), bare(1, 1, day(3), "gone"), bare(2, 1, day(5), "gone")]),
    )
    assert rows(tmp_path, "select last_seen, gone_at from raw.article_state") == [(day(1), day(3))]
    assert rows(tmp_path, "select first_seen, last_seen from raw.article") == [(day(1), day(1))]
    assert rows(tmp_path, "select count(*) from raw.observation") == [(1,)]


def test_an_article_that_comes_back_is_not_gone(tmp_path: Path) -> None:
    captures = [page(0, 1, day(1)), bare(1, 1, day(3), "gone"), page(2, 1, day(5))]
    load(tmp_path, PORTALS, batches_of(captures))
    assert rows(tmp_path, "select first_seen, last_seen, gone_at from raw.article_state") == [
        (day(1), day(5), None)
    ]
    load(tmp_path, PORTALS, [batch_of([bare(3, 1, day(6), "gone")], start=3_000)])
    assert rows(tmp_path, "select last_seen, gone_at from raw.article_state") == [(day(5), day(6))]


OK, ERROR_PAGE = page(0, 1, day(1)), misread(1, 1, day(3), "gone")
CHALLENGE, BLOCKED = misread(1, 1, day(3), "challenge"), bare(1, 1, day(3), "challenge")
BACK = page(3, 1, day(7))
MEANINGS = {
    "an error page stays one": (
        [OK, ERROR_PAGE, unmodified(2, 1, day(5), ERROR_PAGE)],
        (day(1), day(1), day(3)),
    ),
    "an error page that the text took the place of": (
        [OK, ERROR_PAGE, unmodified(2, 1, day(5), ERROR_PAGE), BACK, unmodified(4, 1, day(8), BACK)],
        (day(1), day(8), None),
    ),
    "a challenge stays one": (
        [OK, CHALLENGE, unmodified(2, 1, day(5), CHALLENGE)],
        (day(1), day(1), None),
    ),
    "a challenge that came before the page was gone": (
        [OK, CHALLENGE, unmodified(2, 1, day(5), CHALLENGE), bare(3, 1, day(6), "gone")],
        (day(1), day(1), day(6)),
    ),
    "the text behind a challenge that the crawl knew": (
        [OK, BLOCKED, unmodified(2, 1, day(5), OK)],
        (day(1), day(5), None),
    ),
    "the text after it was not to be found": (
        [OK, bare(1, 1, day(3), "gone"), unmodified(2, 1, day(5), OK)],
        (day(1), day(5), None),
    ),
    "a text that the archive does not hold": (
        [OK, bare(2, 1, day(5), "not_modified")],
        (day(1), day(1), None),
    ),
}


@pytest.mark.parametrize(("captures", "seen"), MEANINGS.values(), ids=MEANINGS.keys())
def test_what_was_not_modified_means_what_its_payload_meant_in_every_order(
    tmp_path: Path, captures: list[Harvest], seen: tuple[datetime, datetime, datetime | None]
) -> None:
    files = [moved([harvest], f"{place}.warc.gz") for place, harvest in enumerate(captures)]
    load(tmp_path / "straight", PORTALS, map(batch_of, files))
    straight = contents(tmp_path / "straight")
    assert rows(tmp_path / "straight", "select first_seen, last_seen, gone_at from raw.article_state") == [
        seen
    ]
    assert rows(tmp_path / "straight", "select first_seen, last_seen from raw.article") == [seen[:2]]
    if len(files) < 5:
        load_in_every_order(tmp_path / "orders", files, straight)
    else:
        for file in files[::-1]:
            load(tmp_path / "backwards", PORTALS, [batch_of(file)])
        assert contents(tmp_path / "backwards") == straight


def load_in_every_order(
    home: Path, files: Sequence[Sequence[Harvest]], expected: dict[str, list[str]]
) -> None:
    """Load the files in each order there is, those that begin alike from copies of one home."""
    for place, file in enumerate(files):
        after = home / str(place)
        after.mkdir(parents=True)
        if warehouse_path(home).is_file():
            shutil.copyfile(warehouse_path(home), warehouse_path(after))
        load(after, PORTALS, [batch_of(file)])
        rest = [*files[:place], *files[place + 1 :]]
        if rest:
            load_in_every_order(after, rest, expected)
        else:
            assert contents(after) == expected


def test_an_error_page_that_was_never_an_article_is_none_however_often_it_is_confirmed(
    tmp_path: Path,
) -> None:
    page_404 = misread(0, 1, day(1), "gone")
    load(tmp_path, PORTALS, batches_of([page_404, unmodified(1, 1, day(2), page_404)]))
    assert rows(tmp_path, "select count(*) from raw.article_state") == [(0,)]


def test_an_article_that_reading_anew_shows_to_be_an_error_page_is_none(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1), "Trang không tồn tại, hoặc nội dung đã bị xóa")]))
    load(tmp_path, PORTALS, batches_of([misread(0, 1, day(1), "gone")]))
    assert rows(tmp_path, "select count(*) from raw.article_state") == [(0,)]
    assert rows(tmp_path, "select count(*) from raw.article") == [(0,)]


def test_an_address_that_never_held_an_article_is_none(tmp_path: Path) -> None:
    load(tmp_path, PORTALS, batches_of([bare(0, 1, day(1), "gone")]))
    assert rows(tmp_path, "select count(*) from raw.article_state") == [(0,)]
    assert rows(tmp_path, "select outcome from raw.fetch") == [("gone",)]


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
