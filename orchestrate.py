"""CityLedger's command line: the stages that cross the halves, their order, the run log and the exit code."""

from __future__ import annotations

import scraper.start  # isort: skip - before all else

import atexit
import gc
import logging
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

import scraper.archive.cli
import scraper.cli
import scraper.replica.cli
import warehouse.cli
import warehouse.curation_cli
import warehouse.home_cli
import warehouse.service.cli
from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    ExistingHome,
    Home,
    PortalsDir,
    Terminated,
    UnusedPortalsDir,
    on_sigterm,
    print_json,
    progress_shown,
    say,
    warn,
)
from scraper.errors import FellShort, InterruptedRun, PortalError, UsageError
from scraper.events import Format
from scraper.events import log as events
from scraper.harvest.engine import reading_engine
from scraper.items import ARCHIVE_LACKS, ARTICLE_READER, Progress
from scraper.on_trouble import Told, trouble_told
from scraper.options import (
    Again,
    Cluster,
    Diff,
    DiffPages,
    Examples,
    Full,
    LogFormat,
    MaxPages,
    Names,
    OnTrouble,
    Shard,
    Since,
    Until,
    Version,
    Workers,
)
from scraper.portal_choice import chosen_portals
from scraper.portals_cli import portals_app
from scraper.replica.home import DEMO_PORTALS, clear_other_demo
from scraper.shard import in_shard, shard_of
from scraper.version import VERSION
from warehouse.cli import Force, Keep, MaxDrop, build_marts, keep_lake, publish_marts
from warehouse.lake import lake_of
from warehouse.lock import run_lock

if TYPE_CHECKING:
    from scraper.archive.retention import Thinned
    from scraper.crawl.report import CrawlOptions, CrawlReport
    from scraper.harvest.sharing import Engine
    from scraper.portal import Portal
    from scraper.shard import Shard as Share
    from warehouse.health import Judgement
    from warehouse.load import LoadReport
    from warehouse.runs import RunLog
    from warehouse.trial import TableDiff

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="""The ledger of what Vietnamese city portals report.

    The data goes one way: **crawl** (pages into an archive), **load** (archive into raw tables: articles,
    meetings and figures), **build** (raw tables into curated ones, with dbt) and **publish** (a read-only
    DuckDB file, Parquet, CSV and a page). **refresh** does all of it and is what runs every night; **demo**
    shows it on invented portals.

    Exit codes: 0 done, 1 something was refused or fell short, 2 wrong usage, 3 another run or program holds
    the lock, 130 and 143 stopped by a signal.
    """,
)

_DEMO_SHARE = 0.8
"""Share of the demo's facts that are read right on any day; less means that something is broken."""


@app.command()
def refresh(
    names: Names = None,
    home: Home = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
    max_pages: MaxPages = None,
    workers: Workers = None,
    cluster: Cluster = None,
    shard: Shard = None,
    keep: Keep = 5,
    max_drop: MaxDrop = 0.2,
    force: Force = False,
    on_trouble: OnTrouble = None,
) -> None:
    """Do the whole way in order: crawl, load, build, publish. This is what runs every night.

    It holds one lock, goes on where a killed run stopped, and fetches only what may be new or changed. A
    portal that cannot be reached does not hold up the others, and one that crosses a bound of its file's
    [expect] or of its own past keeps its last good data published; the run then ends with 1 and says which.

    Example: cityledger refresh haiphong lechan
    """
    from warehouse.runs import run_logged

    with (
        trouble_told(on_trouble, "refresh", home, warn) as told,
        run_lock(home, "refresh"),
        run_logged(home, "refresh", VERSION) as log,
        progress_shown() as progress,
        reading_engine(workers, cluster, home) as engine,
    ):
        told.run_id = log.run_id
        asked = _Night(
            home,
            portals_dir,
            engine,
            names=names or [],
            max_pages=max_pages,
            share=shard_of(shard),
            keep=keep,
            max_drop=max_drop,
            force=force,
        )
        _refresh(asked, log, told, progress)


@dataclass(frozen=True, slots=True)
class _Night:
    """What all stages in order are asked to do."""

    home: Path
    portals_dir: Path | None
    engine: Engine
    names: Sequence[str] = ()
    max_pages: int | None = None
    share: Share | None = None
    keep: int = 5
    max_drop: float = 0.2
    force: bool = False


