"""The warehouse's free room, given back: the file is copied whole and put in its place in one step."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from shutil import disk_usage

from scraper.durable import sync_folder
from scraper.errors import WarehouseError
from warehouse.connect import STORAGE_VERSION, Connection, connect, in_our_words, open_warehouse

_WORTH_IT = 0.25
"""Share of the file that is free, from which on a copy is made."""
_TABLES = """
select schema_name, table_name from duckdb_tables() where database_name = ? order by all
"""


def free_room(path: Path) -> int:
    """Return the bytes of a warehouse file that a copy would give back, 0 where that is not worth it.

    Raises what `open_warehouse` raises.
    """
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        connection.execute("checkpoint")
        ((block, total, free),) = connection.execute(
            "select block_size, total_blocks, free_blocks from pragma_database_size()"
        ).fetchall()
    return block * free if total and free / total >= _WORTH_IT else 0


def compact(path: Path) -> int | None:
    """Copy the warehouse without its free room and put the copy in its place; return the bytes given back.

    Everything in it is copied: raw tables and marts, their comments, what dbt left. None where the disk has
    no room for a copy. A kill leaves the old file or the new one. Call it under `run_lock`. Raises what
    `open_warehouse` raises, and WarehouseError where the copy lacks a row.
    """
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        connection.execute("checkpoint")
    before = path.stat().st_size
    if disk_usage(path.parent).free < before:
        return None
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with closing(connect(None)) as connection, in_our_words(path):
            _copy(connection, path, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)
    sync_folder(path.parent)
    return before - path.stat().st_size


def _copy(connection: Connection, path: Path, draft: Path) -> None:
    # Under the file's own name, which dbt's views say.
    name = '"' + path.stem.replace('"', '""') + '"'
    connection.execute(f"attach '{_literal(path)}' as grown (read_only)")
    connection.execute(f"attach '{_literal(draft)}' as {name} (storage_version '{STORAGE_VERSION}')")
    connection.execute(f"copy from database grown to {name}")
    connection.execute(f"checkpoint {name}")
    for schema, table in connection.execute(_TABLES, ["grown"]).fetchall():
        of_table = f'"{schema}"."{table}"'
        counts = [f"(select count(*) from {database}.{of_table})" for database in ("grown", name)]  # noqa: S608
        ((had, has),) = connection.execute(f"select {', '.join(counts)}").fetchall()
        if had != has:
            raise WarehouseError(f"{path}: a copy of {of_table} has {has} of {had} rows: it stays as it is")
    connection.execute(f"detach {name}")


def _literal(path: Path) -> str:
    return str(path).replace("'", "''")
