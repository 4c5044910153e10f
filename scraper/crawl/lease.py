"""Who may crawl a portal: one worker at a time, on one machine or on many that share the home.

On one machine a lock of the system says so, which dies with its process. It may not reach to another machine,
so beside it lies a lease, a file `crawl-NNNNNN.lease` that its holder touches while it lives. Who follows a
holder that was silent for too long makes the file of the next number, which only one can
(open(2), O_EXCL: also on NFS from version 3 on). Clocks of two machines are never compared: how long a holder
was silent is told by the file system's clock, and when a holder must doubt itself by its own.
See docs/decisions/0031.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from errno import ESTALE
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import IO, Self
from uuid import uuid4

from scraper.errors import HomeError, LeaseLost, LockedError
from scraper.holder import Holder

BEAT_SECONDS = 15.0
"""How often a holder touches its lease."""

FENCE_SECONDS = 60.0
"""A holder that did not touch its lease for so long writes nothing before it has the next number."""

STALE_SECONDS = 120.0
"""A lease of another machine that was not touched for so long is a dead worker's."""

_FILE = re.compile(r"crawl-(\d{6,})\.lease")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a lease's file says."""

    holder: Holder | None
    is_released: bool
    is_moving: bool
    """The ground of a silent holder was to be left, and may not have been yet."""


