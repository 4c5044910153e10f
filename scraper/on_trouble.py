"""The user's hook: a command that is told of trouble, as JSON on its standard input."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scraper.errors import InterruptedRun, UsageError
from scraper.version import VERSION

SCHEMA = "cityledger.trouble/1"
TIMEOUT = 60.0
"""Seconds that a hook may take; then it is killed, with what it started."""


@dataclass(slots=True)
class Told:
    """What is known of a run while it goes on, for the hook."""

    run_id: str | None = None
    portals: list[Mapping[str, Any]] = field(default_factory=list)
    """Those with trouble: portal, held, failure, second_reading, troubles."""


def hook_words(command: str) -> list[str]:
    """Split a hook's command as a shell would, which is not asked; raise UsageError where it cannot be."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--on-trouble: {command!r} cannot be split into words: {error}") from error
    if not words:
        raise UsageError("--on-trouble: names no command")
    return words


@contextmanager
def trouble_told(
    command: str | None,
    stage: str,
    home: Path,
    warn: Callable[[str], None],
    timeout: float = TIMEOUT,
) -> Iterator[Told]:
    """Run the hook where the block raises; what was raised goes on whatever becomes of the hook.

    A run that a signal stopped is no trouble.

    Args:
        command: The user's command, split into words without a shell; None: there is no hook.
        stage: Name of the command that runs.
        home: Of the run.
        warn: Told what is wrong with the hook itself, in one line.
        timeout: Seconds that the hook may take.

    Raises UsageError, before the block, where the command cannot be split.
    """
    words = hook_words(command) if command is not None else None
    told = Told()
    try:
        yield told
    except (KeyboardInterrupt, InterruptedRun):
        raise
    except Exception as error:
        if words is not None and (fault := run_hook(words, message(error, stage, home, told), timeout)):
            warn(fault)
        raise


def message(error: Exception, stage: str, home: Path, told: Told) -> dict[str, Any]:
    """Return what the hook is told, as docs/operations.md documents it."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "host": socket.gethostname(),
        "home": str(home.absolute()),
        "command": stage,
        "run_id": told.run_id,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "error": type(error).__name__,
        "exit_code": getattr(error, "exit_code", 1),
        "message": " ".join(str(error).split()),
        "portals": list(told.portals),
    }


def run_hook(words: Sequence[str], said: Mapping[str, Any], timeout: float = TIMEOUT) -> str | None:
    """Run a hook with JSON on its standard input; return what went wrong with it in one line, or None.

    It gets a session of its own, so that a time-out ends what it started too. Its output is thrown away, but
    for the last line of what it says of its failure.
    """
    name = shlex.join(words)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as heard:
        given.write(json.dumps(said, ensure_ascii=False, default=str).encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                words, stdin=given, stdout=subprocess.DEVNULL, stderr=heard, start_new_session=True
            )
        except OSError as error:
            return f"the hook `{name}` cannot be run: {error.strerror or error}"
        try:
            code = process.wait(timeout)
        except BaseException as error:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                return f"the hook `{name}` took longer than {timeout:g} seconds and was killed"
            raise
        if code == 0:
            return None
        heard.seek(0)
        lines = heard.read().decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return f"the hook `{name}` ended with {code}: {last}"
