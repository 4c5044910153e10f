"""The raw schema grows by numbered files, each applied once, with the data in place."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import WarehouseError
from tests.warehouse.harvests import PORTALS, batches_of, day, page
from tests.warehouse.tables import contents, keys
from warehouse.connect import Connection, connect, open_warehouse, warehouse_path
from warehouse.load import load
from warehouse.migrations import SCHEMA_FOLDER, migrate, migrations, schema_version


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The schema of a later CityLedger."""
    folder = tmp_path / "schema"
    shutil.copytree(SCHEMA_FOLDER, folder)
    number = len(migrations()) + 1
    (folder / f"{number:04d}_more.sql").write_text(
        "alter table raw.article add column word_count integer;"
        " update raw.article set word_count = len(string_split(body_text, ' '));"
    )
    return folder


def test_the_shipped_migrations_are_numbered_without_gaps() -> None:
    assert [migration.version for migration in migrations()] == list(range(1, len(migrations()) + 1))


def test_every_table_of_the_schema_names_its_key(tmp_path: Path) -> None:
    with closing(open_warehouse(warehouse_path(tmp_path))) as connection:
        columns = connection.execute(
            "select table_name, list(column_name) from duckdb_columns()"
            " where schema_name = 'raw' and table_name <> 'schema_version' group by all"
        ).fetchall()
    assert {table for table, _ in columns} == set(keys())
    for table, names in columns:
        assert set(keys()[table]) <= set(names)


@pytest.mark.parametrize("version", [migration.version for migration in migrations()])
def test_a_file_of_each_earlier_version_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = warehouse_path(tmp_path)
    early = tmp_path / "early"
    early.mkdir()
    for file in sorted(SCHEMA_FOLDER.glob("*.sql"))[:version]:
        shutil.copy(file, early)
    with closing(connect(path)) as connection:
        migrate(connection, "early", may_change=True, folder=early)
        before = filled(connection)
    with closing(open_warehouse(path)) as connection:
        assert schema_version(connection) == len(migrations())
        for table, (columns, row) in before.items():
            kept = connection.execute(f"select {columns} from raw.{table}").fetchall()
            assert list(map(repr, kept)) == [row], table


_SOME = {
    "VARCHAR": "'ô'",
    "INTEGER": "7",
    "BIGINT": "7000000000",
    "DOUBLE": "0.7",
    "BOOLEAN": "true",
    "DATE": "date '2023-04-11'",
    "TIMESTAMP WITH TIME ZONE": "timestamptz '2023-04-11 03:55:00+00'",
    "JSON": """'{"a": 1}'""",
    "VARCHAR[]": "['ô', 'ơ']",
    "INTEGER[]": "[7, null]",
    "DECIMAL(28,6)": "1.5",
}


def filled(connection: Connection) -> dict[str, tuple[str, str]]:
    """Write a row with a value in every column of every table; return columns and row by table."""
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw'"
        " and table_name <> 'schema_version' order by table_name, column_index"
    ).fetchall():
        tables.setdefault(table, {})[column] = _SOME[kind]
    found = {}
    for table, cells in tables.items():
        connection.execute(f"insert into raw.{table} ({', '.join(cells)}) select {', '.join(cells.values())}")
        columns = ", ".join(cells)
        (row,) = connection.execute(f"select {columns} from raw.{table}").fetchall()
        found[table] = (columns, repr(row))
    return found


def test_a_migration_keeps_the_data_and_is_applied_once(tmp_path: Path, newer: Path) -> None:
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1)), page(1, 2, day(1))]))
    with closing(connect(warehouse_path(tmp_path))) as connection:
        for _ in range(2):
            migrate(connection, "warehouse", may_change=True, folder=newer)
        counts = connection.execute("select word_count from raw.article").fetchall()
        versions = connection.execute("select version from raw.schema_version order by 1").fetchall()
    assert len(counts) == 2
    assert all(count > 5 for (count,) in counts)
    assert versions == [(number,) for number in range(1, len(migrations(newer)) + 1)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, newer: Path) -> None:
    last = sorted(newer.glob("*.sql"))[-1]
    last.write_text("create table raw.half (a integer); select no_such_function();")
    load(tmp_path, PORTALS, batches_of([page(0, 1, day(1))]))
    before = contents(tmp_path)
    with closing(connect(warehouse_path(tmp_path))) as connection:
        with pytest.raises(Exception, match="no_such_function"):
            migrate(connection, "warehouse", may_change=True, folder=newer)
        assert schema_version(connection) == len(migrations())
    assert contents(tmp_path) == before


def test_a_file_of_a_newer_cityledger_is_refused(tmp_path: Path, newer: Path) -> None:
    path = warehouse_path(tmp_path)
    with closing(connect(path)) as connection:
        migrate(connection, "newer", may_change=True, folder=newer)
    for read_only in (False, True):
        with pytest.raises(WarehouseError, match="newer CityLedger"):
            open_warehouse(path, read_only)


def test_an_older_file_is_not_read_as_it_is(tmp_path: Path, newer: Path) -> None:
    path = warehouse_path(tmp_path)
    open_warehouse(path).close()
    with (
        closing(connect(path, read_only=True)) as connection,
        pytest.raises(WarehouseError, match="run `load`"),
    ):
        migrate(connection, "older", may_change=False, folder=newer)


def test_a_gap_in_the_numbers_is_an_error(newer: Path) -> None:
    late = f"{len(migrations()) + 3:04d}_late"
    (newer / f"{late}.sql").write_text("select 1")
    with pytest.raises(WarehouseError, match=late):
        migrations(newer)
