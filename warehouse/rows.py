"""Records as rows of the raw tables, and rows as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

import pyarrow as pa

from scraper.items import Fetch, Harvest, HarvestBatch, Problem
from warehouse.fact_rows import Readers, Row, Rows, add_facts
from warehouse.ids import fetch_id, hashed, revision_id
from warehouse.without_pandas import absence

with absence():
    pa.array([])

TABLES = (
    "fetch",
    "sighting",
    "article",
    "attachment",
    "meeting",
    "meeting_participant",
    "observation",
    "area_mention",
    "document",
    "problem",
    "archive_progress",
)

_LONGEST_QUOTE = 2_000


def rows_of(batches: Sequence[HarvestBatch], readers: Readers, loaded_at: datetime) -> Rows:
    """Return the rows of all batches; a record given twice counts once.

    Fact rows bear the `fetch_id` of their capture beside the columns of their table: which capture speaks
    for a revision is decided when they are merged.
    """
    rows: Rows = {table: [] for table in TABLES}
    seen: set[str] = set()
    for batch in batches:
        for harvest in batch.harvests:
            fetch = fetch_id(harvest.fetch)
            if fetch not in seen:
                seen.add(fetch)
                _add_harvest(rows, fetch, harvest, readers)
        rows["problem"] += _file_problems(batch, readers, loaded_at)
        rows["archive_progress"].append(
            {
                "portal": batch.portal,
                "warc_file": batch.warc_file,
                "article_reader": readers.article,
                "fact_reader": readers.fact,
                "read_to": batch.read_to,
                "records": len(batch.harvests),
                "loaded_at": loaded_at,
            }
        )
    rows["problem"] = list({row["problem_id"]: row for row in rows["problem"]}.values())
    return rows


def to_arrow(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Return the rows as an Arrow table of this schema.

    Raises pa.ArrowException, ValueError, OverflowError or TypeError where a value does not fit its column.
    """
    columns = []
    for column in schema:
        cells = list(map(itemgetter(column.name), rows))
        try:
            array = pa.array(cells, type=column.type)
        except UnicodeEncodeError:
            array = pa.array([_storable(cell) for cell in cells], type=column.type)
        if array.null_count and not column.nullable:
            raise ValueError(f"{column.name} has no value")
        columns.append(array)
    return pa.Table.from_arrays(columns, schema=schema)


def without_reading(harvest: Harvest, reason: Exception) -> Harvest:
    """Return the record as one whose page could not be stored: its fetch, and a problem that says why."""
    problem = Problem("article", "not_storable", f"{type(reason).__name__}: {reason}"[:300])
    return Harvest(harvest.fetch, harvest.article_id, None, None, (*harvest.problems, problem))


def _add_harvest(rows: Rows, fetch: str, harvest: Harvest, readers: Readers) -> None:
    source = harvest.fetch
    if source.kind == "attachment":
        _add_document(rows, fetch, harvest, readers)
        return
    rows["fetch"].append(
        {
            "fetch_id": fetch,
            "portal": source.portal,
            "url": source.url,
            "kind": source.kind,
            "article_id": harvest.article_id,
            "fetched_at": source.fetched_at,
            "http_status": source.http_status,
            "outcome": source.outcome,
            **_archived(source),
            "etag": source.etag,
            "last_modified": source.last_modified,
            "tls": source.tls,
        }
    )
    problems = list(harvest.problems)
    if harvest.article is not None and harvest.article_id is not None and harvest.text_hash is not None:
        problems += harvest.article.problems
        revision = revision_id(harvest.article_id, harvest.text_hash)
        _add_article(rows, fetch, revision, harvest, readers)
        if harvest.facts is not None:
            problems += harvest.facts.problems
            problems += add_facts(rows, fetch, harvest.article_id, revision, harvest.facts, readers)
    for problem in problems:
        rows["problem"].append(
            problem_row(
                problem,
                readers,
                source.portal,
                source.fetched_at,
                fetch=fetch,
                url=source.url,
                article=harvest.article_id,
            )
        )


def _archived(source: Fetch) -> Row:
    """Return the cells that say what an answer's payload was and where in the archive it stands."""
    return {
        "content_type": source.content_type,
        "payload_digest": source.payload_digest,
        "payload_bytes": source.payload_bytes,
        "warc_file": source.warc_file,
        "warc_offset": source.warc_offset,
        "warc_length": source.warc_length,
    }