def _refresh(asked: _Night, log: RunLog, told: Told, progress: Progress) -> None:
    from scraper.crawl.report import CrawlOptions
    from warehouse.load import record_problems
    from warehouse.troubles import trouble_of

    home = asked.home
    faults: list[PortalError] = []
    portals = in_shard(chosen_portals(asked.names, home, asked.portals_dir, faults), asked.share)
    counts: dict[str, Any] = {}
    log.stage("crawl")
    options = CrawlOptions(max_pages=asked.max_pages, log=_crawl_log(asked.share))
    crawled = _crawl(portals, home, options, progress)
    counts["crawl"] = {report.portal: report.as_counts() for report in crawled.portals}
    if crawled.signal is not None:
        raise InterruptedRun(crawled.signal)
    log.stage("load", counts)
    for report in crawled.portals:
        record_problems(home, report.portal, report.problems, datetime.now(UTC))
    loaded = _load(home, portals, asked.engine, progress)
    counts["load"] = loaded.as_counts()
    _lacking(home, portals)
    log.stage("judge", counts)
    judged = _judge(log, portals, home, crawled)
    told.portals = trouble_of(judged, {report.portal: report.failure for report in crawled.portals})
    log.stage("build", counts)
    _say("build", build_marts(home, progress))
    log.stage("publish", counts)
    _say("publish", publish_marts(home, progress, asked.keep, asked.max_drop, asked.force))
    if lake_of(home) is not None:
        log.stage("upkeep", counts)
        _say("upkeep", keep_lake(home))
    if told.portals or faults:
        log.stage("tell", counts)
    _complain(crawled, faults, judged)


def _judge(log: RunLog, portals: Sequence[Portal], home: Path, crawled: CrawlReport) -> Sequence[Judgement]:
    """Judge the portals that were crawled by their bounds; hold who crossed one and let go who does not."""
    from scraper.harvest.agreement import generic_agreement
    from warehouse.health import judge_portals

    by_slug = {portal.slug: portal for portal in portals}
    counts = {report.portal: report.as_counts() for report in crawled.portals}
    judged = judge_portals(
        home,
        log.run_id,
        {slug: by_slug[slug].expectations() for slug in counts},
        counts,
        lambda slug, captures: generic_agreement(by_slug[slug], home, captures),
    )
    for found in judged:
        if found.line is not None:
            _say("health", found.line)
        elif found.was_released:
            _say("health", "no bound is crossed any more; what was held goes in", found.portal)
    return judged


@app.command()
def demo(
    home: Home = DEFAULT_HOME,
    articles: Annotated[int, typer.Option(min=1, help="How many articles the embedded portals hold.")] = 320,
    seed: Annotated[int, typer.Option(help="Another seed gives another city.")] = 7,
    workers: Workers = None,
    other_portals: UnusedPortalsDir = None,
) -> None:
    """Show the whole way of the data on the embedded portals, over real HTTP, in about a minute.

    Four invented portals are served on a free port of 127.0.0.1 and refreshed by the same code as any portal.
    Everything in them is invented, and known beforehand: at the end what was read is compared with what was
    written. On the first day that a home knows the portals print; then they put figures right, amend articles
    and take some down, and are crawled again. A home that holds real portals is refused.
    """
    from scraper.replica import Replica, serve, write_portals
    from scraper.replica.cli import show_comparison
    from warehouse.digest_shown import show_digest, show_where
    from warehouse.publication.digest import facts_read
    from warehouse.runs import run_logged

    replica = Replica(seed=seed, articles=articles)
    portals_dir = home / DEMO_PORTALS
    with run_lock(home, "demo"), serve(replica) as served:
        if not portals_dir.is_dir() and any(home.glob("*/archive")):
            raise UsageError(f"{home} holds real portals: give the demo a --home of its own")
        is_first = clear_other_demo(home, sha256(repr(list(replica.truth())).encode()).hexdigest())
        write_portals(portals_dir, connect=served.connect)
        with run_logged(home, "demo", VERSION) as log, progress_shown() as progress:
            if is_first:
                log.stage("crawl")
                _crawl_apart(home, portals_dir)
                log.stage("load")
                _load(home, chosen_portals([], home, portals_dir, []), workers, progress)
                _say("demo", "the portals amend and withdraw articles, and are asked again")
            replica.second_thoughts()
            _refresh(_Night(home, portals_dir, workers, max_drop=1.0), log, Told(), progress)
    published = show_digest(home)
    compared = show_comparison(replica, facts_read(published))
    show_where(home, published)
    if compared.articles.right < compared.articles.written or compared.share_right < _DEMO_SHARE:
        raise FellShort("the readers lost what the portals wrote: see the table above")


