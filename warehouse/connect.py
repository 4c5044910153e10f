"""The door to DuckDB: opening files safely, and its errors in our words."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

import duckdb

from scraper.errors import ConfigError, HomeError, LockedError, WarehouseError
from warehouse import lake as lakes
from warehouse.lake import Lake, lake_of
from warehouse.migrations import is_current, migrate
from warehouse.turns import turns
from warehouse.without_pandas import stand_in

Connection = duckdb.DuckDBPyConnection
"""An open DuckDB connection, for annotations elsewhere."""

Statement = duckdb.Statement
"""A parsed statement, for annotations elsewhere."""

Done = TypeVar("Done")

DatabaseError = duckdb.Error
"""What DuckDB raises; `in_our_words` turns it into one of our errors."""

STORAGE_VERSION = "v1.2.0"
"""Storage format of every file we make: the oldest with zstd columns, which all newer clients read."""

MEMORY_LIMIT = "512MB"

_TRIES = 12
_BETWEEN_TRIES = 0.25
"""Seconds."""

_CONFLICT = re.compile(r"conflict|retry count exceeded|could not serialize", re.IGNORECASE)
_CONFLICTS = 8
"""How often what met another writer's commit is done again."""

_NO_LAKE = re.compile(r"does not exist|not found|no ducklake", re.IGNORECASE)

BUILT = "cityledger: a build passed"
"""Message of the commit that closes a build on a lake: the snapshot whose marts are whole."""

_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
_UNUSABLE_PLACE = re.compile(
    r"not a directory|permission denied|read-only file system|no space left|is a directory"
    r"|file too large|no such file or directory|could not write|could not fsync|disk quota",
    re.IGNORECASE,
)

_OF_THE_DISK = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)


def warehouse_path(home: Path) -> Path:
    """Return where the home keeps its warehouse file; of a home with a lake the name that stands for it."""
    return home / "warehouse.duckdb"


def has_warehouse(home: Path) -> bool:
    """Say whether something was loaded in the home, or it has a lake that others may have loaded into."""
    return warehouse_path(home).is_file() or lake_of(home) is not None


def connect(
    path: Path | None,
    *,
    read_only: bool = False,
    memory_limit: str = MEMORY_LIMIT,
    threads: int | None = None,
    sandbox: bool = False,
    trusts_packages: bool = False,
) -> Connection:
    """Open a DuckDB file (None: one in memory) that fetches nothing from a network.

    A file that is not there is made in STORAGE_VERSION. `sandbox` also forbids every other file and any
    change of settings: for SQL that a user typed. `trusts_packages`: load extensions without checking their
    signatures. Raises LockedError, WarehouseError or HomeError.
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
    if trusts_packages:
        # They come from installed packages, as this very code does, and a lake is opened for every row of
        # the run log: each time the signatures of 80 MB would take a third of a second.
        config["allow_unsigned_extensions"] = True
    # DuckDB would import it by itself, and swallow a SIGTERM or Ctrl-C that falls into that.
    import numpy  # noqa: F401

    _bind_once()
    with in_our_words(path):
        if path is not None:
            _refuse_foreign(path)
        connection = duckdb.connect(str(path) if path else ":memory:", read_only=read_only, config=config)
        # DuckDB takes a process without a script for a person at a prompt, and draws a bar of its own.
        connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        # Set once open: with external access off DuckDB would refuse the very file that it is to open.
        if sandbox:
            connection.execute("set enable_external_access = false; set lock_configuration = true")
        return connection


@cache
def _bind_once() -> None:
    """Have DuckDB ask what it asks once in a process before it binds a parameter."""
    with stand_in(), duckdb.connect() as connection:
        connection.execute("select ?", [1])


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


def committed(connection: Connection, work: Callable[[], Done]) -> Done:
    """Do the work in a transaction and return what it returns; commit all of it, or nothing where it raises.

    On a lake the work is done again where another writer's commit came in between, some times at most.
    """
    for tries_left in reversed(range(_CONFLICTS)):
        try:
            with transaction(connection):
                return work()
        except duckdb.Error as error:
            if not tries_left or not _CONFLICT.search(str(error)):
                raise
            time.sleep(random.uniform(0.05, 0.2) * (_CONFLICTS - tries_left))  # noqa: S311 - no secret
    raise AssertionError("the last try returns or raises")


def name_snapshot(connection: Connection, message: str) -> None:
    """Say in a lake's history what the open transaction is; a warehouse file keeps no history."""
    ((kind,),) = connection.execute(
        "select type from duckdb_databases() where database_name = current_database()"
    ).fetchall()
    if kind == "ducklake":
        connection.execute(f"call {lakes.NAME}.set_commit_message('cityledger', ?)", [message])


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
    """Open the warehouse, made and brought up to date where that is needed; close it when done.

    Of a home with a lake it is the lake, under the same names. Elsewhere who wants to write waits some
    seconds for a reader such as `status`: DuckDB lets none beside a writer, and a lake has room for all.
    Raises LockedError naming the process that holds it, WarehouseError where the file is foreign, damaged,
    newer than this CityLedger, or (read_only) missing or older, HomeError where the place cannot be written.
    """
    lake = lake_of(path.parent)
    if lake is not None:
        return _open_lake(lake, path, read_only=read_only, memory_limit=memory_limit, threads=threads)
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