def _add_document(rows: Rows, fetch: str, harvest: Harvest, readers: Readers) -> None:
    """Add the rows of an archived document; `raw.fetch` holds the answers about articles alone."""
    source, document = harvest.fetch, harvest.document
    if document is not None:
        rows["document"].append(
            {
                "document_id": fetch,
                "article_reader": readers.article,
                "portal": source.portal,
                "url": document.url,
                "fetched_url": source.url,
                "fetched_at": source.fetched_at,
                "kind": document.kind,
                "pages": document.pages,
                "text": document.text,
                "cut": document.cut,
                **_archived(source),
            }
        )
    rows["problem"] += [
        problem_row(problem, readers, source.portal, source.fetched_at, fetch=fetch, url=source.url)
        for problem in harvest.problems
    ]


def _add_article(rows: Rows, fetch: str, revision: str, harvest: Harvest, readers: Readers) -> None:
    article, seen_at = harvest.article, harvest.fetch.fetched_at
    assert article is not None
    common = {"fetch_id": fetch, "article_id": harvest.article_id, "revision_id": revision}
    versions = {"article_reader": readers.article, "fact_reader": readers.fact}
    rows["sighting"].append({**common, **versions, "fetched_at": seen_at})
    rows["article"].append(
        {
            **common,
            **versions,
            "portal": harvest.fetch.portal,
            "native_id": article.native_id,
            "url": article.url,
            "canonical_url": article.canonical_url,
            "headline": article.headline,
            "description": article.description,
            "body_text": article.body_text,
            "captions": article.captions,
            "authors": article.authors,
            "source": article.source,
            "section": article.section,
            "attachments": article.attachments,
            "date_published": article.date_published,
            "date_source": article.date_source,
            "date_confidence": article.date_confidence,
            "date_modified": article.date_modified,
            "content_kind": article.content_kind,
            "kind": article.kind,
            "layout": article.layout,
            "districts": harvest.facts.districts if harvest.facts else (),
            "text_hash": harvest.text_hash,
            "sketch": harvest.sketch or None,
            "first_seen": seen_at,
            "last_seen": seen_at,
        }
    )
    rows["attachment"] += [
        {"article_id": harvest.article_id, "url": url, "first_seen": seen_at}
        for url in dict.fromkeys(article.attachments)
    ]


def problem_row(
    problem: Problem,
    readers: Readers,
    portal: str,
    occurred_at: datetime,
    *,
    fetch: str | None = None,
    url: str | None = None,
    article: str | None = None,
    place: str = "",
) -> Row:
    """Return the row of a problem; `place` tells apart what belongs to no capture."""
    article_reader = readers.article if problem.stage in ("article", "facts") else None
    fact_reader = readers.fact if problem.stage == "facts" else None
    says = (problem.stage, problem.kind, problem.detail, problem.quote)
    return {
        "problem_id": "p-" + hashed(fetch or f"{portal}\n{place}", *says, article_reader, fact_reader),
        "portal": portal,
        "stage": problem.stage,
        "kind": problem.kind,
        "detail": problem.detail[:_LONGEST_QUOTE],
        "quote": problem.quote and problem.quote[:_LONGEST_QUOTE],
        "url": url,
        "article_id": article,
        "fetch_id": fetch,
        "article_reader": article_reader,
        "fact_reader": fact_reader,
        "occurred_at": occurred_at,
    }


def _file_problems(batch: HarvestBatch, readers: Readers, loaded_at: datetime) -> list[Row]:
    return [
        problem_row(problem, readers, batch.portal, loaded_at, place=batch.warc_file)
        for problem in batch.problems
    ]


def problem_rows(portal: str, problems: Iterable[Problem], occurred_at: datetime) -> list[Row]:
    """Return rows of problems that belong to no archived record, e.g. a portal that is down.

    The same problem at another time is the same row.
    """
    nobody = Readers(0, 0)
    rows = [problem_row(problem, nobody, portal, occurred_at) for problem in problems]
    return list({row["problem_id"]: row for row in rows}.values())


def _storable(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Return the cell with lone surrogates, which no UTF-8 column can hold, replaced one for one."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, tuple):
        return [_storable(item) for item in value]
    return value


def counts_by(rows: Iterable[Mapping[str, Any]], *columns: str) -> dict[tuple[Any, ...], int]:
    """Return how many rows there are of each combination of these columns' values."""
    counts: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        counts[key] = counts.get(key, 0) + 1
    return counts
