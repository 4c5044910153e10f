"""Who holds a lock or a lease, as it wrote itself into its file, and whether it is still there."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Holder:
    """The run that is going on in a home."""

    pid: int
    command: str
    started_at: datetime
    stage: str | None
    """Where it is, as far as it said so."""
    host: str = ""
    boot: str = ""
    """The machine's present boot: containers of one machine share it, whatever they call themselves."""
    began: int = 0
    """When the process began, in the system's ticks: another one under the same number began later."""

    @classmethod
    def of_this_process(
        cls, command: str, started_at: datetime | None = None, stage: str | None = None
    ) -> Holder:
        """Return what this process writes of itself."""
        pid, started_at = os.getpid(), started_at or datetime.now(UTC)
        return cls(pid, command, started_at, stage, _host(), _boot(), _began(pid))

    @classmethod
    def of_json(cls, text: bytes) -> Holder | None:
        """Return who wrote a text; None where nobody did, or nobody legible."""
        try:
            said = json.loads(text)
            return cls(
                int(said["pid"]),
                str(said["command"]),
                datetime.fromisoformat(said["started_at"]),
                said.get("stage"),
                str(said.get("host", "")),
                str(said.get("boot", "")),
                int(said.get("began", 0)),
            )
        except (ValueError, KeyError, TypeError):
            return None

    def as_json(self) -> bytes:
        """Return the text that `of_json` reads."""
        said = {
            "pid": self.pid,
            "command": self.command,
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "stage": self.stage,
            "host": self.host,
            "boot": self.boot,
            "began": self.began,
        }
        return json.dumps(said, ensure_ascii=False).encode()

    @property
    def is_of_this_machine(self) -> bool:
        """Whether a lock of the system reaches from here to it: the same host, or another container of it."""
        return self.host in ("", _host()) or (self.boot != "" and self.boot == _boot())

    @property
    def is_of_this_boot(self) -> bool:
        """Whether it runs under the very kernel that this process runs under, or ran before it ended."""
        here = _boot()
        return self.boot == here if here and self.boot else self.host == _host()

    @property
    def is_dead(self) -> bool:
        """Whether the process is surely not there any more, be it that another has taken its number."""
        return self.host == _host() and self.began != _began(self.pid)

    def __str__(self) -> str:
        """Name it for a person."""
        place = "" if self.host in ("", _host()) else f" on {self.host}"
        where = f" in its stage {self.stage}" if self.stage else ""
        since = f"{self.started_at:%Y-%m-%d %H:%M:%S} UTC"
        return f"`{self.command}`, process {self.pid}{place}, since {since}{where}"


def _began(pid: int) -> int:
    """Return when a process began (field 22 of /proc/PID/stat, see proc(5)); 0 where there is none."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(said.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0


def _host() -> str:
    return socket.gethostname()


def _boot() -> str:
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
