"""What every command shares: its options, its exit codes, its progress and its tables."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from scraper.errors import CityLedgerError, HomeError
from scraper.events import log
from scraper.items import Progress

Home = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="CITYLEDGER_HOME",
        help="Where archive, warehouse and publications are kept.",
        file_okay=False,
    ),
]


def _existing(home: Path) -> Path:
    kept = ("warehouse.duckdb", "lake.toml", "published/*", "*/archive/*", "run.lock")
    if not any(any(home.glob(pattern)) for pattern in kept):
        raise HomeError(
            f"{home.absolute()}: nothing is kept there: `refresh` or `demo` fills a home; else give --home,"
            " or CITYLEDGER_HOME"
        )
    return home


ExistingHome = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="CITYLEDGER_HOME",
        help="Where archive, warehouse and publications are kept.",
        file_okay=False,
        callback=_existing,
    ),
]
PortalsDir = Annotated[
    Path | None,
    typer.Option(
        "--portals-dir",
        envvar="CITYLEDGER_PORTALS",
        help="Your own portal files, beside the shipped ones.",
        file_okay=False,
    ),
]
UnusedHome = Annotated[
    Path,
    typer.Option(
        "--home",
        file_okay=False,
        hidden=True,
        help="Every command takes it; this one keeps and reads nothing there.",
    ),
]
"""For a command that takes the option like every other, and does not offer it, since nothing comes of it."""
UnusedPortalsDir = Annotated[
    Path | None,
    typer.Option(
        "--portals-dir",
        file_okay=False,
        hidden=True,
        help="Every command takes it; this one reads no portal's file.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a machine to read.")]

DEFAULT_HOME = Path("data")

_WAY_OUT_SECONDS = 5.0
_INSIST_SECONDS = 8.0
_LAST_RESORT_SECONDS = 60.0
"""Under the 90 seconds after which systemd kills; a crawl finishes what it has in hand within 15."""
"""Longer than an orderly way out takes; one that is broken off is finished by the next run."""

_PLAIN_EVERY_SECONDS = 5.0
_PLAIN_WIDTH = 200
"""Columns of a table where there is no terminal to fit it into."""

_SERVED = "it was serving"

_NARROWEST_COLUMN = 11
"""Columns of letters that a cell needs at least."""

out = Console(soft_wrap=True, emoji=False, width=None if sys.stdout.isatty() else _PLAIN_WIDTH)
err = Console(stderr=True, soft_wrap=True, emoji=False)


class Terminated(KeyboardInterrupt):
    """SIGTERM came: everything is rolled back to the last whole step and the process ends with 143.

    A kind of KeyboardInterrupt, since that is what libraries (dbt's threads) know how to stop for.
    """

    exit_code = 143


class CommandGroup(TyperGroup):
    """Turn the error tree and signals into one line and an exit code; no traceback reaches the user."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in Typer
        """Run the command line; a signal that comes before or behind the command has its own exit code."""
        try:
            return super().main(*args, **kwargs)
        except SystemExit as left:
            # Typer leaves with 130 for every kind of KeyboardInterrupt that `invoke` did not see.
            if left.code == 130 and _heard and _heard[-1] == signal.SIGTERM:
                raise SystemExit(Terminated.exit_code) from None
            raise

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the type is private to Typer
        """Run the command; see the class for what becomes of its errors."""
        try:
            return _heard_by(super().invoke, ctx)
        except CityLedgerError as error:
            _tell_error(str(error), error.exit_code, error)
            raise typer.Exit(error.exit_code) from None
        except Terminated as ended:
            _finish_in_peace(Terminated.exit_code)
            _tell_end(_last_word("terminated", ended), Terminated.exit_code)
            raise typer.Exit(Terminated.exit_code) from None
        except KeyboardInterrupt as ended:
            _finish_in_peace(130)
            _tell_end(_last_word("stopped", ended), 130)
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # The reader of our output went away; point stdout elsewhere so that the exit flush is silent.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            _tell_error(_os_error(error), 1, error)
            raise typer.Exit(1) from None
        except Exception as error:
            if type(error).__module__.startswith("typer"):
                raise  # Typer's own ways of leaving a command, wrong usage among them
            _tell_error(_unexpected(error), 1, error)
            raise typer.Exit(1) from None


@contextmanager
def serving() -> Iterator[None]:
    """Serve within the block: the signal that ends it breaks nothing off that could go on."""
    try:
        yield
    except KeyboardInterrupt as ended:
        ended.add_note(_SERVED)
        raise


def _last_word(word: str, ended: KeyboardInterrupt) -> str:
    if _SERVED in getattr(ended, "__notes__", ()):
        return word
    return f"{word}; what was done is kept, the same command goes on from there"


def _tell_error(line: str, exit_code: int, error: Exception) -> None:
    if log.is_json:
        log.tell("error", line, "error", error=type(error).__name__, exit_code=exit_code)
    else:
        err.print(f"[bold red]error:[/] {escape(line)}", highlight=False)


def _tell_end(line: str, exit_code: int) -> None:
    if log.is_json:
        log.tell("stopped", line, "warning", exit_code=exit_code)
    else:
        err.print(line)


def say(line: str, **about: str) -> None:
    """Print a line as it is: text from pages styles nothing.

    Args:
        line: For a person.
        about: What it is about, where a machine reads the log: stage, portal.
    """
    if log.is_json:
        log.tell("said", line, "info", **about)
        return
    out.print(line, highlight=False, markup=False)


def warn(line: str) -> None:
    """Tell a person of something that did not keep the command from its work."""
    if log.is_json:
        log.tell("warning", line, "warning")
        return
    err.print(f"[bold yellow]warning:[/] {escape(line)}", highlight=False)


def _os_error(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return (
        f"{error.strerror or error}{where}: free or mend it and run the same command again; nothing was lost"
    )


def _unexpected(error: Exception) -> str:
    if os.environ.get("CITYLEDGER_DEBUG"):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    what = f"{type(error).__name__}: {error} [{place}]"
    return f"a mistake in CityLedger itself: {what}; CITYLEDGER_DEBUG=1 shows all of it"


_heard: list[int] = []
"""Signals that came, in order."""


def _heard_by(invoke: Callable[[Any], Any], ctx: Any) -> Any:  # noqa: ANN401 - as in Typer
    """Run a command; what a signal made of it is the signal's: DuckDB says `Query interrupted` instead."""
    try:
        return invoke(ctx)
    except typer.Exit:
        raise  # A group within this one had the last word.
    except Exception as error:
        if not _heard:
            raise
        raise (Terminated if _heard[-1] == signal.SIGTERM else KeyboardInterrupt) from error


def _finish_in_peace(exit_code: int) -> None:
    """Let no further Ctrl-C break into the way out, where it could only leave a traceback.

    A thread of a library that was interrupted (one of dbt's that waits for a lock) must not hold the process
    either: what we opened is rolled back and closed by now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    forced = threading.Timer(_WAY_OUT_SECONDS, os._exit, (exit_code,))
    forced.daemon = True
    forced.start()


def _give_up(number: int) -> None:
    """End a process that cannot; every stage is made to be killed at any moment."""
    line = "could not stop by itself, ended; what was done is kept, the same command goes on from there\n"
    with suppress(OSError):
        os.write(2, line.encode())
    os._exit(128 + number)


def on_sigterm() -> None:
    """Make SIGTERM raise `Terminated` in the main thread, so that open work is rolled back, and Ctrl-C
    KeyboardInterrupt.

    Libraries swallow what is raised while they call back or import (dbt and DuckDB do): so it is raised again
    every few seconds until the command line has heard it. Where the main thread does not come back at all
    (a lock of a library that an interrupt left taken), the process ends after a minute as by `kill -9`.
    """

    def insist(number: int) -> None:
        if not _heard:
            last_resort = threading.Timer(_LAST_RESORT_SECONDS, _give_up, (number,))
            last_resort.daemon = True
            last_resort.start()
        _heard.append(number)
        again = threading.Timer(_INSIST_SECONDS, os.kill, (os.getpid(), number))
        again.daemon = True
        again.start()

    def raise_terminated(number: int, frame: FrameType | None) -> None:
        insist(number)
        raise Terminated

    def raise_interrupt(number: int, frame: FrameType | None) -> None:
        insist(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, raise_terminated)
    signal.signal(signal.SIGINT, raise_interrupt)


@contextmanager
def progress_shown(quiet: bool = False) -> Iterator[Progress]:
    """Give a callback that draws bars on a terminal and prints plain lines where there is none.

    Args:
        quiet: Draw nothing, for output that a machine reads.
    """
    if quiet:
        yield lambda what, done, total: None
    elif err.is_terminal and not log.is_json:
        with Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err,
            transient=True,
        ) as bars:
            yield _drawn(bars)
    else:
        yield _plain()


def _drawn(bars: Bars) -> Progress:
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, total: int | None) -> None:
        if what not in tasks:
            tasks[what] = bars.add_task(escape(what), total=total)
        bars.update(tasks[what], completed=done, total=total)

    return show


def _plain() -> Progress:
    said: dict[str, float] = {}

    def show(what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        ended = total is not None and done >= total
        if not ended and now - said.get(what, 0.0) < _PLAIN_EVERY_SECONDS:
            return
        if said.get(what) == float("inf"):
            return
        said[what] = float("inf") if ended else now
        if log.is_json:
            log.tell("progress", what=what, done=done, total=total)
            return
        err.print(
            f"{what}: {done}" + (f" of {total}" if total is not None else ""), highlight=False, markup=False
        )

    return show


def print_json(value: object) -> None:
    """Print a value as JSON with Vietnamese letters as they are, times in ISO 8601, decimals as numbers.

    What no JSON number holds comes as text: a decimal of more digits than a double has, NaN, infinity.
    """
    sys.stdout.write(json.dumps(_exact(value), ensure_ascii=False, allow_nan=False, default=str) + "\n")


def _exact(value: Any) -> Any:  # noqa: ANN401 - whatever a row may hold
    if isinstance(value, Mapping):
        return {str(key): _exact(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_exact(inner) for inner in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if value.is_finite() and value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    title: str | None = None,
    styles: Mapping[str, str] | None = None,
) -> None:
    """Print rows as a table; text from pages is escaped, so that it can style nothing.

    Args:
        columns: Headings.
        rows: One sequence of cells a row; None prints as nothing.
        styles: A Rich style for columns by heading, `right` for numbers.
    """
    table = Table(
        title=escape(title) if title else None,
        title_justify="left",
        header_style="bold",
        row_styles=["", "dim"],
    )
    for column in columns:
        style = (styles or {}).get(column)
        table.add_column(column, justify="right" if style == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(value)) for value in row))
    out.print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_cell, value))
    text = str(value)
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in text)


def print_records(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table, or each as names and values where a table would be too narrow to read."""
    if len(columns) * _NARROWEST_COLUMN <= out.width:
        print_table(columns, rows)
        return
    for row in rows:
        print_pairs(
            {name: None if cell is None else _cell(cell) for name, cell in zip(columns, row, strict=True)}
        )
        out.print()


def print_pairs(pairs: Mapping[str, str | None]) -> None:
    """Print names and values below one another; what is None is left out."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs.items():
        if value is not None:
            grid.add_row(name, escape(_cell(value)))
    out.print(grid)


def print_styled(pieces: Iterable[tuple[str, str]]) -> None:
    """Print text in the Rich style that stands beside each piece, "" for none; text can style nothing."""
    text = Text()
    for piece, style in pieces:
        text.append("".join(c if c.isprintable() or c == "\n" else "�" for c in piece), style or None)
    out.print(text, end="")
