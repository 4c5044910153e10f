"""What `gc` removes and what it never does; a kill in the middle leaves a home that works."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.warehouse.harvests import PORTALS, batches_of, day, page
from tests.warehouse.tables import contents
from warehouse.compaction import compact, free_room
from warehouse.connect import open_warehouse, warehouse_path
from warehouse.gc import Freed, collect, freed_by_kind
from warehouse.load import load
from warehouse.publication.shelf import Shelf

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def filled(home: Path) -> None:
    """A home with four publications, one unfinished, an old build, and a warehouse that is mostly free."""
    load(home, PORTALS, batches_of([page(n, n, day(1)) for n in range(5)]))
    with closing(open_warehouse(warehouse_path(home))) as connection:
        connection.execute("create schema staging; create schema marts")
        connection.execute("create view staging.v as select portal from warehouse.raw.portal")
        connection.execute("create table marts.t as select range as id from range(3)")
        connection.execute("comment on column marts.t.id is 'its number'")
        connection.execute("create table raw.grown as select uuid()::varchar as id from range(200000)")
        connection.execute("checkpoint; drop table raw.grown; checkpoint")
    for number in range(1, 5):
        version = home / "published" / f"2026010{number}T000000Z"
        version.mkdir(parents=True)
        (version / "cityledger.duckdb").write_bytes(bytes(1_000))
    (home / "published" / "current").symlink_to("20260101T000000Z")
    (home / "published" / ".making-x").mkdir()
    (home / "published" / ".making-x" / "half").write_bytes(bytes(500))
    (home / "build" / "dbt" / "logs").mkdir(parents=True)
    (home / "build" / "dbt" / "logs" / "dbt.log").write_bytes(bytes(700))
    (home / "build" / "dbt" / "partial_parse.msgpack").write_bytes(bytes(10))
    (home / ".warehouse.duckdb.4711").write_bytes(bytes(300))


def gc(home: Path, dry_run: bool = False) -> list[Freed]:
    return collect(home, 2, 30, dry_run, lambda *_: [], NOW)


def test_what_nothing_needs_goes_and_the_rest_stays(tmp_path: Path) -> None:
    filled(tmp_path)
    rows, size = contents(tmp_path), warehouse_path(tmp_path).stat().st_size
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    told = gc(tmp_path, dry_run=True)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == files
    done = gc(tmp_path)
    assert [(one.kind, one.what) for one in done] == [(one.kind, one.what) for one in told]
    room = freed_by_kind(done)
    grown = room.pop("warehouse")
    assert room == {
        "unfinished publication": 500,
        "old publication": 1_000,
        "leftover file": 300,
        "old build": 700,
    }
    assert grown == size - warehouse_path(tmp_path).stat().st_size > 1_000_000
    assert Shelf.of(tmp_path).versions() == ["20260101T000000Z", "20260103T000000Z", "20260104T000000Z"]
    assert (tmp_path / "build" / "dbt" / "partial_parse.msgpack").is_file()
    assert contents(tmp_path) == rows
    assert gc(tmp_path) == []


def test_a_compacted_warehouse_keeps_views_comments_and_compression(tmp_path: Path) -> None:
    filled(tmp_path)
    assert free_room(warehouse_path(tmp_path)) > 0
    assert compact(warehouse_path(tmp_path))
    with closing(open_warehouse(warehouse_path(tmp_path))) as connection:
        assert connection.execute("from staging.v").fetchall() == [("lechan",)]
        comments = "select comment from duckdb_columns() where table_name = 't'"
        assert connection.execute(comments).fetchall() == [("its number",)]
        used = "select compression from pragma_storage_info('raw.article') where column_name = 'body_text'"
        assert ("ZSTD",) in connection.execute(used).fetchall()
    load(tmp_path, PORTALS, batches_of([page(n, n, day(2)) for n in range(5, 9)], start=5_000))


KILLED = """
import os, signal, sys
from pathlib import Path
import warehouse.compaction as compaction
copy = compaction._copy
def killed(*arguments):
    copy(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
compaction._copy = killed
compaction.compact(Path(sys.argv[1]))
"""


def test_a_kill_before_the_swap_leaves_the_old_warehouse_and_rubbish_that_the_next_one_takes(
    tmp_path: Path,
) -> None:
    filled(tmp_path)
    (tmp_path / ".warehouse.duckdb.4711").unlink()
    rows = contents(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(warehouse_path(tmp_path))], check=False)
    assert done.returncode == -signal.SIGKILL
    assert contents(tmp_path) == rows
    assert list(tmp_path.glob(".warehouse.duckdb.*"))
    gc(tmp_path)
    assert not list(tmp_path.glob(".warehouse.duckdb.*"))
    assert contents(tmp_path) == rows
