"""Reading on a Dask cluster: the same rows as without one, whoever of it dies."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dask
import pytest

import scraper.harvest.cluster
import scraper.harvest.harvest
from scraper.errors import ClusterError, MachineError, UsageError
from scraper.harvest.cluster import DaskCluster
from scraper.harvest.edition import edition
from scraper.harvest.engine import reading_engine
from scraper.harvest.harvest import Segment, harvest_all, harvest_segment, segments_of, tasks_of
from scraper.harvest.sharing import Engine, Work
from scraper.items import HarvestBatch
from tests.warehouse.archives import (
    LE_CHAN,
    Archive,
    address,
    article_html,
    harvest_or_die,
    harvest_without_memory,
)
from tests.warehouse.harvests import day
from tests.warehouse.tables import contents, doubled, rows
from warehouse.load import load, progress_marks

PORTALS = {LE_CHAN.slug: LE_CHAN.record()}
ARTICLES = 24


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some files, one page of which would kill a reader that dies of its address."""
    folder: Path = tmp_path_factory.mktemp("home")
    archive = Archive(folder, max_bytes=8_000)
    for number in range(ARTICLES):
        slug = "tin-chet" if number == ARTICLES - 3 else "tin-hoi-nghi"
        archive.add(address(number, slug), day(1), article_html(number))
    archive.add(address(1), day(3), article_html(1, "29,4"))
    return folder


@pytest.fixture(scope="module")
def alone(home: Path) -> list[HarvestBatch]:
    return list(harvest_all(tasks_of([LE_CHAN], home, {}), 0, 2))


@pytest.fixture(scope="module")
def cluster(home: Path) -> Iterator[DaskCluster]:
    with DaskCluster("local:2", home) as opened:
        yield opened


def load_all(home: Path, archived: Path, engine: Engine) -> None:
    """Load what is archived in one home into the warehouse of another."""
    batches = harvest_all(tasks_of([LE_CHAN], archived, progress_marks(home)), engine, 2)
    load(home, PORTALS, batches, records_a_transaction=4)


def test_results_come_in_order_and_few_are_in_flight(
    cluster: DaskCluster, home: Path, alone: list[HarvestBatch]
) -> None:
    (*tasks,) = tasks_of([LE_CHAN], home, {})
    taken: list[Segment] = []

    def segments() -> Iterator[Segment]:
        for task in tasks:
            for segment in segments_of(task, 2):
                taken.append(segment)
                yield segment

    work = Work("scraper.harvest.harvest", harvest_segment, lambda _: None, lambda _: alone[0])
    ahead = []
    found = []
    for batch in cluster.share_out(segments(), work):
        found.append(batch)
        ahead.append(len(taken) - len(found))
    assert found == alone
    assert max(ahead) < 2 * 2


def test_a_worker_killed_in_mid_run_costs_nothing(cluster: DaskCluster, home: Path, tmp_path: Path) -> None:
    load_all(tmp_path / "alone", home, 0)
    tasks = tasks_of([LE_CHAN], home, progress_marks(tmp_path / "shared"))
    killed: list[int] = []

    def with_a_death() -> Iterator[HarvestBatch]:
        with closing(harvest_all(tasks, cluster, 2)) as batches:
            for number, batch in enumerate(batches):
                # Pieces in work or not yet fetched: either is lost with the worker.
                held = [cluster.client.processing(), cluster.client.has_what()]
                at_stake = {worker: sum(len(keys[worker]) for keys in held) for worker in held[0]}
                worker = max(at_stake, key=lambda name: at_stake[name])
                if number and not killed and at_stake[worker]:
                    killed.append(cluster.client.run(os.getpid, workers=[worker])[worker])
                    os.kill(killed[0], signal.SIGKILL)
                yield batch

    report = load(tmp_path / "shared", PORTALS, with_a_death(), records_a_transaction=4)
    assert len(killed) == 1
    assert report.records == ARTICLES + 1
    assert contents(tmp_path / "shared") == contents(tmp_path / "alone")
    assert doubled(tmp_path / "shared") == {}


