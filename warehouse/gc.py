"""Room made in a home: what nothing needs any more, found and removed, one kind after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from warehouse.compaction import compact, free_room
from warehouse.connect import warehouse_path
from warehouse.lake import lake_of
from warehouse.lake_upkeep import keep_up
from warehouse.publication.shelf import Shelf

_KEPT_BUILD = "partial_parse.msgpack"
"""What spares dbt the reading of its project; everything else below `build` is made anew by each build."""


@dataclass(frozen=True, slots=True)
class Freed:
    """One thing that was, or would be, removed."""

    kind: str
    """unfinished publication, old publication, old build, leftover file, archive, warehouse, lake."""
    what: str
    """Its path below the home."""
    bytes: int


class ArchiveRoom(Protocol):
    """Room made in one archive file."""

    @property
    def warc_file(self) -> str:
        """Its name."""

    @property
    def bytes(self) -> int:
        """Freed on the disk."""


ThinArchive = Callable[[Path, str, datetime, bool], Sequence[ArchiveRoom]]
"""Makes room in the archive folder of a portal (slug), of what was captured before a moment; dry or not."""


def collect(
    home: Path,
    keep_publications: int,
    keep_archive_days: int | None,
    dry_run: bool,
    thin: ThinArchive,
    now: datetime | None = None,
) -> list[Freed]:
    """Remove what nothing needs any more, or tell what would be removed; return it, kind by kind.

    The current publication stays, and every capture of an article. A kill leaves each thing there or gone.

    Args:
        home: Call it under its `run_lock`.
        keep_publications: The newest ones that stay, the current one beside.
        keep_archive_days: Discovery pages of the archive that were captured earlier go; None: all stay.
        dry_run: Remove nothing.
        thin: Makes room in a portal's archive.
        now: In place of the clock's (aware).

    Raises LockedError where a publication is being made or a program holds the warehouse.
    """
    freed = [*_publications(home, keep_publications, dry_run), *_leftovers(home, dry_run)]
    if keep_archive_days is not None:
        before = (now or datetime.now(UTC)) - timedelta(days=keep_archive_days)
        for folder in sorted(home.glob("*/archive")):
            for room in thin(folder, folder.parent.name, before, dry_run):
                freed.append(Freed("archive", str((folder / room.warc_file).relative_to(home)), room.bytes))
    return freed + _warehouse(home, dry_run)


def _publications(home: Path, keep: int, dry_run: bool) -> list[Freed]:
    shelf = Shelf.of(home)
    if not shelf.folder.is_dir():
        return []
    found = [Freed("unfinished publication", _under(home, path), _size(path)) for path in shelf.unfinished()]
    found += [
        Freed("old publication", _under(home, shelf.folder / version), _size(shelf.folder / version))
        for version in shelf.outdated(keep)
    ]
    if not dry_run:
        with shelf.held():  # It sweeps what is unfinished, once nobody is at it.
            shelf.prune(keep)
    return found


def _leftovers(home: Path, dry_run: bool) -> list[Freed]:
    drafts = [path for path in home.glob(".warehouse.duckdb.*") if path.is_file()]
    builds = [path for path in (home / "build").rglob("*") if path.is_file() and path.name != _KEPT_BUILD]
    found = [Freed("leftover file", _under(home, path), _size(path)) for path in sorted(drafts)]
    if builds:
        found.append(Freed("old build", "build", sum(map(_size, builds))))
    if not dry_run:
        for path in (*drafts, *builds):
            path.unlink(missing_ok=True)
    return found


def _warehouse(home: Path, dry_run: bool) -> list[Freed]:
    path = warehouse_path(home)
    if lake_of(home) is not None:
        return [] if dry_run else _lake(home)
    room = free_room(path) if path.is_file() else 0
    if room and not dry_run:
        room = compact(path) or 0
    return [Freed("warehouse", path.name, room)] if room > 0 else []


def _lake(home: Path) -> list[Freed]:
    done = keep_up(home)
    return [Freed("lake", str(done), done.bytes_freed)] if done else []


def _under(home: Path, path: Path) -> str:
    return str(path.relative_to(home))


def _size(path: Path) -> int:
    """Return the bytes that a file or folder takes; a link counts for nothing."""
    if path.is_symlink():
        return 0
    files = [path] if path.is_file() else [one for one in path.rglob("*") if not one.is_symlink()]
    return sum(one.stat().st_size for one in files if one.is_file())


def freed_by_kind(freed: list[Freed]) -> dict[str, int]:
    """Return the bytes of each kind, in the order in which the kinds were found."""
    kinds: dict[str, int] = {}
    for one in freed:
        kinds[one.kind] = kinds.get(one.kind, 0) + one.bytes
    return kinds
