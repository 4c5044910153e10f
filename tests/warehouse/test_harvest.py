"""From archive files to rows: every page once, in order, whatever a page does to its reader."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import scraper.harvest.captures
import scraper.harvest.harvest
from scraper.archive.reader import archive_files, archive_folder, read_archive, read_record
from scraper.article import read_article
from scraper.crawl.frontier import Frontier
from scraper.errors import MachineError
from scraper.harvest.captures import read_captured
from scraper.harvest.harvest import Segment, harvest_all, harvest_segment, tasks_of
from scraper.identity import article_id
from scraper.items import Article, Harvest, HarvestBatch
from tests.warehouse.archives import (
    BASE,
    LE_CHAN,
    Archive,
    address,
    article_html,
    harvest_or_die,
    harvest_without_memory,
)
from tests.warehouse.harvests import day
from tests.warehouse.tables import contents, doubled, rows
from warehouse.load import LoadReport, load, progress_marks

PORTALS = {LE_CHAN.slug: LE_CHAN.record()}


def read(home: Path, workers: int = 0, records: int = 200) -> list[HarvestBatch]:
    return list(harvest_all(tasks_of([LE_CHAN], home, {}), workers, records))


def harvested(home: Path) -> list[Harvest]:
    return [harvest for batch in read(home) for harvest in batch.harvests]


def load_all(home: Path, workers: int = 0) -> LoadReport:
    return load(home, PORTALS, harvest_all(tasks_of([LE_CHAN], home, progress_marks(home)), workers))


def load_in_steps(home: Path, workers: int = 0) -> LoadReport:
    tasks = tasks_of([LE_CHAN], home, progress_marks(home))
    return load(home, PORTALS, harvest_all(tasks, workers, 2), records_a_transaction=2)


def assert_without_gaps(batches: list[HarvestBatch]) -> None:
    for _, of_file in itertools.groupby(batches, key=lambda batch: batch.warc_file):
        end = 0
        for batch in of_file:
            assert batch.start == end
            assert batch.read_to >= end
            end = batch.read_to


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of three files with all that a portal gives."""
    archive = Archive(tmp_path, max_bytes=4_000)
    for number in range(6):
        archive.add(address(number), day(1), article_html(number))
    archive.add(f"{BASE}/tin-tuc-su-kien-66734", day(1), b"<html><body>listing</body></html>", kind="listing")
    archive.add_unmodified(address(0), day(2), article_html(0))
    archive.add(address(1), day(3), article_html(1, "29,4"))
    archive.add(address(2), day(3), b"gone", status=404, outcome="gone")
    return tmp_path


def test_a_page_gives_its_article_and_its_facts(home: Path) -> None:
    first = harvested(home)[0]
    assert first.article_id == article_id(address(0), LE_CHAN)
    assert first.article is not None
    assert first.facts is not None
    assert first.article.headline == "Hội nghị Quận ủy Lê Chân lần thứ 0"
    assert first.article.date_published == "2023-04-11T08:30:00+07:00"
    assert "305" in first.facts.districts
    assert first.problems == ()


def test_what_is_no_article_stays_in_the_archive(home: Path) -> None:
    folder = archive_folder(home, LE_CHAN.slug)
    archived = {
        captured.fetch.kind
        for file in archive_files(folder)
        for captured in read_archive(folder, LE_CHAN.slug, file.name)
    }
    assert archived == {"article", "listing"}
    assert {harvest.fetch.kind for harvest in harvested(home)} == {"article"}


def test_an_answer_without_a_text_belongs_to_its_article(home: Path) -> None:
    unmodified, gone = (
        next(harvest for harvest in harvested(home) if harvest.fetch.outcome == outcome)
        for outcome in ("not_modified", "gone")
    )
    assert unmodified.article_id == article_id(address(0), LE_CHAN)
    assert gone.article_id == article_id(address(2), LE_CHAN)
    assert (unmodified.article, unmodified.problems, gone.article, gone.problems) == (None, (), None, ())


