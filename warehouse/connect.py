"""The door to DuckDB: opening files safely, and its errors in our words."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import as_file, files
from pathlib import Path

import duckdb

from scraper.errors import HomeError, LockedError, WarehouseError
from warehouse.migrations import migrate

Connection = duckdb.DuckDBPyConnection
"""An open DuckDB connection, for annotations elsewhere."""

Statement = duckdb.Statement
"""A parsed statement, for annotations elsewhere."""

DatabaseError = duckdb.Error
"""What DuckDB raises; `in_our_words` turns it into one of our errors."""

STORAGE_VERSION = "v1.2.0"
"""Storage format of every file we make: the oldest with zstd columns, which all newer clients read."""

MEMORY_LIMIT = "512MB"

_TRIES = 12
_BETWEEN_TRIES = 0.25
"""Seconds."""

_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
_UNUSABLE_PLACE = re.compile(
    r"not a directory|permission denied|read-only file system|no space left|is a directory"
    r"|file too large|no such file or directory|could not write|could not fsync|disk quota",
    re.IGNORECASE,
)

_OF_THE_DISK = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


def warehouse_path(home: Path) -> Path:
    """Return where the home keeps its warehouse file."""
    return home / "warehouse.duckdb"


def connect(
    path: Path | None,
    *,
    read_only: bool = False,
    memory_limit: str = MEMORY_LIMIT,
    threads: int | None = None,
    sandbox: bool = False,
) -> Connection:
    """Open a DuckDB file (None: one in memory) that fetches nothing from a network.

    A file that is not there is made in STORAGE_VERSION. `sandbox` also forbids every other file and any
    change of settings: for SQL that a user typed. Raises LockedError, WarehouseError or HomeError.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "storage_compatibility_version": STORAGE_VERSION,
        # At the default of 16 MB a bulk load rewrites its last row group again and again: half as
        # fast, and half as much larger.
        "checkpoint_threshold": "256MB",
    }
    if threads is not None:
        config["threads"] = threads
    # DuckDB would import it by itself, and swallow a SIGTERM or Ctrl-C that falls into that.
    import numpy  # noqa: F401

    with in_our_words(path):
        if path is not None:
            _refuse_foreign(path)
        connection = duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config)
        connection.execute("set TimeZone = 'UTC'")
        # Set once open: with external access off DuckDB would refuse the very file that it is to open.
        if sandbox:
            connection.execute("set enable_external_access = false; set lock_configuration = true")
        return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit what the block does, or nothing of it where it raises: the first error is the one to tell."""
    connection.execute("begin transaction")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # DuckDB takes no rollback after a fatal error such as a full disk; closing does the same there.
        with suppress(DatabaseError):
            connection.execute("rollback")
        raise


def load_extension(connection: Connection, name: str) -> None:
    """Load an extension of DuckDB from its Python package; nothing is downloaded and nothing installed.

    Raises:
        WarehouseError: The package is missing, or made for another version of DuckDB.
    """
    package = f"duckdb_extension_{name}"
    row = connection.execute("select version()").fetchone()
    assert row is not None
    try:
        file = files(package) / "extensions" / str(row[0]) / f"{name}.duckdb_extension"
    except ModuleNotFoundError as error:
        raise WarehouseError(f"the package {package} is missing: pip install {package}") from error
    if not file.is_file():
        raise WarehouseError(f"{package} is not of DuckDB {row[0]}: install the version that fits it")
    with as_file(file) as path:
        connection.execute("load '" + str(path).replace("'", "''") + "'")


def open_warehouse(
    path: Path,
    read_only: bool = False,
    *,
    memory_limit: str = MEMORY_LIMIT,
    threads: int | None = None,
) -> Connection:
    """Open the warehouse file, made and brought up to date where that is needed; close it when done.

    Who wants to write waits some seconds for a reader such as `status`: DuckDB lets none beside a writer.
    Raises LockedError naming the process that holds it, WarehouseError where the file is foreign, damaged,
    newer than this CityLedger, or (read_only) missing or older, HomeError where the place cannot be written.
    """
    with in_our_words(path):
        if read_only and not path.is_file():
            raise WarehouseError(f"{path}: there is no warehouse yet: run `load` or `refresh` first")
        if not read_only and not path.exists():
            _create(path)
    tries = 1 if read_only else _TRIES
    connection = _opened(path, tries, read_only=read_only, memory_limit=memory_limit, threads=threads)
    try:
        with in_our_words(path):
            migrate(connection, str(path), may_change=not read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _opened(path: Path, tries: int, *, read_only: bool, memory_limit: str, threads: int | None) -> Connection:
    while True:
        try:
            return connect(path, read_only=read_only, memory_limit=memory_limit, threads=threads)
        except LockedError:
            tries -= 1
            if not tries:
                raise
            time.sleep(_BETWEEN_TRIES)


def _refuse_foreign(path: Path) -> None:
    """Look at the file's mark before DuckDB, which would look for an extension that reads SQLite files."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(12)[8:] != b"DUCK":
                raise WarehouseError(
                    f"{path}: is no DuckDB file: move it away and load again, the archive gives every row"
                    " anew; or give another home with --home"
                )


def _create(path: Path) -> None:
    """Make the warehouse beside its place and move it there whole: a kill leaves none or all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # DuckDB's own message for a directory that cannot be written is less clear than the system's.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch()
    draft.unlink()
    # The log of a file that somebody deleted would be replayed into the new one.
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    try:
        connection = connect(draft)
        try:
            migrate(connection, str(path), may_change=True)
        finally:
            connection.close()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)


@contextmanager
def in_our_words(path: Path | None) -> Iterator[None]:
    """Turn what DuckDB and the file system raise about this file into one clear line of our error tree."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise HomeError(
            f"{path}: cannot be written: {reason}: give another home with --home, or free this one"
        ) from error
    except duckdb.Error as error:
        raise _translated(error, path) from error


def _translated(error: duckdb.Error, path: Path | None) -> Exception:
    text = str(error)
    if holder := _HOLDER.search(text):
        who = f"process {holder['pid']} ({holder['program']})"
        return LockedError(f"{path}: is held by {who}: close it there, then try again")
    if "Could not set lock" in text:
        return LockedError(f"{path}: is held by another process: close it there, then try again")
    if "different configuration" in text:
        return LockedError(f"{path}: is open in this very process: close that connection first")
    if "version number" in text or "newer version" in text:
        return WarehouseError(
            f"{path}: was made by a newer DuckDB than {duckdb.__version__}: upgrade CityLedger,"
            " or give another home with --home"
        )
    if "Corrupt database" in text or "checksum" in text or "Serialization Error" in text:
        return WarehouseError(
            f"{path}: is damaged: move it away and load again, the archive gives every row anew"
        )
    first_line = " ".join(text.split("\n", 1)[0].split())
    if isinstance(error, _OF_THE_DISK) and _UNUSABLE_PLACE.search(text):
        return HomeError(
            f"{path}: cannot be used: {first_line}: give another home with --home, or free this one"
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseError(f"{path}: memory or temporary disk space ran out: {first_line}")
    return WarehouseError(f"{path}: {first_line}")
