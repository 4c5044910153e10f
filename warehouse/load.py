"""Harvested records into the raw tables: exactly once, whatever is killed, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from scraper.errors import WarehouseError
from scraper.items import ARTICLE_READER, FACT_READER, Harvest, HarvestBatch, PortalRecord, Problem, Progress
from warehouse.connect import (
    Connection,
    committed,
    in_our_words,
    open_warehouse,
    warehouse_path,
)
from warehouse.fact_rows import Readers
from warehouse.merge import Merged, Merger
from warehouse.rows import TABLES, counts_by, problem_rows, rows_of, to_arrow, without_reading

CURRENT_READERS = Readers(ARTICLE_READER, FACT_READER)

RECORDS_A_TRANSACTION = 1_000
"""What a kill makes us read again, and what memory holds; smaller transactions cost more than they save."""

_MEMORY = "96MB"
"""For DuckDB while it loads: rows that no checkpoint has packed yet go to files beside the warehouse."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reading a page told of it: for the portal's frontier."""

    portal: str
    url: str
    text_hash: str | None
    kind: str
    """article, gone (an error page of status 200), or the kind of what kept it from being read."""
    published: str | None
    """ISO date or time of publication."""
    fetched_at: datetime
    """Of the capture that was read."""


@dataclass(slots=True)
class PortalLoad:
    """What loading one portal's archive gave."""

    records: int = 0
    articles_read: int = 0
    new_articles: int = 0
    new_revisions: int = 0
    """Of known articles: edits."""
    meetings: int = 0
    observations: int = 0
    problems: dict[str, int] = field(default_factory=dict)
    """By kind."""


@dataclass(slots=True)
class LoadReport:
    """What a load gave, by portal."""

    portals: dict[str, PortalLoad] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """Archived records loaded."""
        return sum(portal.records for portal in self.portals.values())

    @property
    def new_articles(self) -> int:
        """Articles that were not known before."""
        return sum(portal.new_articles for portal in self.portals.values())

    @property
    def new_revisions(self) -> int:
        """New texts of articles that were known before."""
        return sum(portal.new_revisions for portal in self.portals.values())

    @property
    def problems(self) -> int:
        """Things that were not understood."""
        return sum(sum(portal.problems.values()) for portal in self.portals.values())

    def as_counts(self) -> dict[str, dict[str, object]]:
        """Return the report as plain data for the run log."""
        return {slug: asdict(portal) for slug, portal in self.portals.items()}


def progress_marks(home: Path, readers: Readers = CURRENT_READERS) -> dict[tuple[str, str], int]:
    """Return how many bytes of each (portal, archive file) these readers have read.

    Makes the warehouse where there is none. Raises what `open_warehouse` raises, and WarehouseError where a
    newer reader has read the archive.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        refuse_newer(connection, readers, path)
        rows = connection.execute(
            "select portal, warc_file, read_to from raw.archive_progress"
            " where article_reader = ? and fact_reader = ?",
            [readers.article, readers.fact],
        ).fetchall()
    return {(portal, warc_file): read_to for portal, warc_file, read_to in rows}


def forget_progress(home: Path, portal: str) -> None:
    """Have the portal's archive read again at the next load, e.g. after its selectors were mended."""
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        forget = "delete from raw.archive_progress where portal = ?"
        committed(connection, lambda: connection.execute(forget, [portal]))


def load(
    home: Path,
    portals: Mapping[str, PortalRecord],
    batches: Iterable[HarvestBatch],
    *,
    progress: Progress | None = None,
    verdicts: Callable[[Sequence[Verdict]], None] | None = None,
    readers: Readers = CURRENT_READERS,
    records_a_transaction: int = RECORDS_A_TRANSACTION,
) -> LoadReport:
    """Load batches, the stretches of each file in order, together with how far each file was read.

    `verdicts` is told before each commit, so that a kill makes it hear twice and never miss one. Raises what
    `open_warehouse` raises; WarehouseError where batches leave a gap or a newer reader was here; HomeError
    where the disk is full. Whatever is raised, what was committed stays and the rest is loaded the next time.
    """
    path = warehouse_path(home)
    report = LoadReport()
    with closing(open_warehouse(path, memory_limit=_MEMORY)) as connection:
        with in_our_words(path):
            refuse_newer(connection, readers, path)
            loader = _Loader(connection, readers, report, verdicts)
            loader.portals(portals)
        with closing(_groups(batches, records_a_transaction)) as groups:
            for group in groups:
                with in_our_words(path):
                    loader.commit(group)
                if progress:
                    progress("load", report.records, None)
        if progress:
            progress("load", report.records, report.records)
    return report


def _groups(batches: Iterable[HarvestBatch], records: int) -> Generator[list[HarvestBatch]]:
    """Yield batches that hold at least so many records together; close their source whatever happens."""
    group: list[HarvestBatch] = []
    try:
        for batch in batches:
            group.append(batch)
            if sum(len(batch.harvests) for batch in group) >= records:
                yield group
                group = []
        if group:
            yield group
    finally:
        if isinstance(batches, Generator):
            batches.close()


def record_problems(home: Path, portal: str, problems: Iterable[Problem], occurred_at: datetime) -> int:
    """Keep problems that belong to no archived record, as a crawl tells them; return how many were not known.

    A problem that was told before, in this run or any other, stays as it was, with the time of the first: a
    portal that is down every night is one row, and changes nothing but once. Without problems the warehouse
    is not even opened. Raises what `open_warehouse` raises.
    """
    path = warehouse_path(home)
    rows = problem_rows(portal, problems, occurred_at)
    if not rows:
        return 0
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        merger = Merger(connection, CURRENT_READERS)
        return committed(connection, lambda: merger.merge_problems(rows))


