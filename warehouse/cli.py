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
    Home,
    Progress,
    err,
    out,
    print_json,
    print_table,
    progress_shown,
)
from scraper.errors import PublicationError
from warehouse.lock import run_lock

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")

Force = Annotated[
    bool,
    typer.Option("--force", help="Publish although a table lost more rows than usual, or nothing changed."),
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

    report = build(home, progress)
    return f"{report.passed} models, seeds and tests passed"


def publish_marts(home: Path, progress: Progress, keep: int, max_drop: float, force: bool) -> str:
    """Publish the marts of a home and return what that gave as one line."""
    from warehouse.publication.publish import publish

    publication = publish(home, keep=keep, max_drop=max_drop, progress=progress, force=force)
    if not publication.changed:
        return f"nothing changed since publication {publication.version}"
    rows = sum(publication.rows.values())
    return f"publication {publication.version}: {rows} rows in {len(publication.rows)} tables"


@app.command()
def build(home: Home = DEFAULT_HOME) -> None:
    """Build the marts from the raw tables with dbt: seeds, models, contracts and tests.

    The first model or test that fails is named in one line; what is published stays as it is.
    """
    with run_lock(home, "build"), progress_shown() as progress:
        done = build_marts(home, progress)
    out.print(f"build: {done}", highlight=False)


@app.command()
def publish(home: Home = DEFAULT_HOME, keep: Keep = 5, max_drop: MaxDrop = 0.2, force: Force = False) -> None:
    """Publish the marts: DuckDB, Parquet, CSV and a page, behind a link that is swapped in one step.

    A publication that does not pass its gates is refused and the last good one stays. Nobody who reads an
    older one is disturbed.
    """
    with run_lock(home, "publish"), progress_shown() as progress:
        done = publish_marts(home, progress, keep, max_drop, force)
    out.print(f"publish: {done}", highlight=False)


@app.command()
def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help='One statement, e.g. "from indicator_series limit 5".')
    ],
    home: Home = DEFAULT_HOME,
    limit: Annotated[int, typer.Option(min=1, help="Rows to print at most.")] = 1000,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Ask the published tables a question in SQL; it reads and can do nothing else.

    Example: cityledger query "select name, count(*) from districts group by all"
    """
    from warehouse.publication.publish import current_publication
    from warehouse.publication.query import query as ask

    current = current_publication(home)
    if current is None:
        raise PublicationError(f"{home}: nothing is published there yet: run `refresh` first, or give --home")
    answer = ask(current, sql, limit)
    if as_json:
        print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    else:
        print_table(answer.columns, answer.rows)
    if answer.is_cut:
        err.print(f"there are more rows than {limit}: --limit shows more", highlight=False)
