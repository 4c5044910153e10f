"""A changed reader of facts reads stored texts, and leaves what a load of the whole archive leaves."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from scraper.harvest.harvest import harvest_all, tasks_of
from scraper.harvest.rereading import reread_all
from scraper.items import HarvestBatch, Rereading, StoredText
from tests.warehouse.archives import LE_CHAN, Archive, address, article_html
from tests.warehouse.harvests import day
from tests.warehouse.tables import contents, doubled
from warehouse.fact_rows import Readers
from warehouse.load import load, progress_marks
from warehouse.reread import reread

PORTALS = {LE_CHAN.slug: LE_CHAN.record()}
OLD, NEW = Readers(1, 1), Readers(1, 2)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    archive = Archive(tmp_path, max_bytes=4_000)
    for number in range(5):
        archive.add(address(number), day(1), article_html(number))
    archive.add(address(1), day(2), article_html(1, "29,4"))
    archive.add(address(2), day(2), article_html(2))  # The same text once more.
    archive.add_unmodified(address(3), day(2), article_html(3))
    archive.add(address(4), day(3), b"", status=404, outcome="gone")
    return tmp_path


def batches(home: Path, readers: Readers) -> Iterator[HarvestBatch]:
    return harvest_all(tasks_of([LE_CHAN], home, progress_marks(home, readers)), workers=0)


def read_worse(batches: Iterable[HarvestBatch]) -> Iterator[HarvestBatch]:
    """What an older reader of facts read: no meeting, and every figure as a target."""
    for batch in batches:
        harvests = [
            replace(
                harvest,
                facts=replace(
                    harvest.facts,
                    meetings=(),
                    districts=(),
                    indicators=tuple(replace(o, obs_status="T") for o in harvest.facts.indicators),
                ),
            )
            if harvest.facts
            else harvest
            for harvest in batch.harvests
        ]
        yield replace(batch, harvests=tuple(harvests))


def newest(home: Path) -> dict[str, list[str]]:
    """The rows without those that the older reader of facts left beside."""
    import duckdb

    copy = home.parent / f"{home.name}-newest"
    copy.mkdir()
    shutil.copy(home / "warehouse.duckdb", copy)
    with duckdb.connect(str(copy / "warehouse.duckdb")) as connection:
        for table in ("meeting", "meeting_participant", "observation", "area_mention", "archive_progress"):
            connection.execute(f"delete from raw.{table} where fact_reader = 1")
        connection.execute("delete from raw.problem where fact_reader = 1")
    return contents(copy)


def test_facts_come_from_stored_texts_and_are_those_of_a_full_load(home: Path, tmp_path: Path) -> None:
    load(home, PORTALS, read_worse(batches(home, OLD)), readers=OLD)
    fresh = tmp_path / "fresh"
    shutil.copytree(home / LE_CHAN.slug, fresh / LE_CHAN.slug)
    load(fresh, PORTALS, batches(fresh, NEW), readers=NEW)
    shutil.rmtree(home / LE_CHAN.slug / "archive")  # No page can be parsed.

    read = partial(reread_all, portals={LE_CHAN.slug: LE_CHAN}, workers=2)
    assert reread(home, [LE_CHAN.slug], read, readers=NEW, texts_a_transaction=2) == 6
    assert newest(home) == contents(fresh)
    assert doubled(home) == {}
    assert progress_marks(home, NEW) == progress_marks(fresh, NEW)
    assert reread(home, [LE_CHAN.slug], read, readers=NEW) == 0


def test_what_is_interrupted_goes_on_and_counts_as_read_only_at_its_end(home: Path) -> None:
    load(home, PORTALS, read_worse(batches(home, OLD)), readers=OLD)
    portals = {LE_CHAN.slug: LE_CHAN}

    def torn(texts: Iterator[StoredText]) -> Generator[Rereading]:
        for number, text in enumerate(reread_all(texts, portals, 0)):
            if number == 3:
                raise KeyboardInterrupt
            yield text

    with pytest.raises(KeyboardInterrupt):
        reread(home, [LE_CHAN.slug], torn, readers=NEW, texts_a_transaction=1)
    assert progress_marks(home, NEW) == {}
    read = partial(reread_all, portals=portals, workers=0)
    assert reread(home, [LE_CHAN.slug], read, readers=NEW) == 3
    assert list(batches(home, NEW)) == []


def test_a_changed_reader_of_articles_reads_the_archive_again(home: Path) -> None:
    load(home, PORTALS, batches(home, OLD), readers=OLD)
    readers = Readers(2, 2)

    def never(texts: Iterator[StoredText]) -> Generator[Rereading]:
        yield from (pytest.fail(f"{text} is another reader's") for text in texts)

    assert reread(home, [LE_CHAN.slug], never, readers=readers) == 0
    assert load(home, PORTALS, batches(home, readers), readers=readers).records == 9
