"""From archive pages to rows: every page once, in order, and every row back to its bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from scraper.archive.reader import archive_files, archive_folder, read_archive, read_record
from scraper.harvest.captures import read_captured
from scraper.harvest.harvest import Segment, harvest_all, harvest_segment, tasks_of
from scraper.identity import article_id
from tests.warehouse.archives import (
    LE_CHAN,
    Archive,
    address,
    article_html,
)
from tests.warehouse.harvests import day
from tests.warehouse.loading import (
    an_archive,
    assert_without_gaps,
    harvested,
    load_all,
    read_all,
)
from tests.warehouse.tables import contents, doubled, rows
from warehouse.load import progress_marks


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return an_archive(tmp_path)


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


def test_workers_give_what_one_process_gives_in_the_same_order(home: Path) -> None:
    alone = read_all(home, records=2)
    assert read_all(home, workers=2, records=2) == alone
    assert len(alone) > 4
    assert len({batch.warc_file for batch in alone}) > 1
    assert_without_gaps(alone)
    assert [harvest for batch in alone for harvest in batch.harvests] == [
        read_captured(captured, LE_CHAN)
        for file in sorted(archive_folder(home, LE_CHAN.slug).iterdir())
        for captured in read_archive(file.parent, LE_CHAN.slug, file.name, 0, [])
        if captured.fetch.kind == "article"
    ]


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
