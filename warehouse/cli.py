"""The commands that need no portal: build, publish and query."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    ExistingHome,
    UnusedPortalsDir,
    err,
    out,
    print_json,
    print_records,
    progress_shown,
)
from scraper.errors import LockedError, UsageError, WarehouseError
from scraper.items import Progress
from scraper.options import Examples
from scraper.version import VERSION
from warehouse.lock import run_lock

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")

Force = Annotated[
    bool,
    typer.Option("--force", help="Publish although a table lost more rows than usual, or nothing changed."),
]
PublishDiff = Annotated[
    bool, typer.Option("--diff", help="Publish nothing; show what publishing would change, table by table.")
]
Keep = Annotated[int, typer.Option("--keep", min=1, help="Publications to keep, the new one among them.")]
MaxDrop = Annotated[
    float,
    typer.Option(
        "--max-drop",
        min=0.0,
        max=1.0,
        help="Share of its rows that a table may lose against the last publication.",
    ),
]


def build_marts(home: Path, progress: Progress) -> str:
    """Run dbt over the warehouse of a home and return what it did as one line."""
    from warehouse.build import build

    said = build(home, progress).line
    # While dbt is there: to start it for the page alone takes four times as long as the page.
    _document(home, progress)
    return said


def publish_marts(home: Path, progress: Progress, keep: int, max_drop: float, force: bool) -> str:
    """Publish the marts of a home and return what that gave as one line."""
    from warehouse.publication.publish import publish

    _document(home, progress)
    publication = publish(home, keep=keep, max_drop=max_drop, progress=progress, force=force)
    if not publication.changed:
        return f"nothing changed since publication {publication.version}"
    rows = sum(publication.rows.values())
    return f"publication {publication.version}: {rows} rows in {len(publication.rows)} tables"


def _document(home: Path, progress: Progress) -> None:
    from warehouse.documentation import document

    progress("documenting the tables", 0, 1)
    document(home)
    progress("documenting the tables", 1, 1)


def keep_lake(home: Path) -> str:
    """Compact the lake of a home and expire what is old; return what that did as one line."""
    from warehouse.lake_upkeep import keep_up

    try:
        return str(keep_up(home))
    except LockedError as error:
        return str(error)


@app.command()
def build(home: ExistingHome = DEFAULT_HOME, portals_dir: UnusedPortalsDir = None) -> None:
    """Build the marts from the raw tables with dbt: seeds, models, contracts and tests.

    The first model or test that fails is named in one line; what is published stays as it is.
    """
    from warehouse.runs import run_logged

    _refuse_unloaded(home)
    with run_lock(home, "build"), run_logged(home, "build", VERSION), progress_shown() as progress:
        done = build_marts(home, progress)
    out.print(f"build: {done}", highlight=False)


@app.command()
def publish(
    home: ExistingHome = DEFAULT_HOME,
    keep: Keep = 5,
    max_drop: MaxDrop = 0.2,
    force: Force = False,
    diff: PublishDiff = False,
    examples: Examples = 5,
    as_json: AsJson = False,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Publish the marts: DuckDB, Parquet, CSV and a page, behind a link that is swapped in one step.

    A publication that does not pass its gates is refused and the last good one stays. Nobody who reads an
    older one is disturbed.

    With --diff nothing is published: it shows which rows of which table publishing would add, remove or
    change against the current publication, with examples.
    """
    from warehouse.runs import run_logged

    _refuse_unloaded(home)
    if diff:
        _show_changes(home, examples, as_json)
        return
    if as_json:
        raise UsageError("--json goes with --diff")
    with run_lock(home, "publish"), run_logged(home, "publish", VERSION), progress_shown() as progress:
        done = publish_marts(home, progress, keep, max_drop, force)
    out.print(f"publish: {done}", highlight=False)


def _show_changes(home: Path, examples: int, as_json: bool) -> None:
    from warehouse.publication.changes import changes
    from warehouse.publication.changes_shown import as_plain, show_changes

    with run_lock(home, "publish --diff"), progress_shown(quiet=as_json) as progress:
        found = changes(home, progress)
    if as_json:
        print_json(as_plain(found))
    else:
        show_changes(found, examples)


@app.command()
def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help='One statement, e.g. "from indicator_series limit 5".')
    ],
    home: ExistingHome = DEFAULT_HOME,
    limit: Annotated[int, typer.Option(min=1, help="Rows to print at most.")] = 1000,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Ask the published tables a question in SQL; it reads and can do nothing else.

    Example: cityledger query "select name, count(*) from districts group by all"
    """
    from warehouse.publication.query import query as ask
    from warehouse.publication.shelf import published_folder
    from warehouse.spreadsheet import spreadsheet_cell

    if as_json and as_csv:
        raise UsageError("--json and --csv are two forms of one answer: give one of them")
    answer = ask(published_folder(home), sql, limit)
    if as_json:
        print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([spreadsheet_cell(cell) for cell in row] for row in answer.rows)
    else:
        print_records(answer.columns, answer.rows)
    if answer.is_cut:
        err.print(f"there are more rows than {limit}: --limit shows more", highlight=False)


def _refuse_unloaded(home: Path) -> None:
    """Refuse to build or publish nothing: a run would make an empty warehouse to write its log into."""
    from warehouse.connect import has_warehouse, warehouse_path

    if not has_warehouse(home):
        path = warehouse_path(home)
        raise WarehouseError(f"{path}: nothing is loaded there yet: run `load` or `refresh` first")
