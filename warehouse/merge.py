"""Merges a stage of rows into the raw tables, so that any order of loading gives the same rows.

Everything said of an article is made anew from all that is known of it: which capture speaks for a revision
(its first), how long a revision was seen, whether the article is gone. Nothing depends on what came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warehouse import merge_sql
from warehouse.connect import Connection
from warehouse.fact_rows import Readers, Row
from warehouse.rows import TABLES, to_arrow

EXTRA = {
    "meeting": "fetch_id",
    "meeting_participant": "fetch_id",
    "observation": "fetch_id",
    "area_mention": "fetch_id",
}
"""Columns of staged rows that their raw tables do not have."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge added, by portal."""

    new_articles: Mapping[str, int]
    new_revisions: Mapping[str, int]
    """Of new articles too."""


class Merger:
    """Merges staged Arrow tables into the raw tables; the caller owns connection and transaction."""

    def __init__(self, connection: Connection, readers: Readers) -> None:
        self._connection = connection
        self._versions = {"article_reader": readers.article, "fact_reader": readers.fact}
        tables = (*TABLES, "portal", "document_reading")
        self.schemas = {table: _schema(connection, table) for table in tables}

    def merge(self, staged: Mapping[str, pa.Table]) -> Merged:
        """Merge the tables of one stage: every name of `TABLES`."""
        with self._registered(staged):
            self._run_all(merge_sql.CAPTURED)
            added = self._run(merge_sql.ARTICLES_NEW).fetchall()
            new_revisions = dict(self._run(merge_sql.REVISIONS_NEW).fetchall())
            if self._run("select count(*) from outdated").fetchone() != (0,):
                self._run_all(merge_sql.REMOVALS)
            self._run_all(merge_sql.READ)
        new_articles = {portal: articles for portal, articles, _ in added}
        return Merged(new_articles, new_revisions)

    def merge_rereadings(self, staged: Mapping[str, pa.Table]) -> None:
        """Merge facts read again: `rereading` (article_id, revision_id, districts), facts and problems."""
        with self._registered(staged):
            self._run_all(merge_sql.REREAD)

    def merge_attachments(self, staged: Mapping[str, pa.Table]) -> None:
        """Merge figures of attached documents: `document_reading`, observations, areas and problems."""
        with self._registered(staged):
            self._run_all(merge_sql.ATTACHED)

    def carry_marks(self, portals: list[str]) -> None:
        """Count what older readers of facts read of these portals' archives as read by this one."""
        self._connection.execute(merge_sql.MARKS_CARRIED, {**self._versions, "portals": portals})

    def merge_portals(self, rows: list[Row]) -> None:
        """Bring raw.portal up to these rows; portals that are not named stay."""
        self._merge_one("portal", rows, merge_sql.PORTALS)

    def merge_problems(self, rows: list[Row]) -> int:
        """Add problems that are not there yet; return how many that were."""
        return self._merge_one("problem", rows, merge_sql.PROBLEMS)

    def _merge_one(self, table: str, rows: list[Row], sql: str) -> int:
        with self._registered({table: to_arrow(rows, self.schemas[table])}):
            return int(self._run(sql).fetchone()[0])

    @contextmanager
    def _registered(self, staged: Mapping[str, pa.Table]) -> Iterator[None]:
        for table, rows in staged.items():
            self._connection.register(f"staged_{table}", rows)
        try:
            yield
        finally:
            for table in staged:
                self._connection.unregister(f"staged_{table}")

    def _run_all(self, statements: Iterable[str]) -> None:
        for sql in statements:
            self._run(sql)

    def _run(self, sql: str) -> Any:  # noqa: ANN401 - what DuckDB's execute gives
        used = {name: value for name, value in self._versions.items() if f"${name}" in sql}
        return self._connection.execute(sql, used) if used else self._connection.execute(sql)


def _schema(connection: Connection, table: str) -> pa.Schema:
    """Return the Arrow schema of a raw table as its DDL has it, with what staged rows have beside."""
    schema = connection.table(f"raw.{table}").limit(0).to_arrow_table().schema
    required = {
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns()"
            " where schema_name = 'raw' and table_name = ? and not is_nullable",
            [table],
        ).fetchall()
    }
    fields = [column.with_nullable(column.name not in required) for column in schema]
    if table in EXTRA:
        fields.append(pa.field(EXTRA[table], pa.string()))
    return pa.schema(fields)
