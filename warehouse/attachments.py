"""The figures of documents that articles link to: read once for each text, document and reader of facts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from scraper.items import AttachedText, AttachmentFacts, Document, Facts, Progress
from warehouse.connect import Connection, committed, in_our_words, open_warehouse, warehouse_path
from warehouse.fact_rows import Readers, Rows, add_facts
from warehouse.load import CURRENT_READERS, refuse_newer
from warehouse.merge import Merger
from warehouse.reread import TEXT_FIELDS, stored_text
from warehouse.rows import problem_row, to_arrow

Read = Callable[[Iterator[AttachedText]], Generator[AttachmentFacts]]
"""Reads the figures of documents, giving them in their order; closed when nothing more of it is wanted."""

Normalise = Callable[[str], str]
"""Gives an address the form that documents are known by."""

DOCUMENTS_A_TRANSACTION = 200

_LINKS = """
select article_id, revision_id, attachments from raw.article
where article_reader = $article_reader and fact_reader = $fact_reader
    and len(attachments) > 0 and list_contains($portals, portal)
order by article_id, revision_id
"""

_NEWEST = """
select portal, url, arg_max(document_id, row(fetched_at, document_id)) from raw.document
where article_reader = $article_reader and list_contains($portals, portal)
group by portal, url
"""

_READ = "select revision_id, position, document_id from raw.document_reading where fact_reader = $fact_reader"

_PAIR = f"""
select
    document.document_id, document.url, document.kind, document.pages, document.text, document.cut,
    document.fetched_at, article.article_id, article.revision_id, article.fetch_id,
    {", ".join(f"article.{name}" for name in TEXT_FIELDS)}
from raw.article as article, raw.document as document
where article.article_reader = $article_reader and document.article_reader = $article_reader
    and article.revision_id = $revision and document.document_id = $document
"""  # noqa: S608 - names of our own

_FACTS = ("observation", "area_mention", "problem", "document_reading")

_Pending = tuple[str, int, str]
"""Id of the article's text, place among its attachments, id of the document."""


def read_attached(
    home: Path,
    portals: Sequence[str],
    read: Read,
    normalise: Normalise,
    *,
    readers: Readers = CURRENT_READERS,
    progress: Progress | None = None,
    documents_a_transaction: int = DOCUMENTS_A_TRANSACTION,
) -> int:
    """Have the figures of attached documents read that were not yet; return how many documents.

    Of two captures of a document the newer counts. Whatever is raised, what was committed stays, and the
    rest is read the next time. Raises what `load` raises.

    Args:
        home: Of the warehouse.
        portals: Whose articles.
        read: Reads figures; the newest readers' versions are `readers`.
        normalise: What the documents' addresses were brought into form by.
        readers: Texts of other readers have no facts to add to.
        progress: Told how many documents of how many were read.
        documents_a_transaction: What a kill makes us read again at most.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection:
        with in_our_words(path):
            refuse_newer(connection, readers, path)
            stage = _Stage(connection, list(portals), readers, normalise)
            pending = stage.pending()
        done = 0
        with closing(read(stage.texts(pending))) as found:
            while group := list(islice(found, documents_a_transaction)):
                with in_our_words(path):
                    stage.commit(group)
                done += len(group)
                if progress:
                    progress("attachments read", done, len(pending))
    return len(pending)


class _Stage:
    def __init__(
        self, connection: Connection, portals: list[str], readers: Readers, normalise: Normalise
    ) -> None:
        self._connection, self._portals, self._readers = connection, portals, readers
        self._normalise = normalise
        self._merger = Merger(connection, readers)
        self._versions = {"article_reader": readers.article, "fact_reader": readers.fact}

    def pending(self) -> list[_Pending]:
        of_portals = {"article_reader": self._readers.article, "portals": self._portals}
        newest = {url: document for _, url, document in self._rows(_NEWEST, of_portals)}
        if not newest:
            return []
        done = set(self._rows(_READ, {"fact_reader": self._readers.fact}))
        found = []
        for _, revision, links in self._rows(_LINKS, {**self._versions, "portals": self._portals}):
            for position, link in enumerate(links):
                document = newest.get(self._normalise(link))
                if document is not None and (revision, position, document) not in done:
                    found.append((revision, position, document))
        return found

    def texts(self, pending: Sequence[_Pending]) -> Iterator[AttachedText]:
        for revision, position, document in pending:
            named = {"revision": revision, "document": document, "article_reader": self._readers.article}
            for row in self._rows(_PAIR, named):
                document_read = Document(*row[1:6])
                yield AttachedText(stored_text(row[7:]), position, row[0], document_read, row[6])

    def commit(self, group: Sequence[AttachmentFacts]) -> None:
        staged = {
            table: to_arrow(rows, self._merger.schemas[table]) for table, rows in self._of(group).items()
        }
        committed(self._connection, lambda: self._merger.merge_attachments(staged))

    def _of(self, group: Sequence[AttachmentFacts]) -> Rows:
        rows: Rows = {table: [] for table in (*_FACTS, "meeting", "meeting_participant")}
        for each in group:
            attached, text = each.attached, each.attached.text
            facts = each.facts or Facts()
            problems = [*each.problems, *facts.problems]
            document = attached.document_id
            problems += add_facts(rows, document, text.article_id, text.revision_id, facts, self._readers)
            rows["problem"] += [
                problem_row(
                    problem,
                    self._readers,
                    text.portal,
                    attached.fetched_at,
                    fetch=document,
                    url=attached.document.url,
                    article=text.article_id,
                )
                for problem in problems
            ]
            rows["document_reading"].append(
                {
                    "article_id": text.article_id,
                    "revision_id": text.revision_id,
                    "position": attached.position,
                    "fact_reader": self._readers.fact,
                    "document_id": document,
                }
            )
        rows["problem"] = list({row["problem_id"]: row for row in rows["problem"]}.values())
        return {table: rows[table] for table in _FACTS}

    def _rows(self, sql: str, named: dict[str, Any]) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, named).fetchall()
