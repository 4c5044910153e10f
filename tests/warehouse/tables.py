"""What stands in the raw tables, in a form that can be compared."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any

from warehouse.connect import open_warehouse, warehouse_path
from warehouse.migrations import SCHEMA_FOLDER

_KEY = re.compile(r"-- key: ([a-z_, ]+)[^\n]*\n(?:--[^\n]*\n)*create table raw\.(\w+)")

READ = (
    "fetch",
    "article",
    "article_state",
    "sighting",
    "meeting",
    "meeting_participant",
    "observation",
    "area_mention",
)
"""The tables that reading an archive fills, whatever a crawl or a refresh had to say besides."""


def keys() -> dict[str, tuple[str, ...]]:
    """The key of each raw table, as the comment over its DDL names it."""
    return {
        table: tuple(column.strip() for column in columns.split(","))
        for file in sorted(SCHEMA_FOLDER.glob("*.sql"))
        for columns, table in _KEY.findall(file.read_text(encoding="utf-8"))
    }


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(open_warehouse(warehouse_path(home), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def contents(home: Path) -> dict[str, list[str]]:
    """Every row of every table that loading fills, without the time at which it was loaded."""
    found = {}
    with closing(open_warehouse(warehouse_path(home), read_only=True)) as connection:
        for table in keys():
            columns = "* exclude (loaded_at)" if table == "archive_progress" else "*"
            if table != "run":
                read = connection.execute(f"select {columns} from raw.{table}").fetchall()
                found[table] = sorted(map(repr, read))
    return found


def doubled(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The keys that stand twice, by table."""
    found = {}
    with closing(open_warehouse(warehouse_path(home), read_only=True)) as connection:
        for table, columns in keys().items():
            sql = f"select {', '.join(columns)} from raw.{table} group by all having count(*) > 1"
            if twice := connection.execute(sql).fetchall():
                found[table] = twice
    return found