def test_a_page_that_kills_its_reader_costs_itself_alone(
    cluster: DaskCluster, home: Path, alone: list[HarvestBatch], monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.client.wait_for_workers(2, timeout=60)
    before = set(cluster.client.nthreads())
    monkeypatch.setattr(scraper.harvest.harvest, "harvest_segment", harvest_or_die)
    tasks = tasks_of([LE_CHAN], home, {})[-1:]
    found = [harvest for batch in harvest_all(tasks, cluster, 3) for harvest in batch.harvests]
    expected = [harvest for batch in alone for harvest in batch.harvests][-len(found) :]
    assert [problem.kind for harvest in found for problem in harvest.problems] == ["reader_crashed"]
    assert [harvest.fetch for harvest in found] == [harvest.fetch for harvest in expected]
    assert sum(one == other for one, other in zip(found, expected, strict=True)) == len(found) - 1
    assert set(cluster.client.nthreads()) == before


def test_what_a_workers_machine_lacks_stops_the_load_and_names_it(
    cluster: DaskCluster, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scraper.harvest.harvest, "harvest_segment", harvest_without_memory)
    with pytest.raises(MachineError, match=rf"worker tcp://.*{address(4)}: .*MemoryError") as caught:
        load_all(tmp_path, home, cluster)
    assert "\n" not in str(caught.value)
    assert rows(tmp_path, "select count(*) from raw.fetch") == [(4,)]


def test_an_archive_that_a_worker_does_not_see_whole_is_told_and_nothing_is_skipped(
    cluster: DaskCluster, tmp_path: Path
) -> None:
    archive = Archive(tmp_path)
    places = [archive.add(address(number), day(1), article_html(number)) for number in range(4)]
    segments = [segment for task in tasks_of([LE_CHAN], tmp_path, {}) for segment in segments_of(task)]
    file = archive.folder / places[0].warc_file
    file.write_bytes(file.read_bytes()[: places[2].end])  # As a share that lags behind shows it.
    work = Work("scraper.harvest.harvest", harvest_segment, lambda _: None, lambda _: None)
    with pytest.raises(ClusterError, match=r"worker tcp://.*: 3 of 4 records.* share") as caught:
        list(cluster.share_out(segments, work))
    assert "\n" not in str(caught.value)


def test_workers_with_other_readers_or_without_the_home_are_refused(
    cluster: DaskCluster, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = str(cluster.client.scheduler_info()["address"])
    tasks = tasks_of([LE_CHAN], home, {})
    nowhere = tmp_path / "elsewhere"
    with (
        DaskCluster(address, nowhere) as other,
        pytest.raises(ClusterError, match=rf"sees no {nowhere}: .*share"),
    ):
        list(harvest_all(tasks, other))
    newer = {**edition(), "fact reader": "999"}
    monkeypatch.setattr(scraper.harvest.cluster, "edition", lambda: newer)
    said = r"worker tcp://.* reads otherwise: fact reader \d+ \(here 999\)"
    with DaskCluster(address, home) as other, pytest.raises(ClusterError, match=said):
        list(harvest_all(tasks, other))
    # One that came after the others were looked at is found by the first piece that it is given.
    with pytest.raises(ClusterError, match=said):
        list(harvest_all(tasks, cluster))


def test_a_cluster_that_is_not_there_is_one_message(home: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
    impatient = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    said = pytest.raises(ClusterError, match=rf"the cluster {nobody} .*start its scheduler")
    with impatient, DaskCluster(nobody, home) as cluster, said:
        list(harvest_all(tasks_of([LE_CHAN], home, {}), cluster))
    with DaskCluster(nobody, home) as cluster:
        assert list(harvest_all([], cluster)) == []


@pytest.mark.parametrize("wrong", ["local:0", "local:x", "127.0.0.1:8786", "tcp://127.0.0.1", ""])
def test_an_address_that_is_none_is_wrong_usage(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tcp://"), reading_engine(None, wrong, tmp_path):
        pass


def test_workers_and_cluster_exclude_one_another(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exclude"), reading_engine(2, "local", tmp_path):
        pass


def test_without_dask_the_option_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    monkeypatch.delitem(__import__("sys").modules, "scraper.harvest.cluster")
    with pytest.raises(ClusterError, match=r"cityledger\[cluster\]"):
        reading_engine(None, "local", tmp_path).__enter__()
