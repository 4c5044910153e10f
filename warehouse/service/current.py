"""The publication that is current, opened once and followed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Timer

from scraper.errors import PublicationError
from warehouse.connect import Connection, DatabaseError
from warehouse.publication.manifest import DATABASE, Column
from warehouse.publication.query import one_line, opened
from warehouse.publication.shelf import published_folder
from warehouse.publication.snapshot import MARTS
from warehouse.service.problems import Refused

_COLUMNS = """
    select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()
    where schema_name = $schema order by table_name, column_index
"""
_DESCRIPTIONS = "select table_name, comment from duckdb_tables() where schema_name = $schema"
_FUNCTIONS = "select function_name from duckdb_functions() where schema_name = $schema"
_NOTICES = "select distinct notice from marts.portals where notice is not null order by notice"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement gave."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]

    def records(self) -> list[dict[str, object]]:
        """Give each row by the names of its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Published:
    """One publication, open for reading; many threads may ask it at the same time."""

    def __init__(self, folder: Path) -> None:
        """Raises WarehouseError or HomeError where the file cannot be read."""
        self.version = folder.name
        self.file = folder / DATABASE
        self.uses = 0
        with ExitStack() as stack:
            self._connection: Connection = stack.enter_context(opened(self.file, spills=False))
            self._describe()
            self._stack = stack.pop_all()

    def _describe(self) -> None:
        said = {"schema": MARTS}
        columns: dict[str, list[Column]] = {}
        for table, *column in self._connection.execute(_COLUMNS, said).fetchall():
            columns.setdefault(table, []).append(Column(*column))
        self.columns: Mapping[str, tuple[Column, ...]] = {
            name: tuple(of_table) for name, of_table in columns.items()
        }
        self.descriptions: Mapping[str, str | None] = dict(
            self._connection.execute(_DESCRIPTIONS, said).fetchall()
        )
        self.functions = {name for (name,) in self._connection.execute(_FUNCTIONS, said).fetchall()}
        self.notices: list[str] = [text for (text,) in self._connection.execute(_NOTICES).fetchall()]

    @property
    def published_at(self) -> datetime:
        """When it was made, which its version says."""
        return datetime.strptime(self.version, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    def ask(self, sql: str, values: Mapping[str, object], seconds: float) -> Rows:
        """Run one of our own statements with bound values.

        Raises:
            Refused: It took longer than `seconds`, or more memory than there is.
        """
        cursor = self._connection.cursor()
        ending = Timer(seconds, cursor.interrupt)
        ending.daemon = True
        ending.start()
        try:
            result = cursor.execute(sql, dict(values))
            return Rows(tuple(column[0] for column in result.description or ()), result.fetchall())
        except DatabaseError as error:
            if "Interrupt" in type(error).__name__:
                raise Refused(
                    503, f"it took longer than {seconds:g} seconds: ask for less at a time"
                ) from error
            if "OutOfMemory" in type(error).__name__:
                raise Refused(503, "it took more memory than there is: ask for less at a time") from error
            raise PublicationError(f"{self.file}: {one_line(error)}") from error
        finally:
            ending.cancel()
            cursor.close()

    def close(self) -> None:
        """Close the file."""
        self._stack.close()


class Following:
    """Whatever publication of a home is current: each request gets the newest, and keeps it to its end."""

    def __init__(self, home: Path) -> None:
        """Raises PublicationError where nothing is published yet."""
        self._home = home
        self._lock = Lock()
        self._current = Published(published_folder(home))

    @contextmanager
    def lent(self) -> Iterator[Published]:
        """Lend the current publication; an older one is closed when the last request has given it back.

        Raises:
            PublicationError: Nothing is published any more.
            WarehouseError: The new publication cannot be read.
        """
        with self._lock:
            folder = published_folder(self._home)
            if folder.name != self._current.version:
                old, self._current = self._current, Published(folder)
                if not old.uses:
                    old.close()
            held = self._current
            held.uses += 1
        try:
            yield held
        finally:
            with self._lock:
                held.uses -= 1
                if held is not self._current and not held.uses:
                    held.close()

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            self._current.close()
