"""The upkeep of a lake: small files made large, and what nobody can look back to any more removed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.connect import Connection, committed, in_our_words, open_warehouse, warehouse_path
from warehouse.lake import NAME, lake_of
from warehouse.turns import turns

_UNREAD_FOR = timedelta(days=1)
"""A file that no snapshot needs any more stays so long for whoever has just begun to read it."""

_DELETED_SHARE = 0.2
"""Of a file's rows, from which on it is written anew without them."""

_FILES = f"""
select coalesce(sum(file_count), 0), coalesce(sum(file_size_bytes), 0) from ducklake_table_info('{NAME}')
"""  # noqa: S608 - a name of our own
_SNAPSHOTS = f"select count(*) from ducklake_snapshots('{NAME}')"  # noqa: S608 - a name of our own

_COMPACTION = (
    f"call ducklake_flush_inlined_data('{NAME}')",
    f"call ducklake_rewrite_data_files('{NAME}', delete_threshold => {_DELETED_SHARE})",
    f"call ducklake_merge_adjacent_files('{NAME}')",
)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What the upkeep of a lake did."""

    files_before: int
    files_after: int
    """Data files that the newest state consists of."""
    bytes_after: int
    """Of those files."""
    bytes_before: int
    snapshots_expired: int
    files_removed: int
    """That no snapshot needed any more."""

    @property
    def bytes_freed(self) -> int:
        """Bytes by which the newest state became smaller; files of the past go later."""
        return max(self.bytes_before - self.bytes_after, 0)

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.files_before} files became {self.files_after} ({self.bytes_after / 1e6:.1f} MB), "
            f"{self.snapshots_expired} snapshots expired, {self.files_removed} old files removed"
        )


def keep_up(home: Path, now: datetime | None = None) -> Upkeep | None:
    """Compact the home's lake and expire its old snapshots; None where the home has none.

    Loads and builds of other workers go on meanwhile, and so do readers: a file goes a day after the last
    snapshot that needs it.

    Args:
        home: Whose lake; `keep_days` of its lake.toml says how far back one can look.
        now: In place of the clock's (aware).

    Raises LockedError where another worker is at it, and what `open_warehouse` raises.
    """
    lake = lake_of(home)
    if lake is None:
        return None
    now = now or datetime.now(UTC)
    path = warehouse_path(home)
    with (
        turns(lake, ["upkeep"], 0),
        closing(open_warehouse(path)) as connection,
        in_our_words(path),
    ):
        before, size_before = _files(connection)
        for statement in _COMPACTION:
            _call(connection, statement)
        snapshots = _count(connection, _SNAPSHOTS)
        _call(connection, _since("ducklake_expire_snapshots", now - timedelta(days=lake.keep_days)))
        removed = _call(connection, _since("ducklake_cleanup_old_files", now - _UNREAD_FOR))
        after, size = _files(connection)
        return Upkeep(before, after, size, size_before, snapshots - _count(connection, _SNAPSHOTS), removed)


def lake_bytes(connection: Connection) -> int:
    """Return the bytes of the data files that an open lake's newest state consists of."""
    return _files(connection)[1]


def _since(function: str, moment: datetime) -> str:
    return f"call {function}('{NAME}', older_than => timestamptz '{moment.isoformat()}')"


def _call(connection: Connection, statement: str) -> int:
    """Run a statement, again where a writer's commit came in between; return how many rows it gives."""
    return committed(connection, lambda: len(connection.execute(statement).fetchall()))


def _files(connection: Connection) -> tuple[int, int]:
    ((files, size),) = connection.execute(_FILES).fetchall()
    return int(files), int(size)


def _count(connection: Connection, sql: str) -> int:
    ((number,),) = connection.execute(sql).fetchall()
    return int(number)
