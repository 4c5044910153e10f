"""SQL over a published file, for reading alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import PublicationError, UsageError
from warehouse.connect import MEMORY_LIMIT, Connection, DatabaseError, Statement, connect
from warehouse.publication.manifest import DATABASE


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    is_cut: bool
    """There were more rows than the limit."""


@contextmanager
def opened(
    file: Path,
    *,
    memory_limit: str = MEMORY_LIMIT,
    threads: int | None = None,
    spills: bool = True,
    spill_folder: Path | None = None,
) -> Iterator[Connection]:
    """Open a published file for reading, its marts named without their schema, shut off from all other files.

    Args:
        file: The published `cityledger.duckdb`.
        memory_limit: As DuckDB takes it, `512MB`.
        threads: For one statement; None for one a core.
        spills: What does not fit into memory goes to files beside the published one, and does not fail.
        spill_folder: Where these files go instead: two processes would write over each other's.

    Raises:
        WarehouseError: The file is damaged, foreign or newer.
    """
    connection = connect(file, read_only=True, memory_limit=memory_limit, threads=threads)
    try:
        if not spills:
            connection.execute("set temp_directory = ''")
        elif spill_folder is not None:
            connection.execute("set temp_directory = $folder", {"folder": str(spill_folder)})
        # What `sandbox` sets, after the schema: a locked configuration would not take it any more.
        connection.execute(
            "set schema = 'marts'; set enable_external_access = false; set lock_configuration = true"
        )
        yield connection
    finally:
        connection.close()


def query(path: Path, sql: str, limit: int | None = 1000) -> Answer:
    """Run one statement over a published file; it can read its tables and nothing else of the machine.

    Args:
        path: The published `cityledger.duckdb`, or the publication's folder.
        sql: One statement; tables may be named with or without `marts.`.
        limit: Rows to give at most; None for all.

    Raises:
        UsageError: The SQL is wrong, in DuckDB's words, or holds no or several statements.
        PublicationError: There is no such file.
        WarehouseError: The file is damaged, foreign or newer.
    """
    with asked(path, sql) as result:
        columns = tuple(column[0] for column in result.description or ())
        rows = result.fetchall() if limit is None else result.fetchmany(limit + 1)
    is_cut = limit is not None and len(rows) > limit
    return Answer(columns, rows[:limit], is_cut)


@contextmanager
def asked(path: Path, sql: str) -> Iterator[Connection]:
    """Run one statement over a published file and give what fetches its rows; see `query`."""
    file = path / DATABASE if path.is_dir() else path
    if not file.is_file():
        raise PublicationError(f"{file}: nothing is published there; run `publish` first")
    with opened(file) as connection:
        try:
            yield connection.execute(the_statement(connection, sql))
        except DatabaseError as error:
            raise UsageError(one_line(error)) from error


def the_statement(connection: Connection, sql: str) -> Statement:
    """Return the one statement of a text; raises UsageError where it holds none or several."""
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise UsageError(f"one SQL statement is asked for, here are {len(statements)}")
    return statements[0]


def one_line(error: Exception) -> str:
    """Put DuckDB's message into one line, without the picture of the place."""
    message, _, place = str(error).partition("\nLINE ")
    text = " ".join(message.split())
    if place:
        text += f" (line {place.partition(':')[0]})"
    return text
