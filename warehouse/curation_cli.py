"""The commands by which people decide: of facts that are doubted, and of what no publication may show."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    ExistingHome,
    UnusedPortalsDir,
    out,
    print_json,
    progress_shown,
    say,
)
from scraper.errors import UsageError
from scraper.items import Progress
from scraper.version import VERSION
from warehouse.cli import build_marts, publish_marts
from warehouse.lock import run_lock

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")


@app.command()
def forget(
    what: Annotated[
        str,
        typer.Argument(metavar="PERSON|ARTICLE", help="A person's full name, or an article's id or address."),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; without the name.")],
    by: Annotated[str | None, typer.Option("--by", help="Who decided; you, if nothing is said.")] = None,
    purge: Annotated[
        bool,
        typer.Option(
            "--purge-publications",
            help="Build and publish anew now, and remove the publications that show it.",
        ),
    ] = False,
    as_json: AsJson = False,
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Keep a person or an article out of every publication, from the next one on.

    `removals.csv` in the home keeps that it was decided, of a person only hashes. The name is covered in
    every table, file and page that is published, an article is left out with all its facts; a new reading,
    crawl or rebuild changes nothing of it. Publications made before stay as they are until they are purged.

    Example: cityledger forget "Bùi Thị Sen" --reason "asked by letter of 2 March" --purge-publications
    """
    from warehouse.publication.takedown import purge_publications, take_down
    from warehouse.runs import run_logged

    purged: list[str] = []
    with run_lock(home, "forget"), run_logged(home, "forget", VERSION), progress_shown(as_json) as progress:
        today = datetime.now(UTC).date()
        done = take_down(home, what, reason, by or getuser(), today)
        if purge:
            _publish_anew(home, progress, as_json)
            purged = purge_publications(home, done.held_by)
    kept = [version for version in done.held_by if version not in purged]
    if as_json:
        said = {"kind": done.removal.kind, "article_id": done.removal.article_id, "is_new": done.is_new}
        print_json({**said, "copies": done.copies, "shown_by": kept, "purged": purged})
        return
    whom = f"article {done.removal.article_id}" if done.removal.article_id else "that name"
    _say(f"{whom} {'is' if done.is_new else 'was before'} kept out of what is published from now on")
    if done.copies:
        _say(f"articles of the same text stay, unless you forget them too: {', '.join(done.copies)}")
    if purged:
        _say(f"removed publications: {', '.join(purged)}")
    if kept:
        _say(f"kept publications still show it: {', '.join(kept)}; --purge-publications removes them")


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
    limit: Annotated[int, typer.Option("--limit", min=1, help="Facts to list at most.")] = 20,
    correct: Annotated[
        str | None, typer.Option("--correct", metavar="FACT", help="Decide of this fact; with --reason.")
    ] = None,
    field: Annotated[str, typer.Option("--field", help="With --correct: which field of it is wrong.")] = "",
    right: Annotated[
        str, typer.Option("--right", help='With --field: what is right; "(none)" for no value.')
    ] = "",
    no_fact: Annotated[bool, typer.Option("--no-fact", help="With --correct: it is no fact at all.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="With --correct: it is right as it is.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="With --correct: why.")] = "",
    by: Annotated[str | None, typer.Option("--by", help="Who decides; you, if nothing is said.")] = None,
    as_json: AsJson = False,
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """List the facts that deserve a look most, and keep what you decide of them in corrections.csv.

    Those come first that the arithmetic of a text, another report or the reader itself doubts. At a terminal
    it asks of each; else --correct decides of one: --field and --right, or --no-fact, or --confirm. The next
    `build` or `refresh` applies it, and it outlives every new reading.

    With --sample it draws facts at random instead, asks of each or writes them into a file for you to fill in
    (y, n or skip), and `review --answers FILE` tells the precision with its 95 % interval.

    Examples: cityledger review --limit 5,
    cityledger review --correct o-0123456789abcdef --field obs_value --right 12.4 --reason "misprint, see …",
    cityledger review --sample 100 --answers judged.csv
    """
    if correct is not None:
        _decide_one(home, correct, field, right, no_fact, confirm, reason, by, as_json)
        return
    if field or right or no_fact or confirm or reason:
        raise UsageError("--field, --right, --no-fact, --confirm and --reason go with --correct FACT")
    if sample is None and answers is None:
        _list_deserving(home, limit, by or getuser(), as_json)
        return
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
        say(f"{len(session.facts)} facts in {answers}: {todo}")


def _decide_one(
    home: Path,
    fact_id: str,
    field: str,
    right: str,
    no_fact: bool,
    confirm: bool,
    reason: str,
    by: str | None,
    as_json: bool,
) -> None:
    from warehouse.review.decide import confirmed_value, keep_decision

    if [bool(field and right), no_fact, confirm].count(True) != 1 or (no_fact and (field or right)):
        raise UsageError("with --correct say one of: --field and --right; --no-fact; --confirm")
    if not reason:
        raise UsageError("with --correct say why: --reason")
    if confirm:
        field, right = confirmed_value(home, fact_id, field)
    with run_lock(home, "review"):
        cells = keep_decision(
            home, fact_id, field=field, right=right, reason=reason, decided_by=by or getuser()
        )
    if as_json:
        print_json(cells)
    else:
        out.print("review: kept in corrections.csv; the next build applies it", highlight=False)


def _list_deserving(home: Path, limit: int, by: str, as_json: bool) -> None:
    from warehouse.review.decide import confirmed_value, keep_decision
    from warehouse.review.deserving import Deserving, deserving
    from warehouse.review.deserving_shown import decide, show_deserving, show_lost

    def keep(fact: Deserving, field: str, right: str, reason: str) -> None:
        if field and right == str(fact.fields.get(field)):
            field, right = confirmed_value(home, fact.fact_id, field)
        with run_lock(home, "review"):
            keep_decision(home, fact.fact_id, field=field, right=right, reason=reason, decided_by=by)

    found, lost = deserving(home, limit)
    if as_json:
        print_json({"facts": [asdict(fact) for fact in found], "lost": [asdict(one) for one in lost]})
    elif sys.stdin.isatty() and found:
        decided = decide(found, lambda question: input(f"{question}: "), keep)
        show_lost(lost)
        out.print(f"review: {decided} decisions kept in corrections.csv", highlight=False)
    else:
        show_deserving(found, lost)


def _publish_anew(home: Path, progress: Progress, quiet: bool) -> None:
    from warehouse.publication.gates import is_built

    said = [] if is_built(home) else [build_marts(home, progress)]
    said.append(publish_marts(home, progress, 5, 1.0, True))
    for line in () if quiet else said:
        _say(line)


def _say(line: str) -> None:
    say(f"forget: {line}")