def attach_warehouse(connection: Connection, path: Path, name: str) -> None:
    """Attach a home's warehouse for reading, beside what else the connection has open.

    Raises what `open_warehouse` raises.
    """
    lake = lake_of(path.parent)
    with in_our_words(path):
        if lake is None:
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
            return
        _load_extensions(connection, lake)
        connection.execute(lake.attach_sql(name, read_only=True))


def attach_built(connection: Connection, path: Path, name: str) -> None:
    """Attach a home's warehouse for reading, a lake as its last build that passed left it.

    So neither loads nor builds of other workers change what is read meanwhile. Where no build passed a lake
    is attached as it is. Raises what `open_warehouse` raises.
    """
    attach_warehouse(connection, path, name)
    lake = lake_of(path.parent)
    if lake is None:
        return
    with in_our_words(path):
        ((snapshot,),) = connection.execute(
            f"select max(snapshot_id) from ducklake_snapshots('{name}') where commit_message = ?",  # noqa: S608
            [BUILT],
        ).fetchall()
        if snapshot is not None:
            connection.execute(f"detach {name}")
            connection.execute(lake.attach_sql(name, snapshot=snapshot))


def attach_for_build(connection: Connection, home: Path, raw: str) -> None:
    """Attach a home's lake for a build: to be written by its own name, and as it is now for reading as `raw`.

    What is loaded while a build goes on is so of the next one, whole. Raises what `open_warehouse` raises.
    """
    lake, path = lake_of(home), warehouse_path(home)
    if lake is None:
        raise ConfigError(f"{home / lakes.FILE}: is missing: the target `lake` is of homes with a lake")
    with in_our_words(path):
        _load_extensions(connection, lake)
        connection.execute(lake.attach_sql(lakes.NAME))
        ((snapshot,),) = connection.execute(
            f"select id from ducklake_current_snapshot('{lakes.NAME}')"  # noqa: S608 - a name of our own
        ).fetchall()
        connection.execute(lake.attach_sql(raw, snapshot=snapshot))


def _open_lake(
    lake: Lake, path: Path, *, read_only: bool, memory_limit: str, threads: int | None
) -> Connection:
    connection = connect(None, memory_limit=memory_limit, threads=threads, trusts_packages=True)
    try:
        with in_our_words(path):
            spill = str(path.with_name(".spill")).replace("'", "''")
            connection.execute(f"set temp_directory = '{spill}'")
            _load_extensions(connection, lake)
            _attach_or_create(connection, lake, read_only)
            connection.execute(f"use {lakes.NAME}")
            if read_only or is_current(connection):
                migrate(connection, str(lake), may_change=False)
            else:
                with turns(lake, ["schema"], wait_seconds=60):
                    migrate(connection, str(lake), may_change=True)
    except BaseException:
        connection.close()
        raise
    return connection


def _load_extensions(connection: Connection, lake: Lake) -> None:
    for name in lake.extensions:
        load_extension(connection, name)
    if lake.is_in_store:
        connection.execute(lake.s3.secret())


def _attach_or_create(connection: Connection, lake: Lake, read_only: bool) -> None:
    try:
        connection.execute(lake.attach_sql(lakes.NAME, read_only=read_only))
    except duckdb.Error as error:
        if not _NO_LAKE.search(str(error)):
            raise
        if read_only:
            raise WarehouseError(f"{lake}: holds nothing yet: run `load` or `refresh` first") from error
        with turns(lake, ["schema"], wait_seconds=60):
            connection.execute(lake.attach_sql(lakes.NAME, create=True))
            connection.execute(lake.settings_sql(lakes.NAME))


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


def _translated(error: duckdb.Error, file: Path | None) -> Exception:
    lake = lake_of(file.parent) if file else None
    path = lake or file
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