class _Loader:
    """Commits groups of batches over one connection."""

    def __init__(
        self,
        connection: Connection,
        readers: Readers,
        report: LoadReport,
        verdicts: Callable[[Sequence[Verdict]], None] | None,
    ) -> None:
        self._connection = connection
        self._readers = readers
        self._report = report
        self._verdicts = verdicts
        self._merger = Merger(connection, readers)
        self._read_to: dict[tuple[str, str], int] = {
            (portal, warc_file): read_to
            for portal, warc_file, read_to in connection.execute(
                "select portal, warc_file, read_to from raw.archive_progress"
                " where article_reader = ? and fact_reader = ?",
                [readers.article, readers.fact],
            ).fetchall()
        }

    def portals(self, portals: Mapping[str, PortalRecord]) -> None:
        rows = [
            {
                **asdict(record),
                "retired_on": date.fromisoformat(record.retired_on) if record.retired_on else None,
                "paused_until": date.fromisoformat(record.paused_until) if record.paused_until else None,
            }
            for record in portals.values()
        ]
        if rows:
            committed(self._connection, lambda: self._merger.merge_portals(rows))

    def commit(self, batches: Sequence[HarvestBatch]) -> None:
        if not batches:
            return
        marks = self._followed(batches)
        staged, batches = self._staged(batches)

        def merge() -> Merged:
            merged = self._merger.merge(staged)
            if self._verdicts:
                self._verdicts(_verdicts_of(batches))
            return merged

        merged = committed(self._connection, merge)
        self._read_to = marks
        self._count(batches, staged, merged.new_articles, merged.new_revisions)

    def _followed(self, batches: Sequence[HarvestBatch]) -> dict[tuple[str, str], int]:
        """Return the marks after these batches; a gap would be bytes that nobody ever reads."""
        marks = dict(self._read_to)
        for batch in batches:
            key = (batch.portal, batch.warc_file)
            if batch.start > marks.get(key, 0):
                raise WarehouseError(
                    f"{batch.portal}/{batch.warc_file}: bytes {marks.get(key, 0)} to {batch.start}"
                    " were left out of the load: load again"
                )
            marks[key] = max(marks.get(key, 0), batch.read_to)
        return marks

    def _staged(self, batches: Sequence[HarvestBatch]) -> tuple[dict[str, pa.Table], Sequence[HarvestBatch]]:
        now = datetime.now(UTC)
        try:
            return self._arrow(batches, now), batches
        except (pa.ArrowException, ValueError, OverflowError, TypeError):
            # Something in one record fits no column. Find it, keep the others.
            mended = [
                replace(
                    batch, harvests=tuple(self._storable(batch, harvest, now) for harvest in batch.harvests)
                )
                for batch in batches
            ]
            return self._arrow(mended, now), mended

    def _storable(self, batch: HarvestBatch, harvest: Harvest, now: datetime) -> Harvest:
        try:
            self._arrow([replace(batch, harvests=(harvest,), problems=())], now)
        except (pa.ArrowException, ValueError, OverflowError, TypeError) as error:
            return without_reading(harvest, error)
        return harvest

    def _arrow(self, batches: Sequence[HarvestBatch], now: datetime) -> dict[str, pa.Table]:
        rows = rows_of(batches, self._readers, now)
        return {table: to_arrow(rows[table], self._merger.schemas[table]) for table in TABLES}

    def _count(
        self,
        batches: Sequence[HarvestBatch],
        staged: Mapping[str, pa.Table],
        new_articles: Mapping[str, int],
        new_revisions: Mapping[str, int],
    ) -> None:
        for batch in batches:
            counts = self._report.portals.setdefault(batch.portal, PortalLoad())
            counts.records += len(batch.harvests)
            for harvest in batch.harvests:
                counts.articles_read += harvest.article is not None
                if harvest.facts is not None:
                    counts.meetings += len(harvest.facts.meetings)
                    counts.observations += len(harvest.facts.indicators)
        for portal, number in new_articles.items():
            self._report.portals[portal].new_articles += number
        for portal, number in new_revisions.items():
            self._report.portals[portal].new_revisions += number - new_articles.get(portal, 0)
        problems = staged["problem"].select(["portal", "kind"]).to_pylist()
        for (portal, kind), number in counts_by(problems, "portal", "kind").items():
            kinds = self._report.portals[portal].problems
            kinds[kind] = kinds.get(kind, 0) + number


def _verdicts_of(batches: Iterable[HarvestBatch]) -> list[Verdict]:
    found = []
    for batch in batches:
        for harvest in batch.harvests:
            url, when, article = harvest.fetch.url, harvest.fetch.fetched_at, harvest.article
            if article is not None:
                published, text = article.date_published, harvest.text_hash
                found.append(Verdict(batch.portal, url, text, "article", published, when))
            elif harvest.problems:
                is_gone = harvest.fetch.outcome == "gone"
                kind = "gone" if is_gone else harvest.problems[0].kind
                found.append(Verdict(batch.portal, url, None, kind, None, when))
    return found


def refuse_newer(connection: Connection, readers: Readers, path: Path) -> None:
    """Raise WarehouseError where newer readers than these have read the archive into this warehouse."""
    article, fact = connection.execute(
        "select coalesce(max(article_reader), 0), coalesce(max(fact_reader), 0) from raw.archive_progress"
    ).fetchall()[0]
    if article > readers.article or fact > readers.fact:
        raise WarehouseError(
            f"{path}: was read by newer readers (article {article}, facts {fact}) than these"
            f" ({readers.article}, {readers.fact}): upgrade CityLedger"
        )
