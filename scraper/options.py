"""The options that the commands of both halves share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from scraper.console import out
from scraper.events import Format, log
from scraper.version import VERSION

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PORTAL]…", help="Portals by name; else your own and those that the home holds."),
]
MaxPages = Annotated[
    int | None, typer.Option("--max-pages", min=1, help="Articles to ask each portal for at most.")
]
Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Leave articles known to be older.")
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="Leave articles of this day and later."),
]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Reading processes; else one a core.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS|local[:N]",
        envvar="CITYLEDGER_CLUSTER",
        help="Read on a Dask cluster whose workers see the home under the same path; local: on workers here.",
    ),
]
Shard = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="I/N",
        envvar="CITYLEDGER_SHARD",
        help="Take this share of the portals only, as 2/4: of four workers each takes its own.",
    ),
]
OnTrouble = Annotated[
    str | None,
    typer.Option(
        "--on-trouble",
        metavar="CMD",
        envvar="CITYLEDGER_ON_TROUBLE",
        help="A command that is told of trouble, as JSON on its standard input; no shell is asked.",
    ),
]
Full = Annotated[bool, typer.Option("--full", help="Ask for every article again, changed or not.")]
Again = Annotated[
    bool,
    typer.Option("--again", help="Read these portals' archives from the start, as after mending a selector."),
]
Diff = Annotated[
    bool,
    typer.Option("--diff", help="Change nothing; show which facts today's readers would add, lose, change."),
]
DiffPages = Annotated[
    bool, typer.Option("--pages", help="With --diff: read the archived pages, not the stored texts.")
]
Examples = Annotated[
    int, typer.Option("--examples", min=0, help="With --diff: examples to show of each table.")
]


def _log_as(form: Format) -> Format:
    log.format = form
    return form


LogFormat = Annotated[
    Format,
    typer.Option(
        "--log-format",
        envvar="CITYLEDGER_LOG",
        callback=_log_as,
        help="How a command tells what it does: text for a person, or a line of JSON an event on stderr.",
    ),
]


def _show_version(is_asked: bool) -> None:
    if is_asked:
        out.print(f"cityledger {VERSION}", highlight=False)
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which version this is.")
]
