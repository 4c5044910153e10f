"""From archive files to rows: files unsettled, torn, damaged or shortened."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.archive.reader import archive_folder
from scraper.crawl.frontier import Frontier
from scraper.harvest.harvest import tasks_of
from tests.warehouse.archives import (
    LE_CHAN,
    Archive,
    address,
    article_html,
)
from tests.warehouse.harvests import day
from tests.warehouse.loading import an_archive, assert_without_gaps, load_all, read_all
from tests.warehouse.tables import rows
from warehouse.load import progress_marks


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return an_archive(tmp_path)


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
    batches = read_all(tmp_path, records=2)
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
