"""What stands in a home at the end, in a form that two runs of the same portals can be compared in.

Left out is what every run has of its own: when a page was asked for and where its record lies, counts of
requests, and what a portal counts (views of a page).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from scraper.archive.reader import Captured, archive_files, archive_folder, read_archive
from tests.crawl.site import pages_of
from warehouse.connect import Connection, connect, open_warehouse, warehouse_path
from warehouse.publication.manifest import damage

State = dict[str, list[str]]
"""Rows by the table, the frontier or the archive that they stand in."""

_VIEWS = re.compile(rb"\d+ l\xc6\xb0\xe1\xbb\xa3t xem|L\xc6\xb0\xe1\xbb\xa3t xem: \d+")
_OF_A_RUN = re.compile(
    r"warc_\w+|archived_copy|fetch_id|document_id|fetched_at|first_seen|last_seen|superseded_at|occurred_at|loaded_at|problem_id"
    r"|(first|last)_fetched_at|\w*fetch(ed)?_count|payload_bytes|not_modified_count|etag|last_modified"
    r"|known_from|known_to|(article_)?history_id"
)
_RUNS = {"run", "build", "archive_progress", "portal_run", "schema_version"} | {
    *("fetch", "sighting", "portal_coverage")
}


def end_state(home: Path) -> State:
    """Return all that a finished run left in a home."""
    portals = sorted(path.parent.name for path in home.glob("*/frontier.sqlite"))
    found: State = {}
    for portal in portals:
        found[f"frontier {portal}"] = _frontier(home, portal)
        found[f"archive {portal}"] = sorted(_archive(home, portal))
    with closing(open_warehouse(warehouse_path(home), read_only=True)) as connection:
        found |= {
            f"raw.{name}": _rows(connection, "raw", name) for name in _tables(connection, "raw") - _RUNS
        }
        found["raw.fetch"] = _distinct(connection, "portal, kind, article_id, outcome", "raw.fetch")
        found["raw.sighting"] = _distinct(connection, "article_id, revision_id", "raw.sighting")
        found |= _curated(connection, "mart")
    with closing(connect(home / "published" / "current" / "cityledger.duckdb", read_only=True)) as connection:
        found |= _curated(connection, "published")
    return found


def differences(found: State, expected: State) -> list[str]:
    """Return each row that only one of two states has; empty where they are the same."""
    said = []
    for name in sorted(found.keys() | expected.keys()):
        ours, theirs = found.get(name, []), expected.get(name, [])
        said += [f"{name} lacks {row}" for row in _surplus(theirs, ours)]
        said += [f"{name} has besides {row}" for row in _surplus(ours, theirs)]
    return said


def unkept(home: Path) -> list[str]:
    """Return what a stopped run promised and does not keep: done pages that the archive lacks, a broken link.

    Any moment's home can be asked, also one that was killed in the middle.
    """
    said = []
    for frontier in sorted(home.glob("*/frontier.sqlite")):
        portal = frontier.parent.name
        archived = {one.fetch.url for one in _captured(home, portal)}
        said += [
            f"{portal}: {page['url']} is done and not in the archive"
            for page in _pages(home, portal)
            if page["state"] == "done" and page["url"] not in archived
        ]
    current = home / "published" / "current"
    if current.is_symlink():
        said += [f"the publication is damaged: {name}" for name in damage(current.resolve())]
    return said


def _frontier(home: Path, portal: str) -> list[str]:
    return sorted(f"{page['state']} {page['url_key']} {page['text_hash']}" for page in _pages(home, portal))


def _pages(home: Path, portal: str) -> list[dict[str, object]]:
    """The pages of a frontier; none where a kill came before its tables were made."""
    try:
        return pages_of(home, portal)
    except sqlite3.OperationalError:
        return []


def _archive(home: Path, portal: str) -> set[str]:
    """Every article's payload that came whole, once."""
    return {
        f"{one.fetch.url} {sha256(_VIEWS.sub(b'', one.body)).hexdigest()}"
        for one in _captured(home, portal)
        if one.fetch.kind == "article" and one.fetch.outcome == "ok" and not one.is_revisit
    }


def _captured(home: Path, portal: str) -> Iterator[Captured]:
    folder = archive_folder(home, portal)
    for file in archive_files(folder):
        yield from read_archive(folder, portal, file.name)


def _tables(connection: Connection, schema: str) -> set[str]:
    sql = "select table_name from duckdb_tables() where schema_name = ? and not starts_with(table_name, '__')"
    return {str(name) for (name,) in connection.execute(sql, [schema]).fetchall()}


def _curated(connection: Connection, called: str) -> State:
    tables = _tables(connection, "marts") - _RUNS
    return {f"{called} {name}": _rows(connection, "marts", name) for name in tables}


def _rows(connection: Connection, schema: str, table: str) -> list[str]:
    columns = [
        str(row[0])
        for row in connection.execute(f"describe {schema}.{table}").fetchall()
        if not _OF_A_RUN.fullmatch(str(row[0]))
    ]
    wanted = ", ".join(f"{name} is not null as {name}" if name == "gone_at" else name for name in columns)
    # What a crawl met on its way is no part of what it left.
    where = " where stage <> 'crawl'" if "stage" in columns and "kind" in columns else ""
    return sorted(map(repr, connection.execute(f"select {wanted} from {schema}.{table}{where}").fetchall()))


def _distinct(connection: Connection, columns: str, table: str) -> list[str]:
    where = " where outcome = 'ok'" if "outcome" in columns else ""
    return sorted(map(repr, connection.execute(f"select distinct {columns} from {table}{where}").fetchall()))


def _surplus(rows: list[str], others: list[str]) -> list[str]:
    """The rows of the first that the second has not as often."""
    return sorted((Counter(rows) - Counter(others)).elements())