def _crawl_apart(home: Path, portals_dir: Path) -> None:
    """Crawl in a process of its own, since one process can crawl once only."""
    options = ["--home", str(home), "--portals-dir", str(portals_dir)]
    done = subprocess.run([sys.executable, __file__, "crawl", *options], check=False)
    if done.returncode:
        raise FellShort(f"the crawl of the portals as they were first ended with {done.returncode}")


@app.command()
def crawl(
    names: Names = None,
    home: Home = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
    max_pages: MaxPages = None,
    since: Since = None,
    until: Until = None,
    full: Full = False,
    shard: Shard = None,
    as_json: AsJson = False,
) -> None:
    """Fetch what may be new or changed, and keep every answer in the archive.

    robots.txt is obeyed, each portal is asked at its own pace, and a page known already is asked for only
    when it is due, with conditional requests. Nothing is read here; `load` does that. A portal is crawled by
    one worker at a time: one that another worker holds is left to it, and the rest goes on.

    Example: cityledger crawl lechan --max-pages 200
    """
    from scraper.crawl.report import CrawlOptions

    faults: list[PortalError] = []
    share = shard_of(shard)
    portals = in_shard(chosen_portals(names or [], home, portals_dir, faults), share)
    options = CrawlOptions(
        max_pages=max_pages, since=_day(since), until=_day(until), full=full, log=_crawl_log(share)
    )
    with progress_shown(quiet=as_json) as progress:
        report = _crawl(portals, home, options, progress, quiet=as_json)
    if as_json:
        print_json([portal.as_counts() for portal in report.portals])
    if report.signal is not None:
        raise InterruptedRun(report.signal)
    _complain(report, faults)


@app.command()
def load(
    names: Names = None,
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
    workers: Workers = None,
    cluster: Cluster = None,
    again: Again = False,
    diff: Diff = False,
    pages: DiffPages = False,
    examples: Examples = 5,
    as_json: AsJson = False,
) -> None:
    """Read the archive into the raw tables: articles, meetings, figures, and what was not understood.

    Each archived page is read exactly once by each version of the readers, on all cores; where the reader of
    facts alone has changed, facts are read from the stored texts. A page that cannot be read becomes a row of
    raw.problem.

    With --diff everything that was loaded is read again, as a trial beside the warehouse, and compared with
    what it holds: by table and field, with examples. A reader can so be judged before it is let loose.
    """
    from warehouse.load import forget_progress
    from warehouse.runs import run_logged

    faults: list[PortalError] = []
    portals = chosen_portals(names or [], home, portals_dir, faults)
    if diff:
        with reading_engine(workers, cluster, home) as engine:
            _show_diff(portals, home, engine, pages, examples, as_json)
        _complain(None, faults)
        return
    if pages or as_json:
        raise UsageError("--pages and --json go with --diff")
    with (
        run_lock(home, "load"),
        run_logged(home, "load", VERSION),
        progress_shown() as progress,
        reading_engine(workers, cluster, home) as engine,
    ):
        if again:
            for portal in portals:
                forget_progress(home, portal.slug)
        _load(home, portals, engine, progress)
        _complain(None, faults, lacking=_lacking(home, portals))


@app.command()
def rebuild(
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
    workers: Workers = None,
    cluster: Cluster = None,
) -> None:
    """Make the warehouse anew from the archive, by today's readers, and swap it in when it is built.

    Until then the old one stays, and whatever stops a rebuild leaves it as it was. Decisions, runs and holds
    are carried over. The marts come out the same, row for row, unless a reader has changed since.
    """
    from scraper.harvest.harvest import harvest_all, tasks_of
    from warehouse.build import build
    from warehouse.load import load as load_batches
    from warehouse.rebuild import carry_over, rebuilding, swap_in
    from warehouse.runs import run_logged

    faults: list[PortalError] = []
    portals = chosen_portals([], home, portals_dir, faults)
    if faults:
        raise faults[0]
    records = {portal.slug: portal.record() for portal in portals}
    with (
        run_lock(home, "rebuild"),
        run_logged(home, "rebuild", VERSION) as log,
        progress_shown() as progress,
        reading_engine(workers, cluster, home) as engine,
        rebuilding(home) as anew,
    ):
        log.stage("load")
        report = load_batches(
            anew, records, harvest_all(tasks_of(portals, home, {}), engine), progress=progress
        )
        _read_attached(anew, portals, engine, progress)
        _say("load", f"{report.records} archived pages, {report.new_articles} articles")
        log.stage("build")
        carry_over(home, anew)
        # Its page would go with the folder that it is built in: `publish` makes the home's.
        _say("build", build(anew, progress).line)
        swap_in(home, anew)
    _say("rebuild", "the new warehouse is in place; `publish` publishes it")