@pytest.mark.parametrize("form", ["?amp=1", "/amp", "?utm_source=zalo", "?print=1"])
def test_forms_of_an_address_are_one_article_with_one_text(tmp_path: Path, form: str) -> None:
    archive = Archive(tmp_path)
    archive.add(address(1), day(1), article_html(1))
    archive.add(address(1) + form, day(2), article_html(1))
    first, other = harvested(tmp_path)
    assert other.article_id == first.article_id
    assert other.text_hash == first.text_hash


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "page_refused"),
        (b"%PDF-1.7\x00\x01\x02\xff" * 50, "page_refused"),
        (b"<div>" * 20_000, "page_refused"),
        (b"<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", "error_page"),
    ],
)
def test_a_page_that_is_no_article_is_a_problem(tmp_path: Path, body: bytes, kind: str) -> None:
    archive = Archive(tmp_path)
    archive.add(address(1), day(1), body)
    archive.add(address(2), day(1), article_html(2))
    refused, fine = harvested(tmp_path)
    assert [problem.kind for problem in refused.problems] == [kind]
    assert refused.article is None
    assert refused.fetch.outcome == ("gone" if kind == "error_page" else "ok")
    assert fine.article is not None


@pytest.mark.parametrize("outcome", ["challenge", "truncated", "too_large", "error"])
def test_what_the_crawl_could_not_take_is_a_problem(tmp_path: Path, outcome: str) -> None:
    Archive(tmp_path).add(address(1), day(1), article_html(1), outcome=outcome)
    (taken,) = harvested(tmp_path)
    assert taken.article is None
    assert [(problem.stage, problem.kind) for problem in taken.problems] == [("crawl", outcome)]


