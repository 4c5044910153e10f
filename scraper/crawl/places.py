"""Where the frontier's pages lie in the archive, and what becomes of pages whose place is lost.

Works on the frontier's open database within the frontier's transactions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scraper.archive.writer import Location
from scraper.crawl.looks import Database


def captures(db: Database) -> Iterator[tuple[str, Location]]:
    """Yield each page's key and where its last whole payload lies."""
    rows = db.execute(
        "select url_key, warc_file, warc_offset, warc_length from page where warc_file is not null"
    )
    for key, *place in rows:
        yield key, Location(*place)


def lose(db: Database, keys: Iterable[str], now: int, since: int | None) -> int:
    """Make pages due as if they had not been fetched, their payloads being lost; return how many.

    What is known to be gone or moved is asked for again where its answer came at `since` or later, for the
    load may not have heard of it; its lost payload cannot be had again.
    """
    count = 0
    for key in keys:
        db.execute(
            "update page set warc_file = null, warc_offset = null, warc_length = null, etag = null, "
            "last_modified = null, body_hash = null where url_key = ?",
            (key,),
        )
        count += db.execute(
            "update page set state = 'new', due_at = ?, why = 'lost', tries = 0 "
            "where url_key = ? and state not in ('gone', 'moved', 'refused')",
            (now, key),
        ).rowcount
    if since is not None:
        count += db.execute(
            "update page set due_at = ?, why = 'lost' where state in ('gone', 'moved') and fetched_at >= ?",
            (now, since),
        ).rowcount
    return count
