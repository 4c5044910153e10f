"""The readers' process as its users meet it: begun when first needed, asked for one document at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import Lock
from typing import Any


class Apart:
    """A process beside this one that reads documents; one for each process that asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        """The process that began it: a fork of ours must not speak through our pipes."""

    def read(self, kind: str, content: bytes) -> dict[str, Any]:
        """Return what the process says of a file (see `scraper.documents.child`).

        Raises OSError where no process can be begun. One that died with a file in hand is begun anew for the
        next.
        """
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(f"{kind} {len(content)}\n".encode() + content)
                process.stdin.flush()
                said: dict[str, Any] = json.loads(process.stdout.readline())
            except (BrokenPipeError, ValueError):
                return {"crashed": self._end(process)}
            except BaseException:  # interrupted: what it says of this file must not be taken for the next's
                self._end(process)
                raise
            return said

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._owner != os.getpid():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scraper.documents.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            self._owner = os.getpid()
        return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        self._process = None
        process.kill()
        return process.wait()


_READERS = Apart()


def read_apart(kind: str, content: bytes) -> dict[str, Any]:
    """Read a file of a kind (pdf, docx, xlsx) in the readers' process; see `Apart.read`."""
    return _READERS.read(kind, content)
