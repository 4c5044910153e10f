"""The door to dbt: the project's models and tests over the warehouse, run in this process."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from scraper.errors import BuildError, CityLedgerError, HomeError, UsageError
from scraper.items import Progress
from warehouse.connect import Connection, in_our_words, open_warehouse, warehouse_path
from warehouse.decisions.settle import settle_decisions
from warehouse.lake import lake_of
from warehouse.passed_build import forget_build, record_build
from warehouse.project_page import project_page
from warehouse.turns import build_turn

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"
"""Seeds, models and tests; read, never written."""


LOG = Path("logs") / "dbt.log"
"""In dbt's folder of a home: what dbt said of the last build."""

_REFUSED = {"error", "fail", "runtime error", "partial success"}
_PASSED = {"success", "pass"}

_OF_THE_DISK = re.compile(
    r"no space left on device|disk quota exceeded|file too large|read-only file system", re.IGNORECASE
)
_PUBLISHED_STAYS = "what is published stays as it is"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build gave: how many nodes ended how, and what was only warned about."""

    passed: int
    warned: int
    skipped: int
    by_type: Mapping[str, int]
    """Nodes run, by dbt's resource type: model, seed, test, unit_test."""
    warnings: tuple[str, ...]
    """One line each."""
    seconds: float

    @property
    def line(self) -> str:
        """What was done, in words."""
        return f"{self.passed} models, seeds and tests passed"


def build(
    home: Path,
    progress: Progress | None = None,
    *,
    select: str | None = None,
    unit_tests: bool = False,
    project: Path = PROJECT,
) -> BuildReport:
    """Run `dbt build` over the home's warehouse and let go of the file, however it ends.

    Only a whole build that passed can be published; until it has, what was built before cannot either.

    Args:
        home: Its warehouse is built; dbt's own files go to `<home>/build/dbt`: the project may be read-only.
        progress: Told of each node that is done.
        select: dbt's selection, which leaves marts that cannot be published; None: everything.
        unit_tests: Run the unit tests too, which test the models and not the data.
        project: The dbt project's folder.

    Raises BuildError naming the first model or test that failed, UsageError where a part of a lake is to be
    built, LockedError where another worker builds it for hours, ConfigError where a file of decisions is
    wrong (what was built before can then still be published), and what `open_warehouse` raises.
    """
    if select is not None and lake_of(home) is not None:
        raise UsageError("a lake is built whole, its staging is made for one build alone: leave out --select")
    with build_turn(home):
        return _build(home, progress, select, unit_tests, project)


def _build(
    home: Path, progress: Progress | None, select: str | None, unit_tests: bool, project: Path
) -> BuildReport:
    # Opening finds a lock, a foreign file or an old schema before dbt says it less clearly.
    with _opened(home) as connection:
        settle_decisions(connection, home)
        built_from = forget_build(connection)
    started = time.monotonic()
    arguments = _arguments(home, select, unit_tests, project)
    with _environment(home), _released(), _log(home) as log:
        outcome, results = _invoke(arguments, log, progress)
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        raise outcome.exception  # Ctrl-C or a signal: dbt hands back whatever was raised in it.
    failed = [result for result in results if str(result.status) in _REFUSED]
    for said in (str(outcome.exception or ""), *(str(result.message) for result in failed)):
        if fault := _OF_THE_DISK.search(said):
            raise HomeError(f"{home}: {fault[0]}: free some space and build again; {_PUBLISHED_STAYS}")
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        said = _line(failed[0]) + _first_row(home, failed[0])
        raise BuildError(f"{said}{more}; the log is {_folder(home) / LOG}")
    if outcome.exception is not None or not outcome.success:
        raise BuildError(f"dbt: {_one_line(str(outcome.exception or 'the build failed'))}")
    if select is None:
        with _opened(home) as connection:
            record_build(connection, built_from)
    statuses = Counter(str(result.status) for result in results)
    return BuildReport(
        passed=sum(statuses[status] for status in _PASSED),
        warned=statuses["warn"],
        skipped=statuses["skipped"],
        by_type=Counter(str(result.node.resource_type) for result in results),
        warnings=tuple(_line(result) for result in results if str(result.status) == "warn"),
        seconds=time.monotonic() - started,
    )


@contextmanager
def _opened(home: Path) -> Iterator[Connection]:
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        yield connection


def _folder(home: Path) -> Path:
    return home / "build" / "dbt"


