"""One run at a time in a home: a lock that the system itself frees when its holder dies.

On one machine no dead run can hold it, whatever its file says. On a file system that machines share, a lock
of the system may not reach from one to the other: so a run also touches the file while it lives, and a file
that a run on another machine touched lately is its lock too.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from scraper.errors import HomeError, LockedError
from scraper.holder import Holder

__all__ = ["Holder", "lock_path", "note_stage", "run_lock", "running"]

BEAT_SECONDS = 15.0
"""How often a run touches its lock."""

STALE_SECONDS = 120.0
"""A lock of another machine that was not touched for so long is a dead run's."""

_TRIES = 4
_BETWEEN_TRIES = 0.05
"""Seconds. Who asks `running` holds the lock for a moment, which must not look like another run."""


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
        _refuse_other_machine(descriptor, path)
        _write(descriptor, Holder.of_this_process(command).as_json())
        try:
            with _beating(descriptor):
                yield
        finally:
            with suppress(HomeError):
                _write(descriptor, b"")
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
            fresh = Holder.of_this_process(holder.command, holder.started_at, stage)
            _write(descriptor, fresh.as_json())
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    for attempt in range(1, _TRIES + 1):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt == _TRIES:
                holder = _holder(descriptor)
                # Between taking the lock and writing into it, what stands there is of the run before.
                who = "its name is not written yet" if holder is None or holder.is_dead else holder
                raise LockedError(f"{path}: another run is going on: {who}: wait for it") from None
            time.sleep(_BETWEEN_TRIES)
        except OSError as error:
            raise HomeError(
                f"{path}: cannot be locked: {error.strerror}: give another home with --home"
            ) from error
        else:
            return


def _refuse_other_machine(descriptor: int, path: Path) -> None:
    """Refuse a lock that a run on another machine seems to hold; its age is told by the file system's clock
    alone."""
    holder = _holder(descriptor)
    if holder is None or holder.is_of_this_machine:
        return
    before = os.stat(descriptor).st_mtime
    os.utime(descriptor)
    age = max(os.stat(descriptor).st_mtime - before, 0.0)
    if age < STALE_SECONDS:
        os.utime(descriptor, (before, before))
        raise LockedError(
            f"{path}: another run may be going on: {holder}, last heard of {age:.0f} s ago: wait for it, or,"
            f" where it was killed, come again when it was silent for {STALE_SECONDS:.0f} s"
        )


@contextmanager
def _beating(descriptor: int) -> Iterator[None]:
    """Touch the lock's file as long as the block lasts."""
    ended = Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            with suppress(OSError):
                os.utime(descriptor)

    thread = Thread(target=beat, name="run lock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _write(descriptor: int, text: bytes) -> None:
    try:
        os.pwrite(descriptor, text, 0)
        os.ftruncate(descriptor, len(text))
    except OSError as error:
        raise HomeError(f"the run lock cannot be written: {error.strerror}: free the home") from error


def _holder(descriptor: int) -> Holder | None:
    try:
        return Holder.of_json(os.pread(descriptor, 4096, 0))
    except OSError:
        return None
