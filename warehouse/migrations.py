"""The raw schema in numbered SQL files, each applied once and in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from scraper.errors import WarehouseError

SCHEMA_FOLDER = Path(__file__).parent / "schema"

_NAME = re.compile(r"(?P<version>\d{4})_[a-z0-9_]+\.sql")
_LEDGER = """
create table raw.schema_version (
    version integer not null,
    name varchar not null,
    applied_at timestamptz not null
)
"""


_FILE_ONLY = " using compression zstd"
"""What a lake does not take: its Parquet files are compressed as a whole."""

_KIND = "select type from duckdb_databases() where database_name = current_database()"


class Executes(Protocol):
    """The part of a DuckDB connection that a migration needs; its type lives behind the door."""

    def execute(self, query: str, parameters: object = None, /) -> Any:  # noqa: ANN401
        """Run SQL and return what can be fetched from."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered SQL file."""

    version: int
    name: str
    sql: str


def migrations(folder: Path = SCHEMA_FOLDER) -> list[Migration]:
    """Return the folder's migrations in order: `0001_name.sql`, `0002_name.sql` … without gaps.

    Raises WarehouseError where a number is missing, doubled or no number at all.
    """
    found: list[Migration] = []
    for file in sorted(folder.glob("*.sql")):
        name = _NAME.fullmatch(file.name)
        if name is None or int(name["version"]) != len(found) + 1:
            raise WarehouseError(
                f"{file}: should be migration number {len(found) + 1:04d}: reinstall CityLedger"
            )
        found.append(Migration(int(name["version"]), file.stem, file.read_text(encoding="utf-8")))
    return found


def schema_version(connection: Executes) -> int | None:
    """Return the number of the last migration applied, 0 for an empty file, None for a foreign database."""
    tables = connection.execute(
        # Not of duckdb_tables(), which counts the rows of each: a lake reads them from PostgreSQL.
        "select distinct schema_name, table_name from duckdb_columns()"
        " where not internal and database_name = current_database()"
    ).fetchall()
    if ("raw", "schema_version") in tables:
        return int(connection.execute("select max(version) from raw.schema_version").fetchone()[0])
    return None if tables else 0


def is_current(connection: Executes) -> bool:
    """Say whether an open warehouse has the newest schema."""
    return schema_version(connection) == len(migrations())


def migrate(connection: Executes, name: str, *, may_change: bool, folder: Path = SCHEMA_FOLDER) -> None:
    """Bring the open file `name` to the newest schema, each migration in a transaction of its own.

    Raises WarehouseError where the file is foreign, newer than the folder, or older and may not be changed.
    """
    known = migrations(folder)
    version = schema_version(connection)
    if version is None:
        raise WarehouseError(
            f"{name}: is a DuckDB file, but no CityLedger warehouse: move it away, or give another home"
        )
    if version > len(known):
        raise WarehouseError(
            f"{name}: was made by a newer CityLedger (schema {version}, this one knows {len(known)}): upgrade"
        )
    if version < len(known) and not may_change:
        raise WarehouseError(
            f"{name}: has schema {version}, this CityLedger needs {len(known)}: run `load` once to upgrade it"
        )
    for migration in known[version:]:
        _apply(connection, migration)


def _apply(connection: Executes, migration: Migration) -> None:
    is_file = connection.execute(_KIND).fetchone() == ("duckdb",)
    connection.execute("begin transaction")
    try:
        connection.execute(migration.sql if is_file else migration.sql.replace(_FILE_ONLY, ""))
        if migration.version == 1:
            connection.execute(_LEDGER)
        connection.execute(
            "insert into raw.schema_version values (?, ?, now())", [migration.version, migration.name]
        )
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
