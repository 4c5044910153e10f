"""A warehouse made anew from the archive holds the same marts, row for row."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.harvest.harvest import harvest_all, tasks_of
from scraper.items import ARTICLE_READER, FACT_READER
from scraper.portal_choice import chosen_portals
from scraper.replica import SITES, Replica, serve, write_portals
from tests.cli.conftest import ROOT, run
from warehouse.connect import connect, warehouse_path
from warehouse.fact_rows import Readers
from warehouse.load import load

pytestmark = pytest.mark.slow


def load_by_an_older_reader_of_facts(home: Path, portals_dir: Path) -> None:
    portals = chosen_portals([], home, portals_dir, [])
    readers = Readers(ARTICLE_READER, FACT_READER - 1)
    records = {portal.slug: portal.record() for portal in portals}
    load(home, records, harvest_all(tasks_of(portals, home, {}), 1), readers=readers)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home with a past: a changed reader, an edit, a deletion, a new page and an old one crawled late."""
    folder = tmp_path_factory.mktemp("lived")
    home, portals = folder / "home", folder / "portals"
    replica = Replica(seed=5, articles=24)
    with serve(replica) as served:
        write_portals(portals, connect=served.connect)
        edited, deleted, late = replica.of_site(SITES[0])[1:4]
        replica.delete(late)
        assert run("crawl", "--home", home, "--portals-dir", portals).returncode == 0
        load_by_an_older_reader_of_facts(home, portals)
        replica.edit(edited, "Thu ngân sách quận Lê Chân năm 2022 đạt 1.234 tỷ đồng.")
        replica.delete(deleted)
        replica.restore(late)
        replica.add(SITES[0].slug, "Tin mới đăng", ["Quận Lê Chân có 12 hộ nghèo năm 2023."])
        assert run("crawl", "--full", "--home", home, "--portals-dir", portals).returncode == 0
    for command in ("load", "build"):
        options: list[str | Path] = ["--portals-dir", portals] if command == "load" else []
        done = run(command, "--home", home, *options)
        assert done.returncode == 0, done.stderr
    return home, portals


def differing(before: Path, after: Path) -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    with closing(connect(after, read_only=True)) as connection:
        connection.execute(f"attach '{before}' as before (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' and database_name = 'before'"
        ).fetchall()
        for (table,) in tables:
            sql = (
                f"(from before.marts.{table} except all from marts.{table})"
                f" union all (from marts.{table} except all from before.marts.{table})"
            )
            if rows := connection.execute(sql).fetchall():
                found[table] = rows
    assert len(tables) > 20
    return found


def test_a_rebuild_gives_the_same_marts_row_for_row(lived: tuple[Path, Path], tmp_path: Path) -> None:
    home, portals = lived
    path = warehouse_path(home)
    before = tmp_path / "before.duckdb"
    shutil.copyfile(path, before)
    with closing(connect(before, read_only=True)) as connection:
        edits, gone, late, older = connection.execute(
            "select (select count(*) from marts.articles where is_edited),"
            " (select count(*) from marts.articles where is_retracted),"
            " (select count(*) from marts.articles where first_seen > last_seen - interval 1 second"
            "   and published_date < (select max(published_date) from marts.articles)),"
            " (select count(*) from raw.observation where fact_reader < ?)",
            [FACT_READER],
        ).fetchall()[0]
    assert min(edits, gone, late, older) >= 1
    done = run("rebuild", "--home", home, "--portals-dir", portals)
    assert done.returncode == 0, done.stderr
    assert differing(before, path) == {}
    with closing(connect(path, read_only=True)) as connection:
        ((old_facts, runs),) = connection.execute(
            "select (select count(*) from raw.observation where fact_reader < ?),"
            " (select list(command order by started_at) from raw.run)",
            [FACT_READER],
        ).fetchall()
    assert old_facts == 0
    assert runs == ["load", "build", "rebuild"]
    assert not (home / ".rebuild").exists()


def test_a_killed_rebuild_leaves_the_old_warehouse_and_the_next_one_goes_through(
    lived: tuple[Path, Path],
) -> None:
    home, portals = lived
    command = [sys.executable, str(ROOT / "orchestrate.py"), "rebuild", "--home", str(home)]
    process = subprocess.Popen(
        [*command, "--portals-dir", str(portals)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (home / ".rebuild" / "warehouse.duckdb").exists() and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    with closing(connect(warehouse_path(home))) as connection:
        articles = connection.execute("select count(*) from marts.articles").fetchall()
        assert connection.execute("select status from raw.run order by started_at desc limit 1").fetchall()
    assert articles > [(15,)]


def test_a_rebuild_without_all_of_the_archive_is_refused(lived: tuple[Path, Path], tmp_path: Path) -> None:
    home, portals = lived
    cut = tmp_path / "home"
    shutil.copytree(home, cut, ignore=shutil.ignore_patterns("published", "build", ".rebuild"))
    archived = max(cut.glob("demo-thanhpho/archive/*.warc.gz"), key=lambda file: file.stat().st_size)
    archived.unlink()
    done = run("rebuild", "--home", cut, "--portals-dir", portals)
    assert done.returncode == 1
    assert archived.name in done.stderr
    with closing(connect(warehouse_path(cut), read_only=True)) as connection:
        assert connection.execute("select count(*) > 15 from marts.articles").fetchall() == [(True,)]
