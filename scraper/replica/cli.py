"""The commands of the embedded portals, and how the demo shows what was read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scraper.console import (
    DEFAULT_HOME,
    CommandGroup,
    UnusedHome,
    UnusedPortalsDir,
    out,
    print_table,
    progress_shown,
    serving,
)
from scraper.errors import UsageError
from scraper.replica.fault_kinds import KINDS

if TYPE_CHECKING:
    from scraper.replica import Replica
    from scraper.replica.comparison import Comparison

app = typer.Typer(
    cls=CommandGroup,
    rich_markup_mode="markdown",
    no_args_is_help=True,
    help="The embedded demo portals: invented articles with known facts.",
)

EveryKind = Annotated[
    bool,
    typer.Option(
        "--every-kind",
        help="A second city: portals of every kind of system (SharePoint, Drupal, ASP.NET, a newspaper …).",
    ),
]
EveryCase = Annotated[
    bool,
    typer.Option(
        "--every-case",
        help="One article of every known case on each portal: undated, cut off, a cookie challenge …",
    ),
]
_COUNTS = ("written", "right", "wrong", "missing", "invented")


def show_comparison(replica: Replica, read: Mapping[str, Sequence[Mapping[str, Any]]]) -> Comparison:
    """Print how what was read of a replica compares with what was written, and return it.

    Args:
        replica: Its truth is what was written.
        read: Rows by kind (articles, districts, meetings, indicators, attached), as `replica.comparison` has
            them.
    """
    from scraper.replica.comparison import compare

    compared = compare(
        replica.truth(),
        articles=[str(row["url"]) for row in read["articles"]],
        districts=read["districts"],
        meetings=read["meetings"],
        indicators=read["indicators"],
        attached=read["attached"],
        limit=0,
    )
    out.rule("What was read, held against what was written")
    print_table(
        ["", *_COUNTS],
        [
            (kind, *(getattr(getattr(compared, kind), what) for what in _COUNTS))
            for kind in ("articles", "districts", "meetings", "indicators", "attached")
        ],
        styles=dict.fromkeys(_COUNTS, "right"),
    )
    return compared


_FAULTS_TOLD = "\n".join(
    f"- **{kind.name}**: {kind.says}"
    + (f" ({', '.join(f'{key}={value}' for key, value in kind.options.items())})" if kind.options else "")
    for kind in KINDS.values()
)


@app.command(
    "serve",
    help=f"""Serve the embedded portals on 127.0.0.1 until Ctrl-C.

Four portals of one invented city answer on one port, told apart by host; --portals-dir writes the files
that reach them.

Example: cityledger replica serve --portals-dir ./replica-portals --fault slow:seconds=3,every=10

Faults, with their options and what these are where not given; each also takes host, path (a regular
expression without a comma), times (how often) and every (only every so many-th request):

{_FAULTS_TOLD}
""",
)
def replica_serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    articles: Annotated[int, typer.Option(min=1, help="How many articles to compose.")] = 320,
    seed: Annotated[int, typer.Option(help="Another seed gives another city.")] = 7,
    every_kind: EveryKind = False,
    every_case: EveryCase = False,
    portals_dir: Annotated[
        Path | None, typer.Option("--portals-dir", help="Write the portal files there, ready for `refresh`.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME[:key=value,…]", help="Misbehave; may be given several times."),
    ] = None,
    home: UnusedHome = DEFAULT_HOME,
) -> None:
    """Serve the embedded portals on 127.0.0.1 until Ctrl-C, with the faults that are asked for."""
    from scraper.replica import EVERY_KIND, SITES, Replica, serve, write_portals
    from scraper.replica.cases import put_cases

    wanted = [_fault(words) for words in fault or ()]
    sites = EVERY_KIND if every_kind else SITES
    with serve(Replica(seed=seed, articles=articles, sites=sites), port=port) as served:
        for kind, options in wanted:
            served.faults.add(kind, **options)
        if every_case:
            put_cases(served)
        if portals_dir is not None:
            portals_dir.mkdir(parents=True, exist_ok=True)
            write_portals(portals_dir, connect=f"127.0.0.1:{served.port}", sites=sites)
            out.print(
                f"portal files in {portals_dir}; cityledger refresh --portals-dir {portals_dir}",
                highlight=False,
            )
        out.print(f"serving on 127.0.0.1:{served.port}; Ctrl-C ends it", highlight=False)
        with serving():
            Event().wait()


def _fault(words: str) -> tuple[str, dict[str, Any]]:
    from scraper.replica.faults import read_fault

    try:
        return read_fault(words)
    except ValueError as error:
        raise UsageError(f"--fault {words}: {error}") from error


@app.command("write")
def replica_write(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", file_okay=False)],
    pages: Annotated[int, typer.Option(min=1, help="How many article pages.")] = 2000,
    seed: Annotated[int, typer.Option(help="Another seed gives another city.")] = 7,
    every_kind: EveryKind = False,
    home: UnusedHome = DEFAULT_HOME,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Write the embedded portals as static files, for a real web server to serve."""
    from scraper.replica import EVERY_KIND, SITES, Replica

    if directory.exists() and any(directory.iterdir()):
        raise UsageError(f"{directory} is not empty: name a new folder")
    with progress_shown() as progress:
        sites = EVERY_KIND if every_kind else SITES
        Replica(seed=seed, articles=pages, sites=sites).write(directory, progress=progress)
    out.print(f"{pages} articles written to {directory}", highlight=False)