class Lease:
    """A portal held by this process until it is closed; use as a context manager or close it.

    Args:
        folder: The portal's, `<home>/<slug>`; made where there is none.
        command: What is done with it, for whoever finds it held.

    Raises LockedError where another worker holds the portal, HomeError where the folder cannot be written.
    """

    def __init__(self, folder: Path, command: str = "crawl") -> None:
        self._folder = folder
        self._command = command
        self._guard = Lock()
        self._lost: str | None = None
        self._system_lock = self._locked()
        try:
            self.number, self.is_moving = self._due_number()
            """Its number grows with every holder; `is_moving`: a silent one may still write where it did."""
            self._file = self._claimed(self.number)
        except OSError as error:
            self._system_lock.close()
            raise _unwritable(folder, error) from error
        except BaseException:
            self._system_lock.close()
            raise
        self._ended = Event()
        self._thread = Thread(target=self._keep, name=f"lease of {folder.name}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check(self) -> None:
        """Return where this process still holds the portal; raise LeaseLost where it does not."""
        with self._guard:
            self._renew(BEAT_SECONDS)

    def moved(self) -> None:
        """Note that nothing is written any more where the silent holder wrote."""
        with self._guard:
            self.is_moving = False
            with suppress(OSError):
                self._write()

    def close(self) -> None:
        """Give the portal back."""
        self._ended.set()
        self._thread.join()
        with suppress(OSError):
            if self._lost is None:
                self._write(is_released=True)
        os.close(self._file)
        self._system_lock.close()

    def _locked(self) -> IO[str]:
        """Return the open file of the system's lock; the lock goes with the process, however it ends."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = (self._folder / "crawl.lock").open("a+", encoding="ascii")
        except OSError as error:
            raise _unwritable(self._folder, error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            newest = self._newest()
            holder = self._read(newest).holder if newest else None
            who = "another process" if holder is None or holder.is_dead else str(holder)
            raise LockedError(f"{self._named} by {who}: wait, or stop it") from error
        return file

    def _due_number(self) -> tuple[int, bool]:
        """Return the number that is due next, and whether the ground of a silent holder has to be left."""
        newest = self._newest()
        if newest is None:
            return 1, False
        said = self._read(newest)
        holder = said.holder
        if said.is_released or (holder is not None and holder.is_of_this_boot):
            return newest + 1, said.is_moving  # Its process would hold the system's lock.
        silent = self._silent_for(newest)
        if silent < STALE_SECONDS:
            raise LockedError(
                f"{self._named} by {holder or 'a worker whose name is not written yet'}, last heard of"
                f" {silent:.0f} s ago: wait for it, or, where it was killed, come again when it was silent"
                f" for {STALE_SECONDS:.0f} s"
            )
        return newest + 1, True

    def _claimed(self, number: int) -> int:
        """Return the open file of a number that nobody else has, and remove those below it."""
        path, began = self._path(number), _clock()
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except FileExistsError:
            raise LockedError(f"{self._named} by another worker since this moment: wait for it") from None
        self._file = file
        try:
            self._write()
            if self._newest() != number:
                path.unlink(missing_ok=True)
                raise LockedError(f"{self._named} by a later worker: wait for it")
            for other in self._numbers() - {number}:
                self._path(other).unlink(missing_ok=True)
        except BaseException:
            os.close(file)
            raise
        self._beaten = began
        return file

    def _renew(self, after: float) -> None:
        """Touch the lease where it was not for so many seconds; raise LeaseLost where it is another's."""
        if self._lost is None:
            silent = _clock() - self._beaten
            try:
                if silent >= FENCE_SECONDS:
                    self._retake()
                elif silent >= after:
                    self._touch()
            except OSError as error:
                if silent >= FENCE_SECONDS or error.errno == ESTALE:
                    self._lost = f"its lease cannot be renewed: {error.strerror or error}"
        if self._lost is not None:
            raise LeaseLost(
                f"{self._folder.name} is no longer this worker's ({self._lost}): nothing more was written;"
                " leave it to that one, or run the same command again"
            )

    def _touch(self) -> None:
        began = _clock()
        os.utime(self._file)
        # A file that was removed is gone for its open descriptor too: ESTALE on NFS, no name elsewhere.
        if os.fstat(self._file).st_nlink == 0 or self._newest() != self.number:
            self._lost = self._by_whom()
        else:
            self._beaten = began

    def _retake(self) -> None:
        """Take the next number: whoever saw this worker silent may be about to, and only one can."""
        if self._newest() != self.number:
            self._lost = self._by_whom()
            return
        former = self._file
        try:
            self._file = self._claimed(self.number + 1)
        except LockedError:
            self._file = former
            self._lost = self._by_whom()
            return
        except BaseException:
            self._file = former  # The other one is closed: its number may be another file's by now.
            raise
        os.close(former)
        self.number += 1

    def _by_whom(self) -> str:
        newest = self._newest()
        holder = self._read(newest).holder if newest else None
        return f"taken over by {holder or 'another one'}"

    def _keep(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            with self._guard, suppress(LeaseLost):
                self._renew(0)

    def _silent_for(self, number: int) -> float:
        """Return for how many seconds a lease was not touched, by the clock that dates the files."""
        probe = self._folder / f".{uuid4().hex}"
        descriptor = os.open(probe, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        try:
            now = os.fstat(descriptor).st_mtime
        finally:
            os.close(descriptor)
            probe.unlink(missing_ok=True)
        try:
            with self._path(number).open("rb") as file:  # Opening it asks the server anew.
                return max(now - os.fstat(file.fileno()).st_mtime, 0.0)
        except FileNotFoundError:
            return 0.0

    def _write(self, is_released: bool = False) -> None:
        said = json.loads(Holder.of_this_process(self._command).as_json())
        text = json.dumps({**said, "released": is_released, "moving": self.is_moving}, ensure_ascii=False)
        os.pwrite(self._file, text.encode(), 0)
        os.ftruncate(self._file, len(text.encode()))
        os.fsync(self._file)

    def _read(self, number: int) -> _Said:
        try:
            text = self._path(number).read_bytes()
            said = json.loads(text)
        except (OSError, ValueError):
            return _Said(None, False, False)
        return _Said(Holder.of_json(text), said.get("released") is True, said.get("moving") is True)

    def _newest(self) -> int | None:
        return max(self._numbers(), default=None)

    def _numbers(self) -> set[int]:
        return {int(match[1]) for path in self._folder.iterdir() if (match := _FILE.fullmatch(path.name))}

    def _path(self, number: int) -> Path:
        return self._folder / f"crawl-{number:06d}.lease"

    @property
    def _named(self) -> str:
        return f"{self._folder.name} is being crawled into {self._folder.parent}"


def _clock() -> float:
    """Return seconds that also pass while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _unwritable(folder: Path, error: OSError) -> HomeError:
    return HomeError(f"{folder} cannot be written: {error.strerror or error}; give another --home")
