"""An archive with all that a portal gives, and how tests read and load it."""

from __future__ import annotations

import itertools
from pathlib import Path

from scraper.harvest.harvest import harvest_all, tasks_of
from scraper.items import Harvest, HarvestBatch
from tests.warehouse.archives import (
    BASE,
    LE_CHAN,
    Archive,
    address,
    article_html,
)
from tests.warehouse.harvests import day
from warehouse.load import LoadReport, load, progress_marks

PORTALS = {LE_CHAN.slug: LE_CHAN.record()}


def read_all(home: Path, workers: int = 0, records: int = 200) -> list[HarvestBatch]:
    return list(harvest_all(tasks_of([LE_CHAN], home, {}), workers, records))


def harvested(home: Path) -> list[Harvest]:
    return [harvest for batch in read_all(home) for harvest in batch.harvests]


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


def an_archive(home: Path) -> Path:
    """Write an archive of three files with all that a portal gives."""
    archive = Archive(home, max_bytes=4_000)
    for number in range(6):
        archive.add(address(number), day(1), article_html(number))
    archive.add(f"{BASE}/tin-tuc-su-kien-66734", day(1), b"<html><body>listing</body></html>", kind="listing")
    archive.add_unmodified(address(0), day(2), article_html(0))
    archive.add(address(1), day(3), article_html(1, "29,4"))
    archive.add(address(2), day(3), b"gone", status=404, outcome="gone")
    return home