@pytest.mark.parametrize("broken", ["read_article", "read_facts"])
def test_an_error_of_a_reader_costs_one_page(
    home: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    intact = getattr(scraper.harvest.captures, broken)

    def breaking(first: object, *rest: object) -> object:
        if "lần thứ 3" in (first.decode() if isinstance(first, bytes) else str(first)):
            raise RecursionError("too deep\nby far")
        return intact(first, *rest)

    monkeypatch.setattr(scraper.harvest.captures, broken, breaking)
    found = {harvest.fetch.url: harvest for harvest in harvested(home)}
    (problem,) = found[address(3)].problems
    assert (problem.kind, problem.detail) == ("recursion_error", "too deep by far")
    assert problem.stage == ("article" if broken == "read_article" else "facts")
    assert (found[address(3)].article is None) == (broken == "read_article")
    assert found[address(4)].facts is not None


@pytest.mark.parametrize("broken", ["read_article", "read_facts"])
@pytest.mark.parametrize(
    "error",
    [
        OSError(24, "Too many open files", "areas.csv"),
        MemoryError(),
        ModuleNotFoundError("No module named 'lxml'"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_the_machine_lacks_stops_the_load_and_nothing_unread_counts_as_read(
    home: Path, monkeypatch: pytest.MonkeyPatch, broken: str, error: Exception
) -> None:
    intact = getattr(scraper.harvest.captures, broken)

    def breaking(first: object, *rest: object) -> object:
        if "lần thứ 3" in (first.decode() if isinstance(first, bytes) else str(first)):
            raise error
        return intact(first, *rest)

    monkeypatch.setattr(scraper.harvest.captures, broken, breaking)
    with pytest.raises(MachineError, match=rf"{address(3)}: .*{type(error).__name__}") as stopped:
        load_in_steps(home)
    assert "\n" not in str(stopped.value)
    assert rows(home, "select count(*) from raw.fetch") == [(2,)]
    assert rows(home, "select count(*) from raw.problem") == [(0,)]
    monkeypatch.undo()
    load_all(home)
    assert rows(home, "select count(*) from raw.fetch") == [(9,)]
    assert rows(home, "select count(*) from raw.problem") == [(0,)]
    assert rows(home, "select count(distinct url) from raw.article") == [(6,)]


def test_a_worker_whose_machine_lacks_memory_stops_the_load(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scraper.harvest.harvest, "harvest_segment", harvest_without_memory)
    with pytest.raises(MachineError, match="MemoryError"):
        load_in_steps(home, workers=2)
    assert rows(home, "select max(url) from raw.fetch") == [(address(3),)]


def test_a_page_that_takes_too_long_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(body: bytes, *rest: Any) -> Article:
        while "lần thứ 3" in body.decode():
            try:
                time.sleep(0.01)
            except Exception:  # what a careless library does
                continue
        return read_article(body, *rest)

    monkeypatch.setattr(scraper.harvest.captures, "read_article", endless)
    monkeypatch.setattr(scraper.harvest.captures, "SECONDS_A_PAGE", 0.2)
    found = {harvest.fetch.url: harvest for harvest in harvested(home)}
    assert [problem.kind for problem in found[address(3)].problems] == ["took_too_long"]
    assert found[address(4)].article is not None


def test_workers_give_what_one_process_gives_in_the_same_order(home: Path) -> None:
    alone = read(home, records=2)
    assert read(home, workers=2, records=2) == alone
    assert len(alone) > 4
    assert len({batch.warc_file for batch in alone}) > 1
    assert_without_gaps(alone)
    assert [harvest for batch in alone for harvest in batch.harvests] == [
        read_captured(captured, LE_CHAN)
        for file in sorted(archive_folder(home, LE_CHAN.slug).iterdir())
        for captured in read_archive(file.parent, LE_CHAN.slug, file.name, 0, [])
        if captured.fetch.kind == "article"
    ]


def test_a_page_that_kills_its_worker_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path)
    for number in range(7):
        slug = "tin-chet" if number == 4 else "tin-hoi-nghi"
        archive.add(address(number, slug), day(1), article_html(number))
    expected = read(tmp_path, records=3)
    monkeypatch.setattr(scraper.harvest.harvest, "harvest_segment", harvest_or_die)
    batches = read(tmp_path, workers=2, records=3)
    found = [harvest for batch in batches for harvest in batch.harvests]
    assert_without_gaps(batches)
    assert [problem.kind for problem in found[4].problems] == ["reader_crashed"]
    others = [harvest for batch in expected for harvest in batch.harvests]
    assert found[:4] + found[5:] == others[:4] + others[5:]
    assert found[4].article_id == others[4].article_id


WAITING = """
import sys, time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from scraper.harvest.harvest import harvest_all, tasks_of
from tests.warehouse.archives import LE_CHAN

if __name__ == "__main__":
    batches = harvest_all(tasks_of([LE_CHAN], Path(sys.argv[1]), {}), 2, 1)
    next(batches)
    from multiprocessing import active_children
    print(*[child.pid for child in active_children()], flush=True)
    time.sleep(600)
"""


def test_workers_end_with_a_parent_that_was_killed(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "waiting.py"
    script.write_text(WAITING)
    parent = subprocess.Popen(
        [sys.executable, str(script), str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert parent.stdout is not None
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    assert workers
    assert all(is_alive(pid) for pid in workers)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 20
    while any(is_alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if is_alive(pid)]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def settle(home: Path, warc_file: str, offset: int) -> None:
    with Frontier(home / LE_CHAN.slug / "frontier.sqlite") as frontier:
        frontier.settle([], 0, (warc_file, offset))


def test_what_a_crawl_beside_has_not_settled_is_left_for_later(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_bytes=3_200)
    places = [archive.add(address(number), day(1), article_html(number)) for number in range(6)]
    first, last = places[0].warc_file, places[-1].warc_file
    assert (places[2].warc_file, places[3].warc_file) == (first, last)
    settle(tmp_path, first, places[0].end)
    assert [load_all(tmp_path).records for _ in range(2)] == [1, 0]
    settle(tmp_path, last, places[-2].end)
    assert [load_all(tmp_path).records for _ in range(2)] == [4, 0]
    settle(tmp_path, last, places[-1].end)
    assert [load_all(tmp_path).records for _ in range(2)] == [1, 0]
    settle(tmp_path, first, places[0].end)  # An older frontier was put back.
    assert tasks_of([LE_CHAN], tmp_path, progress_marks(tmp_path)) == []
    assert rows(tmp_path, "select count(*) from raw.fetch") == [(6,)]
    assert rows(tmp_path, "select count(*) from raw.problem where stage = 'archive'") == [(0,)]


def test_an_archive_whose_frontier_says_nothing_is_read_whole(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(address(1), day(1), article_html(1))
    Frontier(tmp_path / LE_CHAN.slug / "frontier.sqlite").close()
    assert load_all(tmp_path).records == 1


def test_a_torn_tail_is_left_for_the_writer(home: Path) -> None:
    newest = sorted(archive_folder(home, LE_CHAN.slug).iterdir())[-1]
    whole = newest.read_bytes()
    newest.write_bytes(whole[:-20])
    load_all(home)
    before = rows(home, "select count(*) from raw.fetch")
    newest.write_bytes(whole)
    report = load_all(home)
    assert report.records == 1
    assert before == [(8,)]
    assert rows(home, "select count(*) from raw.fetch") == [(9,)]
    assert rows(home, "select count(*) from raw.problem where stage = 'archive'") == [(0,)]


def test_damage_in_the_middle_costs_what_is_damaged_and_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    places = [archive.add(address(number), day(1), article_html(number)) for number in range(5)]
    file = archive.folder / places[2].warc_file
    damaged = bytearray(file.read_bytes())
    damaged[places[2].offset + 40 : places[2].offset + 90] = bytes(50)
    file.write_bytes(damaged)
    batches = read(tmp_path, records=2)
    assert_without_gaps(batches)
    found = [harvest.fetch.url for batch in batches for harvest in batch.harvests]
    assert found == [address(number) for number in (0, 1, 3, 4)]
    assert [problem.kind for batch in batches for problem in batch.problems] == ["damaged_record"]
    load_all(tmp_path)
    assert rows(tmp_path, "select count(*) from raw.problem where kind = 'damaged_record'") == [(1,)]


def test_a_file_that_became_shorter_is_told_and_the_others_are_read(home: Path) -> None:
    load_all(home)
    first, *_, last = sorted(archive_folder(home, LE_CHAN.slug).iterdir())
    first.write_bytes(first.read_bytes()[:100])
    Archive(home).add(address(9), day(4), article_html(9))
    report = load_all(home)
    assert (report.records, report.new_articles) == (1, 1)
    assert rows(home, "select kind from raw.problem where stage = 'archive'") == [("file_shortened",)]
    assert last.exists()


def test_nothing_new_starts_no_process_and_changes_nothing(home: Path) -> None:
    load_all(home)
    before = contents(home)
    assert tasks_of([LE_CHAN], home, progress_marks(home)) == []
    assert load_all(home, workers=2).records == 0
    assert contents(home) == before


def test_the_way_from_the_archive_to_the_tables(home: Path) -> None:
    report = load_all(home, workers=2)
    assert (report.records, report.new_articles, report.new_revisions) == (9, 6, 1)
    assert doubled(home) == {}
    assert rows(home, "select count(distinct article_id), count(*) from raw.article") == [(6, 7)]
    assert rows(home, "select count(*) from raw.article_state where gone_at is not null") == [(1,)]
    spans = rows(
        home,
        "select first_seen, last_seen from raw.article where url like '%700000' or url like '%700001'"
        " order by all",
    )
    assert spans == [(day(1), day(1)), (day(1), day(2)), (day(3), day(3))]
    for quote, body_text in rows(
        home,
        "select quote, body_text[quote_start + 1 : quote_end] from raw.observation"
        " join raw.article using (revision_id) where field = 'body_text'",
    ):
        assert quote == body_text


@pytest.mark.parametrize(
    ("body", "gone_at"),
    [
        (b"<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", day(3)),
        (
            b"<html><body><script>document.cookie='D1N=1f';window.location.reload(true)</script></body></html>",
            None,
        ),
    ],
    ids=["error page", "challenge"],
)
def test_a_page_that_reading_refused_does_not_come_to_life_when_it_is_not_modified(
    tmp_path: Path, body: bytes, gone_at: datetime | None
) -> None:
    archive = Archive(tmp_path)
    archive.add(address(1), day(1), article_html(1))
    archive.add(address(1), day(3), body)
    archive.add_unmodified(address(1), day(5), body)
    load_all(tmp_path)
    outcome = "gone" if gone_at else "challenge"
    assert rows(tmp_path, "select outcome from raw.fetch order by fetched_at") == [
        ("ok",),
        (outcome,),
        ("not_modified",),
    ]
    assert rows(tmp_path, "select last_seen, gone_at from raw.article_state") == [(day(1), gone_at)]
    assert rows(tmp_path, "select last_seen from raw.article") == [(day(1),)]


def test_every_row_leads_back_to_its_bytes(home: Path) -> None:
    load_all(home)
    folder = archive_folder(home, LE_CHAN.slug)
    found = rows(
        home,
        "select headline, warc_file, warc_offset from raw.article join raw.fetch using (fetch_id)",
    )
    assert len(found) == 7
    for headline, warc_file, offset in found:
        assert headline in read_record(folder, LE_CHAN.slug, warc_file, offset).body.decode()


def test_a_rebuild_gives_the_same_rows(home: Path, tmp_path: Path) -> None:
    """Loaded night by night, and all at once from the same archive."""
    load_all(home)
    Archive(home).add(address(2), day(5), article_html(2))
    Archive(home).add(address(8), day(5), article_html(8))
    load_all(home)
    nightly = contents(home)
    (home / "warehouse.duckdb").unlink()
    load_all(home, workers=2)
    assert contents(home) == nightly


def test_segments_are_a_pure_function(home: Path) -> None:
    with closing(harvest_all(tasks_of([LE_CHAN], home, {}), 0, 3)) as batches:
        first = next(batches)
    (task, *_) = tasks_of([LE_CHAN], home, {})
    offsets = tuple(harvest.fetch.warc_offset for harvest in first.harvests)
    segment = Segment(task, first.start, first.read_to, offsets)
    assert harvest_segment(segment) == harvest_segment(segment) == first
