"""A changed reader of facts: it reads the stored texts again, and no page of the archive.

A text of `raw.article` is all that a fact was read from. What a changed reader of articles made of the pages
would differ, so that one reads the archive again; see `progress_marks`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from scraper.items import Article, Facts, Problem, Progress, Rereading, StoredText
from warehouse.connect import Connection, committed, in_our_words, open_warehouse, warehouse_path
from warehouse.fact_rows import Readers, Row, Rows, add_facts
from warehouse.load import CURRENT_READERS, refuse_newer
from warehouse.merge import Merger
from warehouse.rows import problem_row, to_arrow

Read = Callable[[Iterator[StoredText]], Generator[Rereading]]
"""Reads the facts of texts, giving them in their order; closed when nothing more of it is wanted."""

TEXTS_A_TRANSACTION = 1_000

_FACTS = ("meeting", "meeting_participant", "observation", "area_mention", "problem")

_REREADING = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("revision_id", pa.string(), nullable=False),
        pa.field("districts", pa.list_(pa.string()), nullable=False),
    ]
)

# A portal whose archive is to be read again from the start has no older mark: its texts are not read here.
_STALE = """
select article_id, revision_id from raw.article
where article_reader = $article_reader and fact_reader < $fact_reader and portal in (
    select portal from raw.archive_progress
    where article_reader = $article_reader and fact_reader < $fact_reader and list_contains($portals, portal)
)
order by article_id, revision_id
"""

TEXT_FIELDS = tuple(column.name for column in fields(Article) if column.name != "problems")

_TEXTS = f"""
select article_id, revision_id, fetch_id, {", ".join(TEXT_FIELDS)}
from raw.article
where article_reader = $article_reader
    and (article_id, revision_id) in (select unnest(list_zip($articles, $revisions)))
order by article_id, revision_id
"""  # noqa: S608 - names of our own

# Every capture that showed a text has the problems of its facts.
_CAPTURES = """
select sighting.article_id, sighting.revision_id, captured.fetch_id, captured.url, captured.fetched_at
from raw.sighting as sighting inner join raw.fetch as captured on captured.fetch_id = sighting.fetch_id
where sighting.article_reader = $article_reader
    and (sighting.article_id, sighting.revision_id) in (select unnest(list_zip($articles, $revisions)))
order by all
"""

_Key = tuple[str, str]
"""Ids of an article and of its text."""
_Captures = Mapping[_Key, Sequence[tuple[str, str, datetime]]]


def reread(
    home: Path,
    portals: Sequence[str],
    read: Read,
    *,
    readers: Readers = CURRENT_READERS,
    progress: Progress | None = None,
    texts_a_transaction: int = TEXTS_A_TRANSACTION,
) -> int:
    """Have the facts of stored texts that an older reader of facts read be read by this one; return how many.

    What it leaves is what a load of the whole archive by these readers leaves. Whatever is raised, what was
    committed stays, and the rest is read the next time. Raises what `load` raises.

    Args:
        home: Of the warehouse.
        portals: Whose texts.
        read: Reads facts; the newest readers' versions are `readers`.
        readers: Texts of another article reader stay as they are.
        progress: Told how many texts of how many were read.
        texts_a_transaction: What a kill makes us read again at most.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection:
        with in_our_words(path):
            refuse_newer(connection, readers, path)
            rereader = _Rereader(connection, list(portals), readers)
            stale = rereader.stale()
        done = 0
        with closing(read(rereader.texts(stale, texts_a_transaction))) as rereadings:
            while group := list(islice(rereadings, texts_a_transaction)):
                with in_our_words(path):
                    rereader.commit(group)
                done += len(group)
                if progress:
                    progress("facts read again", done, len(stale))
        with in_our_words(path):
            rereader.carry_marks()
    return len(stale)


class _Rereader:
    def __init__(self, connection: Connection, portals: list[str], readers: Readers) -> None:
        self._connection = connection
        self._portals = portals
        self._readers = readers
        self._merger = Merger(connection, readers)

    def stale(self) -> list[_Key]:
        """Return what an older reader of facts has read."""
        versions = {"article_reader": self._readers.article, "fact_reader": self._readers.fact}
        return self._connection.execute(_STALE, {**versions, "portals": self._portals}).fetchall()

    def texts(self, keys: Sequence[_Key], at_once: int) -> Iterator[StoredText]:
        for first in range(0, len(keys), at_once):
            yield from map(stored_text, self._of(_TEXTS, keys[first : first + at_once]))

    def carry_marks(self) -> None:
        committed(self._connection, lambda: self._merger.carry_marks(self._portals))

    def commit(self, rereadings: Sequence[Rereading]) -> None:
        captures: dict[_Key, list[tuple[str, str, datetime]]] = {}
        keys = [(r.text.article_id, r.text.revision_id) for r in rereadings]
        for article, revision, fetch, url, when in self._of(_CAPTURES, keys):
            captures.setdefault((article, revision), []).append((fetch, url, when))
        staged = self._staged(rereadings, captures)
        committed(self._connection, lambda: self._merger.merge_rereadings(staged))

    def _of(self, sql: str, keys: Sequence[_Key]) -> list[tuple[Any, ...]]:
        articles, revisions = [article for article, _ in keys], [revision for _, revision in keys]
        named = {"article_reader": self._readers.article, "articles": articles, "revisions": revisions}
        return self._connection.execute(sql, named).fetchall()

    def _staged(self, rereadings: Sequence[Rereading], captures: _Captures) -> dict[str, pa.Table]:
        try:
            return self._arrow(rereadings, captures)
        except (pa.ArrowException, ValueError, OverflowError, TypeError):
            # Something in one text's facts fits no column. Find it, keep the others.
            return self._arrow([self._storable(each, captures) for each in rereadings], captures)

    def _storable(self, rereading: Rereading, captures: _Captures) -> Rereading:
        try:
            self._arrow([rereading], captures)
        except (pa.ArrowException, ValueError, OverflowError, TypeError) as error:
            problem = Problem("facts", "not_storable", f"{type(error).__name__}: {error}"[:300])
            return Rereading(rereading.text, None, (problem,))
        return rereading

    def _arrow(self, rereadings: Sequence[Rereading], captures: _Captures) -> dict[str, pa.Table]:
        rows: Rows = {table: [] for table in _FACTS}
        read: list[Row] = []
        for rereading in rereadings:
            text, facts = rereading.text, rereading.facts or Facts()
            problems = [*rereading.problems, *facts.problems]
            problems += add_facts(
                rows, text.fetch_id, text.article_id, text.revision_id, facts, self._readers
            )
            key = (text.article_id, text.revision_id)
            read.append({"article_id": key[0], "revision_id": key[1], "districts": facts.districts})
            rows["problem"] += [
                problem_row(problem, self._readers, text.portal, when, fetch=fetch, url=url, article=key[0])
                for fetch, url, when in captures[key]
                for problem in problems
            ]
        rows["problem"] = list({row["problem_id"]: row for row in rows["problem"]}.values())
        tables = {table: to_arrow(rows[table], self._merger.schemas[table]) for table in _FACTS}
        return {**tables, "rereading": to_arrow(read, _REREADING)}


def stored_text(row: Sequence[Any]) -> StoredText:
    """Return a text from its row: article_id, revision_id, fetch_id and the columns `TEXT_FIELDS`."""
    article_id, revision_id, fetch_id, *read = row
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in zip(TEXT_FIELDS, read, strict=True)
    }
    return StoredText(values["portal"], article_id, revision_id, fetch_id, Article(**values))