def _crawl(
    portals: Sequence[Portal], home: Path, options: CrawlOptions, progress: Progress, quiet: bool = False
) -> CrawlReport:
    from scraper.crawl.crawl import crawl as fetch

    def show(event: Any) -> None:  # noqa: ANN401
        progress(f"crawl {event.portal}", event.done, event.done + event.due)

    def recall(portal: Portal) -> Iterable[Any]:
        # Hardly ever asked for, and DuckDB doubles what a crawl takes of memory.
        from scraper.crawl.remember import verdicts_for
        from warehouse.recall import verdicts_of

        return verdicts_for(portal, verdicts_of(home, portal.slug))

    today = datetime.now(UTC).date()
    resting = {portal.slug: reason for portal in portals if (reason := portal.rests_on(today))}
    for slug, reason in resting.items() if not quiet else ():
        _say("crawl", f"{reason}, not asked; its archive stays", slug)
    report = fetch([portal for portal in portals if portal.slug not in resting], home, options, show, recall)
    if not quiet:
        for portal in report.portals:
            _say("crawl", portal.line, portal.portal)
    return report


def _crawl_log(share: Share | None) -> str:
    return "crawl.log" if share is None else f"crawl-{share.index}-of-{share.count}.log"


def _complain(
    report: CrawlReport | None,
    faults: Sequence[PortalError],
    judged: Sequence[Judgement] = (),
    lacking: Sequence[str] = (),
) -> None:
    """Raise FellShort naming the portals that fell out of a run: by their file, their crawl or a bound."""
    said = [str(fault) for fault in faults]
    crawled = report.portals if report else ()
    said += [f"{portal.portal}: {portal.failure}" for portal in crawled if portal.failure]
    said += report.held if report else ()
    said += [found.line for found in judged if found.line is not None]
    said += lacking
    if said:
        raise FellShort(f"the rest went through, but not {'; '.join(said)}")


def _load(home: Path, portals: Sequence[Portal], engine: Engine, progress: Progress) -> LoadReport:
    from scraper.crawl.lost import doubt_damaged
    from scraper.crawl.remember import remember
    from scraper.harvest.harvest import harvest_all, tasks_of
    from scraper.harvest.rereading import reread_all
    from warehouse.load import load as load_batches
    from warehouse.load import progress_marks
    from warehouse.reread import reread
    from warehouse.turns import portal_turns

    by_slug = {portal.slug: portal for portal in portals}

    read_facts = partial(reread_all, portals=by_slug, workers=engine)
    with portal_turns(home, list(by_slug)):
        reread_texts = reread(home, list(by_slug), read_facts, progress=progress)
        report = load_batches(
            home,
            {slug: portal.record() for slug, portal in by_slug.items()},
            doubt_damaged(home, harvest_all(tasks_of(portals, home, progress_marks(home)), engine)),
            progress=progress,
            verdicts=partial(remember, home, by_slug),
        )
        documents = _read_attached(home, portals, engine, progress)
    said = [f"{report.records} archived pages", f"{report.new_articles} new articles"]
    said += [f"{documents} attached documents read"] if documents else []
    said += [f"{report.new_revisions} edits"] if report.new_revisions else []
    said += [f"the facts of {reread_texts} stored texts read again"] if reread_texts else []
    said += [f"{report.problems} things not understood"] if report.problems else []
    _say("load", ", ".join(said))
    return report


def _read_attached(home: Path, portals: Sequence[Portal], engine: Engine, progress: Progress) -> int:
    from scraper.harvest.attached import read_attachments
    from scraper.identity import normalise_url
    from warehouse.attachments import read_attached

    by_slug = {portal.slug: portal for portal in portals}
    read = partial(read_attachments, portals=by_slug, workers=engine)
    return read_attached(home, list(by_slug), read, normalise_url, progress=progress)


