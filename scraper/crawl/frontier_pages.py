"""The rows of the frontier's pages: links taken in, listings that go on, answers written down.

Works on the frontier's open database within the frontier's transactions.
"""

from __future__ import annotations

from hashlib import blake2b

from scraper.crawl.frontier_records import DISCOVERY, Found, Gain, Settled
from scraper.crawl.looks import Database

RANK = {kind: rank for rank, kind in enumerate((*DISCOVERY, "article", "attachment"))}
"""Order of kinds: what names others is asked for before them."""


def add_links(db: Database, one: Settled, now: int, trusts_lastmod: bool) -> Gain:
    """Take in the links that an answer named, with the dates beside them; return what that brought.

    Args:
        db: The frontier's.
        one: The page that named them.
        now: When links that are new, or newer by a trusted date, become due.
        trusts_lastmod: Whether the portal's dates are believed.
    """
    new = changed = articles = 0
    named_in = one.key if one.key.startswith("sitemap ") else None
    for link in one.links:
        row = db.execute(
            "select lastmod, fetched_at, newest from page where url_key = ?", (link.key,)
        ).fetchone()
        if row is None:
            insert_page(db, link, now, "new")
        if named_in is not None and link.lastmod is not None:
            db.execute(
                "update page set named_in = ?, named_at = ? where url_key = ?",
                (named_in, one.fetched_at, link.key),
            )
        if row is None:
            new += 1
            articles += link.kind == "article"
            continue
        lastmod, fetched_at, newest = row
        if link.lastmod is not None and link.lastmod > (lastmod or 0):
            # A page that had no date so far is asked for only if the date lies behind our own visit.
            is_newer = fetched_at is not None and (lastmod is not None or link.lastmod > fetched_at)
            db.execute(
                # A date that is not believed makes no page young.
                "update page set lastmod = ?, newest = iif(?, max(newest, ?), newest), "
                "suspected_at = null where url_key = ?",
                (link.lastmod, trusts_lastmod, link.lastmod, link.key),
            )
            if is_newer and trusts_lastmod:
                db.execute(
                    "update page set due_at = ?, why = 'lastmod' where url_key = ? and state <> 'refused'",
                    (now, link.key),
                )
                changed += 1
        if link.published is not None and not newest:
            db.execute(
                "update page set published = ?, newest = ? where url_key = ?",
                (link.published, link.published, link.key),
            )
    return Gain(new, changed, articles)


def goes_on(db: Database, one: Settled, gain: Gain) -> bool:
    """Tell whether a listing's next page is wanted: a listing stops at what is known.

    A page seen for the first time leads on though feeds named its links before, unless another page of
    the listing named the same: some portals repeat a page for every number behind the last.
    """
    links_hash = blake2b("\n".join(link.key for link in one.links).encode(), digest_size=8).hexdigest()
    db.execute("update page set links_hash = ? where url_key = ?", (links_hash, one.key))
    if gain.new or gain.changed:
        return True
    twin = db.execute(
        "select 1 from page where rank = (select rank from page where url_key = ?1) and url_key <> ?1 "
        "and links_hash = ?2 and root_url = (select root_url from page where url_key = ?1)",
        (one.key, links_hash),
    ).fetchone()
    return one.is_first_look and bool(one.links) and twin is None


def insert_page(db: Database, link: Found, now: int, why: str) -> None:
    """Take in a page, due at once; nothing happens where it is known."""
    db.execute(
        "insert into page (url_key, url, kind, rank, state, due_at, why, newest, lastmod, published, "
        "tries, page_no, depth, root_url, discovered_at) "
        "values (?, ?, ?, ?, 'new', ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) on conflict do nothing",
        (
            link.key, link.url, link.kind, RANK[link.kind], now, why,
            max(link.lastmod or 0, link.published or 0), link.lastmod, link.published,
            link.page_no, link.depth, link.root_url, now,
        ),
    )  # fmt: skip


def settle_page(db: Database, one: Settled) -> None:
    """Write down what became of a page."""
    location = one.location
    db.execute(
        "update page set state = :state, last_outcome = :outcome, last_status = :status, "
        "fetched_at = :fetched_at, due_at = :due_at, why = :why, tries = :tries, "
        "etag = case when :forgets then null when :body_hash is null then coalesce(:etag, etag) "
        "else :etag end, "
        "last_modified = case when :forgets then null "
        "when :body_hash is null then coalesce(:last_modified, last_modified) else :last_modified end, "
        "body_at = case when :body_hash is null then body_at else :fetched_at end, "
        "body_hash = case when :forgets then null else coalesce(:body_hash, body_hash) end, "
        "warc_file = coalesce(:warc_file, warc_file), "
        "warc_offset = coalesce(:warc_offset, warc_offset), "
        "warc_length = coalesce(:warc_length, warc_length) where url_key = :key",
        {
            "state": one.state,
            "outcome": one.outcome,
            "status": one.status,
            "fetched_at": one.fetched_at,
            "due_at": one.due_at,
            "why": one.why,
            "tries": one.tries,
            "etag": one.etag,
            "last_modified": one.last_modified,
            "body_hash": one.body_hash,
            "forgets": one.names_nothing,
            "key": one.key,
            "warc_file": location and location.warc_file,
            "warc_offset": location and location.offset,
            "warc_length": location and location.length,
        },
    )
