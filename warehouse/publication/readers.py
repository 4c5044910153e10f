"""Who has a publication open: its room is not free before they close it, whatever is removed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.publication.shelf import DROPPING, FOLDER

_PROCESSES = Path("/proc")
_GONE = " (deleted)"


@dataclass(frozen=True, slots=True)
class Reader:
    """A process that has a published file open."""

    pid: int
    file: str
    """Within the folder of publications, as it was called when it was opened."""
    bytes: int
    is_removed: bool
    """The file is no longer there: its room is free once the process closes it."""


def readers_of(home: Path) -> list[Reader]:
    """Return who has files of a home's publications open, as far as this user may see.

    Linux tells it in /proc (proc(5)); elsewhere nobody is found.
    """
    folder = str((home / FOLDER).resolve()) + os.sep
    found = []
    for process in sorted(_PROCESSES.glob("[0-9]*/fd"), key=lambda path: int(path.parent.name)):
        try:
            handles = sorted(process.iterdir())
        except OSError:
            continue
        files = {}
        for handle in handles:
            try:
                name, size = str(handle.readlink()), handle.stat().st_size
            except OSError:
                continue
            if name.startswith(folder):
                files[name] = size
        pid = int(process.parent.name)
        if pid != os.getpid():
            found += [
                Reader(pid, _named(name.removeprefix(folder)), size, name.endswith(_GONE))
                for name, size in files.items()
            ]
    return found


def _named(file: str) -> str:
    """Return the file as it was called before its publication was removed."""
    return file.removesuffix(_GONE).removeprefix(DROPPING)