def _lacking(home: Path, portals: Sequence[Portal]) -> list[str]:
    """Say which archive files could not be read to their end; return which were lost since the crawl."""
    from scraper.crawl.lost import lost_files
    from scraper.harvest.harvest import tasks_of, torn
    from warehouse.load import progress_marks

    lost = {portal.slug: lost_files(home, portal.slug) for portal in portals}
    for task in tasks_of(portals, home, progress_marks(home)):
        files = lost[task.portal.slug]
        is_due = files is None or task.warc_file in files
        then = (
            "the next crawl asks again for what it held"
            if is_due
            else "a crawl has asked again for what it held"
        )
        _say("load", f"{task.portal.slug}/{torn(task)}; {then}")
    return [
        f"{home / slug / 'archive' / file} {ARCHIVE_LACKS}: put a copy back, or `crawl` asks for them again"
        for slug, files in lost.items()
        for file in files or ()
    ]


def _show_diff(
    portals: Sequence[Portal], home: Path, engine: Engine, pages: bool, examples: int, as_json: bool
) -> None:
    from warehouse.connect import has_warehouse
    from warehouse.trial_shown import as_plain, show_differences

    if not has_warehouse(home):
        raise UsageError(f"{home}: nothing is loaded there yet that could be compared: run `load` first")
    with run_lock(home, "load --diff"), progress_shown(quiet=as_json) as progress:
        found = _differences(portals, home, engine, pages, progress)
    if as_json:
        print_json(as_plain(found))
    else:
        show_differences(found, examples)


def _differences(
    portals: Sequence[Portal], home: Path, engine: Engine, pages: bool, progress: Progress
) -> dict[str, TableDiff]:
    """Compare what the warehouse holds with what today's readers make of the same texts or pages."""
    from scraper.harvest.harvest import harvest_all, tasks_of
    from scraper.harvest.rereading import reread_all
    from warehouse.load import load as load_batches
    from warehouse.reread import reread
    from warehouse.trial import article_readers, copy_texts, differences, newest_marks

    marks = newest_marks(home)
    read_by = {} if pages else article_readers(home)
    by_slug = {portal.slug: portal for portal in portals}
    stored = [slug for slug in by_slug if read_by.get(slug) == ARTICLE_READER]
    others = [portal for slug, portal in by_slug.items() if slug not in stored]
    with TemporaryDirectory(prefix="cityledger-") as folder:
        trial = Path(folder)
        copy_texts(home, trial, stored, ARTICLE_READER)
        reread(trial, stored, partial(reread_all, portals=by_slug, workers=engine), progress=progress)
        # What was not loaded yet is no difference between readers.
        tasks = [
            replace(task, size=min(task.size, marks[task.portal.slug, task.warc_file]))
            for task in tasks_of(others, home, {})
            if (task.portal.slug, task.warc_file) in marks
        ]
        load_batches(trial, {}, harvest_all(tasks, engine), progress=progress)
        return differences(home, trial, list(by_slug), texts=bool(others))


def _say(stage: str, line: str, portal: str | None = None) -> None:
    if portal is None:
        say(f"{stage}: {line}", stage=stage)
    else:
        say(f"{stage}: {portal}: {line}", stage=stage, portal=portal)


def _day(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value else None


@app.callback()
def _about(context: typer.Context, version: Version = False, log_format: LogFormat = Format.text) -> None:
    """Take the options that go before any command."""
    events.know(command=context.invoked_subcommand)


def _thin(archive: Path, slug: str, before: datetime, dry_run: bool) -> list[Thinned]:
    from scraper.archive.retention import thin

    return thin(archive, slug, before, dry_run)


portals_app.command("release")(warehouse.home_cli.release)
app.command("gc")(warehouse.home_cli.gc_command(_thin))
app.command()(scraper.archive.cli.replay)
app.add_typer(scraper.cli.app)
app.add_typer(scraper.archive.cli.app, name="archive")
app.add_typer(scraper.replica.cli.app, name="replica")
app.add_typer(warehouse.cli.app)
app.add_typer(warehouse.service.cli.app)
app.add_typer(warehouse.home_cli.app)
app.add_typer(warehouse.curation_cli.app)


scraper.start.imported()


def main() -> None:
    """Run the command line."""
    # A log that cannot be written (the disk is full) must not put tracebacks between our own lines.
    logging.raiseExceptions = False
    # Nor does the way out walk once more through all that dbt or Scrapy imported, nearly a second of it.
    atexit.register(gc.freeze)
    on_sigterm()
    try:
        app()
    except KeyboardInterrupt as signal:
        # Heard before the command line had its own words for it; nothing was begun.
        sys.exit(Terminated.exit_code if isinstance(signal, Terminated) else 130)


if __name__ == "__main__":
    main()
