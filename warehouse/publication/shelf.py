"""The folder of publications: versions side by side, one of them current, swapped in one step."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scraper.durable import sync_folder
from scraper.errors import HomeError, LockedError, PublicationError
from warehouse.publication.manifest import Manifest, read_manifest

FOLDER = "published"
CURRENT = "current"
_FORM = "%Y%m%dT%H%M%SZ"
_MAKING = ".making-"
DROPPING = ".dropping-"
_FLUSHES_AT_ONCE = 16
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_version(name: str) -> bool:
    """Say whether a name is a version's: a UTC time such as 20261123T054000Z."""
    try:
        return datetime.strptime(name, _FORM).replace(tzinfo=UTC).strftime(_FORM) == name
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Shelf:
    """All publications of a home."""

    folder: Path

    @classmethod
    def of(cls, home: Path) -> Shelf:
        """Give the shelf of a home, whether it exists or not."""
        return cls(home / FOLDER)

    def versions(self) -> list[str]:
        """List the versions that are whole, oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if path.is_dir() and is_version(path.name))

    def current(self) -> Path | None:
        """Give the folder that `current` points at, or None where nothing was published yet."""
        link = self.folder / CURRENT
        if not link.is_dir():
            return None
        return link.resolve()

    def last_good(self) -> Manifest | None:
        """Read the manifest of the current publication, or of the newest other one that can be read."""
        current = self.current()
        others = [self.folder / version for version in reversed(self.versions())]
        for path in [*([current] if current else []), *others]:
            if manifest := read_manifest(path):
                return manifest
        return None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the shelf for one publication at a time, clean of what a killed one left behind.

        Raises:
            HomeError: The folder cannot be made or written.
            LockedError: Another publication is being made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise home_error(self.folder, error) from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise LockedError(f"{self.folder}: another publication is being made; wait for it") from error
            self._sweep()
            link = self.folder / CURRENT
            if link.exists() and not link.is_symlink():
                raise HomeError(f"{link}: is no link; move it away so that a publication can be put there")
            yield
        finally:
            os.close(handle)

    @contextmanager
    def bench(self) -> Iterator[Path]:
        """Give an empty folder on the shelf's own file system, gone afterwards unless it was shelved."""
        path = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self.folder))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def next_version(self) -> str:
        """Name the next version: the time now, or a second after the newest where the clock is behind."""
        now = datetime.now(UTC).replace(microsecond=0)
        if versions := self.versions():
            newest = datetime.strptime(versions[-1], _FORM).replace(tzinfo=UTC)
            now = max(now, newest + timedelta(seconds=1))
        return now.strftime(_FORM)

    def put(self, bench: Path, version: str) -> Path:
        """Shelve a finished folder as a version and make it current; both steps are atomic and durable."""
        flush_tree(bench)
        bench.chmod(0o755)
        place = self.folder / version
        bench.rename(place)
        sync_folder(self.folder)
        fresh = self.folder / f"{_MAKING}{CURRENT}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(version)
        fresh.replace(self.folder / CURRENT)
        sync_folder(self.folder)
        return place

    def outdated(self, keep: int) -> list[str]:
        """List the versions that are neither among the newest `keep` nor current, oldest first."""
        current = self.current()
        return [name for name in self.versions()[:-keep] if current is None or name != current.name]

    def unfinished(self) -> list[Path]:
        """List what killed publications left behind."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if path.name.startswith((_MAKING, DROPPING)))

    def prune(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` versions and the current one; who has one open keeps it."""
        old = self.outdated(keep)
        for name in old:
            # Renamed first: a kill in the middle leaves rubbish to sweep, never half a version.
            rubbish = self.folder / f"{DROPPING}{name}"
            (self.folder / name).rename(rubbish)
            shutil.rmtree(rubbish, ignore_errors=True)
        return old

    def _sweep(self) -> None:
        for path in self.unfinished():
            if path.is_symlink() or path.is_file():
                path.unlink(missing_ok=True)
            else:
                shutil.rmtree(path, ignore_errors=True)


def published_folder(home: Path) -> Path:
    """Give the folder of a home's current publication; raise PublicationError where there is none yet."""
    current = Shelf.of(home).current()
    if current is None:
        raise PublicationError(f"{home}: nothing is published there yet: run `refresh` first, or give --home")
    return current


def flush_tree(folder: Path) -> None:
    """Have every file and folder below reach the disk.

    Many at once: a file system with a journal takes the waiting ones along in one commit, and a site has
    thousands of small files.
    """
    places = list(os.walk(folder))
    with ThreadPoolExecutor(max_workers=_FLUSHES_AT_ONCE) as threads:
        files = (Path(directory) / name for directory, _, names in places for name in names)
        for _ in threads.map(_flush, files):
            pass
        for _ in threads.map(sync_folder, (Path(directory) for directory, _, _ in places)):
            pass


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def home_error(folder: Path, error: OSError) -> HomeError:
    """Say in one line why the shelf cannot be written and that the old publication stays."""
    if error.errno in _NO_ROOM:
        why = "the disk is full or a size limit is reached; free some room"
    else:
        why = f"cannot be written ({error.strerror or error}); mend it or give another --home"
    return HomeError(f"{folder}: {why}. What is published stays as it is.")
