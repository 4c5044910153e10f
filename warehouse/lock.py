"""One run at a time in a home: a lock that the system itself frees when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scraper.errors import HomeError, LockedError

_TRIES = 4
_BETWEEN_TRIES = 0.05
"""Seconds. Who asks `running` holds the lock for a moment, which must not look like another run."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The run that is going on in a home."""

    pid: int
    command: str
    started_at: datetime
    stage: str | None
    """Where it is, as far as it said so."""

    def __str__(self) -> str:
        """Name it for a person."""
        where = f" in its stage {self.stage}" if self.stage else ""
        return f"`{self.command}`, process {self.pid}, since {self.started_at:%Y-%m-%d %H:%M:%S} UTC{where}"


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


def running(home: Path) -> Holder | None:
    """Return the run that is going on in a home, None where none is; nothing is written or waited for."""
    try:
        descriptor = os.open(lock_path(home), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(descriptor)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return None


def note_stage(home: Path, stage: str) -> None:
    """Say in the lock's file which stage this process's run is in; nothing where it holds no lock there."""
    try:
        descriptor = os.open(lock_path(home), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return
    try:
        holder = _holder(descriptor)
        if holder is not None and holder.pid == os.getpid():
            _write_holder(descriptor, holder.command, holder.started_at, stage)
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    for attempt in range(1, _TRIES + 1):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt == _TRIES:
                who = _holder(descriptor) or "its name is not written yet"
                raise LockedError(f"{path}: another run is going on: {who}: wait for it") from None
            time.sleep(_BETWEEN_TRIES)
        except OSError as error:
            raise HomeError(
                f"{path}: cannot be locked: {error.strerror}: give another home with --home"
            ) from error
        else:
            return


def _write_holder(
    descriptor: int, command: str, started_at: datetime | None = None, stage: str | None = None
) -> None:
    holder = {
        "pid": os.getpid(),
        "command": command,
        "started_at": (started_at or datetime.now(UTC)).isoformat(timespec="seconds"),
        "stage": stage,
    }
    try:
        said = json.dumps(holder, ensure_ascii=False).encode()
        os.pwrite(descriptor, said, 0)
        os.ftruncate(descriptor, len(said))
    except OSError as error:
        raise HomeError(f"the run lock cannot be written: {error.strerror}: free the home") from error


def _holder(descriptor: int) -> Holder | None:
    try:
        said = json.loads(os.pread(descriptor, 4096, 0))
        started_at = datetime.fromisoformat(said["started_at"])
        return Holder(int(said["pid"]), str(said["command"]), started_at, said.get("stage"))
    except (ValueError, KeyError, TypeError, OSError):
        return None
