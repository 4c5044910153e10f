"""One run at a time in a home: a lock that the system itself frees when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scraper.errors import HomeError, LockedError


def lock_path(home: Path) -> Path:
    """Return where the home keeps its run lock."""
    return home / "run.lock"


@contextmanager
def run_lock(home: Path, command: str = "") -> Iterator[None]:
    """Hold the home's run lock; what a dead run left in the file does no harm.

    Raises LockedError saying who holds it since when, HomeError where the home cannot be written.
    """
    path = lock_path(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise HomeError(
            f"{home}: cannot be written: {error.strerror}: give another home with --home, or free this one"
        ) from error
    try:
        _take(descriptor, path)
        _write_holder(descriptor, command)
        yield
    finally:
        # The file stays: were it removed, a waiting run could lock a file that no other run sees.
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError(f"{path}: another run is going on: {_holder(descriptor)}: wait for it") from None
    except OSError as error:
        raise HomeError(
            f"{path}: cannot be locked: {error.strerror}: give another home with --home"
        ) from error


def _write_holder(descriptor: int, command: str) -> None:
    holder = {
        "pid": os.getpid(),
        "command": command,
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder, ensure_ascii=False).encode(), 0)
    except OSError as error:
        raise HomeError(f"the run lock cannot be written: {error.strerror}: free the home") from error


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"`{holder['command']}`, process {holder['pid']}, since {holder['started_at']}"
    except (ValueError, KeyError, TypeError, OSError):
        return "its name is not written yet"
