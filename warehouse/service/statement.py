"""A client's own SQL, run in a process of its own: what it takes beyond its bounds, it dies of alone.

DuckDB's memory limit and interrupt do not hold everything: one call of `repeat` takes gigabytes and does not
look up. So the system holds the process as well (setrlimit(2)).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer

from scraper.errors import CityLedgerError, PublicationError, UsageError
from warehouse.connect import DatabaseError
from warehouse.publication.query import one_line, opened, the_statement
from warehouse.service.limits import MAX_ANSWER
from warehouse.service.problems import Refused
from warehouse.service.rendering import csv_text, json_text

_ROOT = Path(__file__).parents[2]
_OF_THE_PROGRAM = 640
"""Megabytes of addresses that Python, DuckDB and the file take before any statement."""
_START_SECONDS = 20.0
"""For the process to start on a busy machine."""
_AT_ONCE = 200
"""Rows that are fetched together, so that an answer without bounds is given up early."""
_REFUSED = 2
_READING = frozenset({"SELECT", "EXPLAIN"})


@dataclass(frozen=True, slots=True)
class Own:
    """A statement that a client typed, and its bounds."""

    file: str
    """The published file."""
    version: str
    sql: str
    limit: int
    """Rows at most."""
    form: str
    """json or csv."""
    seconds: float
    memory: int
    """Megabytes."""


def run_apart(own: Own) -> str:
    """Run a statement in a process of its own and return the answer's body.

    Raises:
        Refused: The statement is wrong, does not only read, or went beyond a bound.
    """
    # Nothing of the service's own environment: a statement has no business with it.
    environment = {
        "PYTHONPATH": str(_ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=json.dumps(asdict(own)).encode(),
            capture_output=True,
            cwd="/",
            env=environment,
            timeout=own.seconds + _START_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(400, _took_too_long(own)) from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8")
    if done.returncode == _REFUSED:
        raise Refused(400, done.stdout.decode("utf-8"))
    if done.returncode < 0:
        raise Refused(
            400, f"the statement took more than {own.memory} MB or {own.seconds:g} seconds and was ended"
        )
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    raise PublicationError(f"{own.file}: {last or 'the statement was not answered'}")


def answer(own: Own) -> str:
    """Run a statement here and return the answer's body.

    Raises:
        UsageError: The statement is wrong, does not only read, or went beyond a bound.
        WarehouseError: The published file cannot be read.
    """
    with opened(Path(own.file), memory_limit=f"{own.memory}MB", threads=1, spills=False) as connection:
        try:
            statement = the_statement(connection, own.sql)
            if statement.type.name not in _READING:
                raise UsageError(
                    "only statements that read are answered: SELECT, FROM, WITH, DESCRIBE, EXPLAIN"
                )
            ending = Timer(own.seconds, connection.interrupt)
            ending.daemon = True
            ending.start()
            result = connection.execute(statement)
            columns = tuple(column[0] for column in result.description or ())
            types = [str(column[1]) for column in result.description or ()]
            rows: list[tuple[object, ...]] = []
            size = 0
            while len(rows) <= own.limit and (some := result.fetchmany(min(_AT_ONCE, own.limit + 1))):
                size += sum(len(json_text(row)) for row in some)
                if size > MAX_ANSWER:
                    raise UsageError(f"the answer is longer than {MAX_ANSWER // 2**20} MB: ask for less")
                rows += some
            ending.cancel()
        except DatabaseError as error:
            if "Interrupt" in type(error).__name__:
                raise UsageError(_took_too_long(own)) from error
            if "OutOfMemory" in type(error).__name__:
                raise UsageError(_took_too_much(own)) from error
            raise UsageError(one_line(error)) from error
        except MemoryError as error:
            raise UsageError(_took_too_much(own)) from error
    if own.form == "csv":
        return csv_text(columns, rows[: own.limit])
    return json_text(
        {
            "publication": own.version,
            "columns": [{"name": name, "type": kind} for name, kind in zip(columns, types, strict=True)],
            "rows": rows[: own.limit],
            "is_cut": len(rows) > own.limit,
        }
    )


def _took_too_long(own: Own) -> str:
    return f"the statement took longer than {own.seconds:g} seconds: ask for less"


def _took_too_much(own: Own) -> str:
    return f"the statement took more memory than {own.memory} MB: ask for less"


def _main() -> int:
    own = Own(**json.load(sys.stdin))
    most = (own.memory + _OF_THE_PROGRAM) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    seconds = int(own.seconds + _START_SECONDS / 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        said, code = answer(own), 0
    except UsageError as error:
        said, code = str(error), _REFUSED
    except CityLedgerError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.write(said)
    return code


if __name__ == "__main__":
    sys.exit(_main())
