"""The run log: one row of raw.run for each run, whatever becomes of it."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from scraper.errors import CityLedgerError, InterruptedRun
from scraper.events import log as events
from warehouse.connect import committed, has_warehouse, in_our_words, open_warehouse, warehouse_path
from warehouse.lake import lake_of
from warehouse.lock import note_stage

Status = Literal["running", "done", "refused", "failed", "interrupted"]

KILLED = "killed before it could finish"
"""What the log says of a run that no process goes on with."""

_BEGIN = """
insert into raw.run (run_id, command, version, started_at, status, counts, home)
values (?, ?, ?, ?, 'running', '{}', ?)
"""
_LAST = """
select run_id, command, version, started_at, finished_at, status, exit_code, message, counts, stage
from raw.run
where ($command is null or command = $command) and home is not distinct from $home
order by started_at desc, run_id desc
limit $limit
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the run log."""

    run_id: str
    command: str
    version: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    exit_code: int | None
    message: str | None
    counts: Mapping[str, Any]
    """What each stage counted, by the stage's name."""
    stage: str | None
    """The stage that it was in when it was last heard of."""
    seconds: Mapping[str, float]
    """How long each stage took, of those that ended."""


class RunLog:
    """Writes a run's row. The file is open only while a row is written, so that the stages can have it.

    Call it under `run_lock` alone: then a row that says running belongs to a run that was killed. Stages use
    `run_logged`, which closes the row however they end.
    """

    def __init__(self, home: Path, run_id: str) -> None:
        self.home = home
        self.run_id = run_id
        self._stage: str | None = None
        self._began = self._stage_began = time.monotonic()
        self._counts: dict[str, Any] = {}
        self._seconds: dict[str, float] = {}

    @classmethod
    def start(cls, home: Path, command: str, version: str) -> RunLog:
        """Mark runs that were killed as interrupted, and begin a row of this one.

        Raises what `open_warehouse` raises.
        """
        now = datetime.now(UTC)
        log = cls(home, f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}")
        log._write(
            (
                "update raw.run set status = 'interrupted', finished_at = ?, message = ?"
                " where status = 'running' and home is not distinct from ?",
                [now, KILLED, name_of(home)],
            ),
            (_BEGIN, [log.run_id, command, version, now, name_of(home)]),
        )
        events.know(command=command, run_id=log.run_id)
        events.tell("run_began", version=version, home=str(home.absolute()))
        return log

    def stage(self, name: str, counts: Mapping[str, Any] | None = None) -> None:
        """Record that the stage `name` began, with what the stages before it counted so far."""
        note_stage(self.home, name)
        self._end_stage(counts)
        self._stage = name
        events.know(stage=name)
        events.tell("stage_began")
        self._write(
            (
                "update raw.run set stage = ?, counts = ? where run_id = ?",
                [name, self._as_json(), self.run_id],
            )
        )

    def finish(
        self,
        status: Status,
        *,
        exit_code: int = 0,
        message: str | None = None,
        counts: Mapping[str, Any] | None = None,
    ) -> None:
        """Close the run's row with how it ended; the stage stays the one that it ended in."""
        self._end_stage(counts)
        events.tell(
            "run_ended",
            message,
            "info" if status == "done" else "warning" if status == "interrupted" else "error",
            status=status,
            exit_code=exit_code,
            seconds=round(time.monotonic() - self._began, 3),
        )
        self._write(
            (
                "update raw.run set finished_at = ?, status = ?, exit_code = ?, message = ?, counts = ?"
                " where run_id = ?",
                [
                    datetime.now(UTC),
                    status,
                    exit_code,
                    message,
                    self._as_json(),
                    self.run_id,
                ],
            )
        )

    def _end_stage(self, counts: Mapping[str, Any] | None) -> None:
        now = time.monotonic()
        if self._stage is not None:
            seconds = round(now - self._stage_began, 3)
            self._seconds[self._stage] = round(self._seconds.get(self._stage, 0) + seconds, 3)
            events.tell("stage_ended", seconds=seconds)
        self._stage_began = now
        if counts is not None:
            self._counts = dict(counts)

    def _as_json(self) -> str:
        counts = {**self._counts, "seconds": self._seconds} if self._seconds else self._counts
        return json.dumps(counts, ensure_ascii=False, default=str)

    def _write(self, *statements: tuple[str, list[Any]]) -> None:
        path = warehouse_path(self.home)
        with closing(open_warehouse(path)) as connection, in_our_words(path):

            def write() -> None:
                for sql, parameters in statements:
                    connection.execute(sql, parameters)

            committed(connection, write)


@contextmanager
def run_logged(home: Path, command: str, version: str) -> Iterator[RunLog]:
    """Log a run from its start to how it ended, whatever ends it; use it within `run_lock`.

    What the block raises goes through as it is: an end that cannot be written, e.g. because the disk is full,
    is found by the next run as one that was killed. Raises what `open_warehouse` raises where the run cannot
    be begun, or, after a block without an error, where its end cannot be written.
    """
    log = RunLog.start(home, command, version)
    try:
        yield log
    except BaseException as error:
        code = exit_code_of(error)
        with suppress(BaseException):
            if code == 0:
                log.finish("done")
            else:
                log.finish(status_of(error), exit_code=code, message=_message_of(error))
        raise
    log.finish("done")


def last_runs(home: Path, limit: int = 10, command: str | None = None) -> list[Run]:
    """Return this home's newest runs first, of one command or all; none where there is no warehouse yet."""
    if not has_warehouse(home):
        return []
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        named = {"command": command, "limit": limit, "home": name_of(home)}
        rows = connection.execute(_LAST, named).fetchall()
    found = []
    for *before, said, stage in rows:
        counts = json.loads(said or "{}")
        seconds = counts.pop("seconds", {})
        found.append(Run(*(*before, counts, stage, seconds)))
    return found


def name_of(home: Path) -> str | None:
    """Return what a lake's run log calls a home; None where the log is the home's own."""
    lake = lake_of(home)
    return lake.worker if lake else None


def status_of(error: BaseException) -> Status:
    """Return the status of a run that this error ended: refused on purpose, interrupted, or failed."""
    if isinstance(error, (InterruptedRun, KeyboardInterrupt)):
        return "interrupted"
    return "refused" if isinstance(error, CityLedgerError) else "failed"


def exit_code_of(error: BaseException) -> int:
    """Return the exit code that the command line gives an error: its own, 130 for Ctrl-C, else 1.

    Errors of ours, SIGTERM's and Typer's own way out carry theirs as `exit_code`, SystemExit as `code`.
    """
    code = getattr(error, "exit_code", None)
    if isinstance(error, SystemExit):
        code = 0 if error.code is None else error.code
    if isinstance(code, int):
        return code
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def _message_of(error: BaseException) -> str:
    said = " ".join(str(error).split())
    if isinstance(error, KeyboardInterrupt):
        return said or "stopped by a signal"
    if isinstance(error, CityLedgerError):
        return said
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
