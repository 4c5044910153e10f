"""The warehouse file: made whole, opened safely, and whatever keeps it from use told in one line."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.errors import CityLedgerError, HomeError, LockedError, WarehouseError
from warehouse.connect import DatabaseError, connect, open_warehouse, warehouse_path

HOLD = """
import sys
from pathlib import Path
from warehouse.connect import open_warehouse
connection = open_warehouse(Path(sys.argv[1]), read_only=sys.argv[2] == "reader")
print("held", flush=True)
sys.stdin.read()
"""


FRAMELESS = """
import sys
from warehouse.connect import connect
from warehouse.rows import pa
connection = connect(None)
rows = pa.table({"value": [1, 2]})
connection.register("given", rows)
assert connection.execute("select sum(value) from given where value < ?", [2]).fetchone() == (1,)
assert connection.execute("from given where value = $one", {"one": 1}).to_arrow_table().num_rows == 1
assert "pandas" not in sys.modules
assert list(connection.execute("from given").df()["value"]) == [1, 2]
import pandas
frame = pandas.DataFrame({"value": [3]})
assert connection.execute("from frame").fetchall() == [(3,)]
assert list(rows.to_pandas()["value"]) == [1, 2]
"""


@contextmanager
def held_by_another_process(path: Path, how: str = "writer") -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process.pid
    finally:
        process.stdin.close()
        process.wait(timeout=30)


def forge_storage_version(path: Path, version: int) -> None:
    """Write another storage version into DuckDB's main header, with the checksum that it demands."""
    data = bytearray(path.read_bytes())
    data[12:20] = struct.pack("<Q", version)
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", bytes(data[8:4096])):
        checksum ^= word * 0xBF58476D1CE4E5B9 & 0xFFFF_FFFF_FFFF_FFFF
    data[:8] = struct.pack("<Q", checksum)
    path.write_bytes(data)