def _arguments(home: Path, select: str | None, unit_tests: bool, project: Path) -> list[str]:
    folder = _folder(home).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(
            f"{folder}: cannot be written: {error.strerror}: give another home with --home"
        ) from error
    # dbt would format each of its thousands of debug events for a log that drops them: see `_log`.
    arguments = [*_options(folder), "--log-level-file", "none", "build", *_places(home, folder, project)]
    if not unit_tests:
        arguments += ["--exclude-resource-type", "unit_test"]
        if project_page(home, project).is_file():
            # Nor are 4 MB of JSON, written twice, read by anything but what makes that page.
            arguments += ["--no-write-json"]
    if select is not None:
        arguments += ["--select", select]
    return arguments


def run_dbt(home: Path, project: Path, command: Sequence[str]) -> tuple[bool, str]:
    """Run another command of dbt over a home's warehouse; return whether it went through, and why not.

    Raises what `open_warehouse` raises.
    """
    with _opened(home):
        folder = _folder(home).absolute()
    arguments = [*_options(folder), *command, *_places(home, folder, project)]
    with _environment(home), _released():
        outcome, _ = _invoke(arguments)
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        raise outcome.exception
    return outcome.success, _one_line(str(outcome.exception or "it failed"))


def _options(folder: Path) -> list[str]:
    return [
        "--quiet",
        "--no-use-colors",
        "--no-send-anonymous-usage-stats",
        "--no-version-check",
        "--log-level",
        "none",
        "--log-path",
        str((folder / LOG).parent),
    ]


def _places(home: Path, folder: Path, project: Path) -> list[str]:
    return [
        "--target",
        "local" if lake_of(home) is None else "lake",
        "--project-dir",
        str(project),
        "--profiles-dir",
        str(project),
        "--target-path",
        str(folder / "target"),
    ]


@contextmanager
def _log(home: Path) -> Iterator[BinaryIO]:
    """Open the log of one build; the one before is let go."""
    path = _folder(home) / LOG
    path.parent.mkdir(exist_ok=True)
    with path.open("wb", buffering=0) as log:
        yield log


def _invoke(
    arguments: Sequence[str], log: BinaryIO | None = None, progress: Progress | None = None
) -> tuple[Any, list[Any]]:
    # dbt takes seconds to import: only a build pays for it.
    from dbt.cli.main import dbtRunner

    done, total = 0, None

    def hear(event: Any) -> None:  # noqa: ANN401 - dbt's events are protobuf messages
        nonlocal done, total
        if event.info.name == "LogStartLine":
            total = event.data.total
        elif event.info.name == "NodeFinished" and progress:
            done += 1
            progress("build", done, total)
        if log and event.info.level != "debug":
            line = f"{event.info.ts.ToJsonString()} [{event.info.level}] {event.info.msg}\n"
            # What is raised here, on a full disk, would keep dbt's threads waiting for ever.
            with suppress(OSError):
                log.write(line.encode())

    outcome = dbtRunner(callbacks=[hear]).invoke(list(arguments))
    results = getattr(outcome.result, "results", None)
    # The project's own first step is no part of what was built.
    return outcome, [result for result in results or [] if result.node.resource_type != "operation"]


@contextmanager
def _environment(home: Path) -> Iterator[None]:
    """Name the warehouse to the project's profile for as long as dbt runs; a lake goes by its home."""
    before = os.environ.get("CITYLEDGER_WAREHOUSE")
    os.environ["CITYLEDGER_WAREHOUSE"] = str(warehouse_path(home).absolute())
    try:
        yield
    finally:
        if before is None:
            del os.environ["CITYLEDGER_WAREHOUSE"]
        else:
            os.environ["CITYLEDGER_WAREHOUSE"] = before


@contextmanager
def _released() -> Iterator[None]:
    """Close what dbt leaves open: it would hold the file's lock until this process ends."""
    try:
        yield
    finally:
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def _line(result: Any) -> str:  # noqa: ANN401 - dbt's result types differ by command
    node = result.node
    found = f"{result.failures} rows: " if getattr(result, "failures", None) else ""
    return f"{node.resource_type} {node.name}: {found}{_one_line(str(result.message or result.status))}"


def _first_row(home: Path, result: Any) -> str:  # noqa: ANN401 - dbt's result types differ by command
    """Say of which table a test failed, and the first row that fails it; nothing where that is not known."""
    node = result.node
    about = getattr(node, "attached_node", None)
    if str(node.resource_type) != "test" or not about or not getattr(result, "failures", None):
        return ""
    kind, _, table = str(about).split(".", 2)
    column = getattr(node, "column_name", None)
    said = f"; {kind} {table}" + (f", column {column}" if column else "")
    with suppress(CityLedgerError), _opened(home) as connection:
        row = connection.execute(node.compiled_code).fetchone()
        said += f", first: {_one_line(', '.join(map(str, row)))}" if row else ""
    return said


def _one_line(text: str) -> str:
    return " ".join(text.split())[:400]
