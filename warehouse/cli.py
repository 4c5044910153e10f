"""The commands that need no portal: build, publish, query and review."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from datetime import timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    ExistingHome,
    Home,
    PortalsDir,
    Progress,
    err,
    out,
    print_json,
    print_records,
    progress_shown,
)
from scraper.errors import UsageError, WarehouseError
from scraper.version import VERSION
from warehouse.lock import run_lock
from warehouse.runs import run_logged

VIETNAM = timezone(timedelta(hours=7))

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
def build(home: ExistingHome = DEFAULT_HOME, portals_dir: PortalsDir = None) -> None:
    """Build the marts from the raw tables with dbt: seeds, models, contracts and tests.

    The first model or test that fails is named in one line; what is published stays as it is.
    """
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
    portals_dir: PortalsDir = None,
) -> None:
    """Publish the marts: DuckDB, Parquet, CSV and a page, behind a link that is swapped in one step.

    A publication that does not pass its gates is refused and the last good one stays. Nobody who reads an
    older one is disturbed.
    """
    _refuse_unloaded(home)
    with run_lock(home, "publish"), run_logged(home, "publish", VERSION), progress_shown() as progress:
        done = publish_marts(home, progress, keep, max_drop, force)
    out.print(f"publish: {done}", highlight=False)


@app.command()
def query(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help='One statement, e.g. "from indicator_series limit 5".')
    ],
    home: ExistingHome = DEFAULT_HOME,
    limit: Annotated[int, typer.Option(min=1, help="Rows to print at most.")] = 1000,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    portals_dir: PortalsDir = None,
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


@app.command()
def review(
    sample: Annotated[
        int | None, typer.Option("--sample", metavar="N", min=1, help="Draw N facts at random.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other facts.")] = 0,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="CSV that the answers are kept in, or were filled into."
        ),
    ] = None,
    as_json: AsJson = False,
    home: Home = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
) -> None:
    """Have a person judge facts drawn at random from what was loaded, and tell how often they are right.

    At a terminal it shows each fact in its text and asks; with --answers it goes on where you stopped.
    Without a terminal it writes that file for you to fill in: y, n or skip under "right", and a reason.
    `review --answers FILE` then tells the precision with its 95 % interval.

    Example: cityledger review --sample 100 --answers judged.csv
    """
    from warehouse.review.precision import precision_of
    from warehouse.review.session import begin_review
    from warehouse.review.shown import show_fact, show_precision

    session = begin_review(home, sample, seed, answers)
    if sample is not None and sys.stdin.isatty() and not as_json:
        session.ask(lambda question: input(f"{question}: "))
    elif sample is not None:
        session.keep()
    if as_json:
        precision = [asdict(row) for row in precision_of(session.judged)]
        print_json({"sample": [asdict(fact) for fact in session.facts], "precision": precision})
    elif session.judged:
        show_precision(session.judged, len(session.facts) - len(session.judged), session.lost)
    elif answers is None:
        for number, fact in enumerate(session.facts, start=1):
            show_fact(fact, number, len(session.facts))
    else:
        todo = f'fill in y, n or skip under "right", then run `review --answers {answers}`'
        out.print(f"{len(session.facts)} facts in {answers}: {todo}", highlight=False, markup=False)


def _refuse_unloaded(home: Path) -> None:
    """Refuse to build or publish nothing: a run would make an empty warehouse to write its log into."""
    from warehouse.connect import warehouse_path

    path = warehouse_path(home)
    if not path.is_file():
        raise WarehouseError(f"{path}: nothing is loaded there yet: run `load` or `refresh` first")
