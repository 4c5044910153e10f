"""Commands as processes that can be watched, killed and asked how they ended."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]

STAGES = ("crawl", "load", "build", "publish")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    """The exit code, or the negative number of the signal that ended it."""
    out: str
    err: str


class Running:
    """A command at work."""

    def __init__(self, pid: int, folder: Path) -> None:
        self.pid = pid
        self._folder = folder
        self._code: int | None = None

    @property
    def out(self) -> str:
        return self._said("out")

    @property
    def err(self) -> str:
        return self._said("err")

    @property
    def stage(self) -> str:
        """The stage that a refresh is in, by what it said of those before."""
        said = {line.partition(":")[0] for line in self.out.splitlines()}
        ended = [place for place, stage in enumerate(STAGES[:-1]) if stage in said]
        return STAGES[max(ended) + 1] if ended else STAGES[0]

    def code(self) -> int | None:
        """How it ended, None while it is at work."""
        if self._code is None:
            self._code = warm().ask({"pid": self.pid})
        return self._code

    def send(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def wait(self, seconds: float = 300) -> Ended:
        deadline = time.monotonic() + seconds
        pause = 0.005
        while (code := self.code()) is None:
            if time.monotonic() > deadline:
                self.send()
                raise AssertionError(f"the command hangs; it said\n{self.out}{self.err}")
            time.sleep(pause)
            pause = min(1.5 * pause, 0.1)
        return Ended(code, self.out, self.err)

    def _said(self, name: str) -> str:
        path = self._folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


class Warm:
    """The warm process that commands are forked from; see tests/reliability/warm.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.warm"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def ask(self, asked: dict[str, Any]) -> Any:
        """Have the process do something, and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@cache
def warm() -> Warm:
    """The one warm process of this process, begun when a command is first started."""
    process = Warm()
    atexit.register(process.end)
    return process


class Commands:
    """Starts commands from the warm process; use as a context manager.

    Args:
        arguments: What every command gets behind its own: the home, the portals.
    """

    def __init__(self, *arguments: str | Path) -> None:
        self._shared = [str(argument) for argument in arguments]
        self._count = 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def start(
        self, *arguments: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
    ) -> Running:
        """Start a command in a folder, with this process's environment and what is set besides."""
        self._count += 1
        folder = Path(self._folder.name, str(self._count))
        folder.mkdir()
        asked = {
            "arguments": [*map(str, arguments), *self._shared],
            "cwd": str(cwd),
            "env": {**os.environ, "COLUMNS": "200", **(env or {})},
            "out": str(folder / "out"),
            "err": str(folder / "err"),
        }
        return Running(warm().ask(asked), folder)

    def run(self, *arguments: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Ended:
        """Run a command to its end; see `start`."""
        return self.start(*arguments, cwd=cwd, env=env).wait()