def assert_one_line(error: CityLedgerError, path: Path) -> None:
    assert "\n" not in str(error)
    assert str(error).startswith(str(path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = warehouse_path(tmp_path / "home")
    open_warehouse(made).close()
    return made


def test_a_new_file_stores_in_the_version_that_has_zstd(path: Path) -> None:
    with closing(open_warehouse(path)) as connection:
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'warehouse'"
        ).fetchall()
        rows = "select i, i, 1, 1, 'p', null, 'u', 'c', 'h', null, repeat('Quận Lê Chân ', 300) || i"
        connection.execute(
            f"insert into raw.article {rows}, [], [], null, [], [], null, null, null, null, 'text', 'vnpt',"
            " [], 't', 'f', now(), now(), null, 'news' from range(10000) t(i)"
        )
        connection.execute("force checkpoint")
        compression = connection.execute(
            "select distinct compression from pragma_storage_info('raw.article')"
            " where column_name = 'body_text' and segment_type = 'VARCHAR'"
        ).fetchall()
    assert tags[0][0].startswith("v1.2.0")
    assert compression == [("ZSTD",)]


def test_nothing_but_the_file_is_left_by_making_it(path: Path) -> None:
    assert [entry.name for entry in path.parent.iterdir()] == ["warehouse.duckdb"]


def test_the_log_of_a_deleted_file_is_not_replayed_into_the_new_one(path: Path) -> None:
    path.unlink()
    path.with_name("warehouse.duckdb.wal").write_bytes(b"what a killed run left")
    with closing(open_warehouse(path)) as connection:
        assert connection.execute("select count(*) from raw.fetch").fetchone() == (0,)


def test_no_extension_is_fetched(path: Path) -> None:
    with closing(open_warehouse(path)) as connection:
        settings = dict(
            connection.execute(
                "select name, value from duckdb_settings() where name in ('autoinstall_known_extensions',"
                " 'autoload_known_extensions', 'allow_community_extensions')"
            ).fetchall()
        )
    assert set(settings.values()) == {"false"}
    assert len(settings) == 3


def test_the_sandbox_reads_no_other_file_and_keeps_its_settings(path: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with closing(connect(path, read_only=True, sandbox=True)) as connection:
        assert connection.execute("select count(*) from raw.fetch").fetchone() == (0,)
        for sql in (
            f"select * from read_text('{secret}')",
            f"attach '{tmp_path / 'other.duckdb'}'",
            "set enable_external_access = true",
            "set memory_limit = '64GB'",
            f"copy raw.fetch to '{tmp_path / 'out.csv'}'",
        ):
            with pytest.raises(DatabaseError):
                connection.execute(sql)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("how", ["reader", "writer"])
def test_a_file_held_by_another_process_names_it(path: Path, how: str) -> None:
    with held_by_another_process(path, how) as holder, pytest.raises(LockedError) as caught:
        open_warehouse(path)
    assert f"process {holder}" in str(caught.value)
    assert caught.value.exit_code == 3
    assert_one_line(caught.value, path)
    open_warehouse(path).close()


def test_readers_do_not_shut_each_other_out(path: Path) -> None:
    with held_by_another_process(path, "reader"), closing(open_warehouse(path, read_only=True)) as connection:
        assert connection.execute("select count(*) from raw.fetch").fetchone() == (0,)


def test_a_file_open_in_this_process_says_so(path: Path) -> None:
    with closing(open_warehouse(path)), pytest.raises(LockedError) as caught:
        open_warehouse(path, read_only=True)
    assert_one_line(caught.value, path)


def test_a_file_of_a_newer_duckdb_is_refused_and_left_alone(path: Path) -> None:
    forge_storage_version(path, 999)
    before = path.read_bytes()
    with pytest.raises(WarehouseError, match="newer DuckDB") as caught:
        open_warehouse(path)
    assert_one_line(caught.value, path)
    assert path.read_bytes() == before


def test_the_forged_header_is_one_that_duckdb_takes(path: Path) -> None:
    """Else the test above would see a damaged file."""
    forge_storage_version(path, 65)
    open_warehouse(path).close()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" * 300, "báo cáo,số\n".encode()])
def test_what_is_no_duckdb_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = warehouse_path(tmp_path)
    path.write_bytes(content)
    with pytest.raises(WarehouseError, match=r"no DuckDB file.*the archive gives every row anew") as caught:
        open_warehouse(path)
    assert_one_line(caught.value, path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = warehouse_path(tmp_path)
    with closing(connect(path)) as connection:
        connection.execute("create table sales (amount integer)")
    with pytest.raises(WarehouseError, match="no CityLedger warehouse") as caught:
        open_warehouse(path)
    assert_one_line(caught.value, path)
    with closing(connect(path)) as connection:
        assert connection.execute(
            "from duckdb_schemas() select count(*) where schema_name = 'raw'"
        ).fetchone() == (0,)


def test_a_damaged_file_says_what_to_do(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 + 20)
        file.write(os.urandom(8192))
    with pytest.raises(WarehouseError, match="damaged") as caught:
        open_warehouse(path)
    assert_one_line(caught.value, path)


@pytest.mark.parametrize("place", ["file", "file/home"])
def test_a_home_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("no directory")
    path = warehouse_path(tmp_path / place)
    with pytest.raises(HomeError, match="--home") as caught:
        open_warehouse(path)
    assert_one_line(caught.value, path)


def test_reading_a_warehouse_that_is_not_there_makes_none(tmp_path: Path) -> None:
    path = warehouse_path(tmp_path / "home")
    with pytest.raises(WarehouseError, match="run `load`"):
        open_warehouse(path, read_only=True)
    assert not path.parent.exists()


def test_a_writer_waits_for_a_reader_that_is_soon_done(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    open_warehouse(path).close()
    code = (
        "import sys, time; from pathlib import Path; from warehouse.connect import open_warehouse\n"
        "reader = open_warehouse(Path(sys.argv[1]), read_only=True); print('open', flush=True); time.sleep(1)"
    )
    reader = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    open_warehouse(path).close()
    assert reader.wait() == 0


TERMINATED_WHILE_NUMPY_IS_IMPORTED = """
import signal, sys
from warehouse.connect import connect

class Terminated(KeyboardInterrupt): ...

def terminate(number, frame): raise Terminated

class AtImport:
    def find_spec(self, name, path, target=None):
        if name == "numpy.linalg":
            signal.raise_signal(signal.SIGTERM)

signal.signal(signal.SIGTERM, terminate)
sys.meta_path.insert(0, AtImport())
try:
    connect(None).execute("select ?", [1]).fetchall()
except Terminated:
    print("terminated")
"""


def test_a_signal_is_not_swallowed_by_what_duckdb_imports() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TERMINATED_WHILE_NUMPY_IS_IMPORTED], capture_output=True, text=True, check=True
    )
    assert done.stdout == "terminated\n"


def test_pandas_is_imported_for_frames_alone() -> None:
    done = subprocess.run([sys.executable, "-c", FRAMELESS], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
