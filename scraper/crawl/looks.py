"""What looking at known pages proved, in the frontier's tables: looks and edits of a page, evidence of a run,
the sample of a run, and the requests that it saved.

Works on the frontier's open database within the frontier's transactions.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Protocol

from scraper.crawl.frontier_records import Found, Gain, Settled, Verdict
from scraper.crawl.lastmod import Evidence, look
from scraper.crawl.recheck import COVERED_RECHECK, NIGHT, at, seconds_to_recheck

_RUNS_KEPT = 400
_COUNTED = ("told", "quiet", "idle", "silent", "stale")


class Database(Protocol):
    """The part of an SQLite connection that is needed here; its type lives behind the door."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:  # noqa: ANN401
        """Run SQL and return what can be fetched from."""


def begin_run(db: Database, now: int) -> int:
    """Begin a run's row and return its number."""
    db.execute("insert into run (started_at) values (?)", (now,))
    run_id: int = db.execute("select max(run_id) from run").fetchone()[0]
    db.execute("delete from run where run_id <= ?", (run_id - _RUNS_KEPT,))
    return run_id


def history(db: Database) -> list[Evidence]:
    """Return the evidence of all runs that are kept, oldest first."""
    rows = db.execute("select started_at, told, quiet, idle, silent, stale from run order by run_id")
    return [Evidence(at(started).date().isoformat(), *counts) for started, *counts in rows]


def summed(runs: Sequence[Evidence]) -> dict[str, int]:
    """Return the evidence of runs together, by what it proves; what never came up is left out."""
    counts = {name: sum(getattr(run, name) for run in runs) for name in _COUNTED}
    return {name: count for name, count in counts.items() if count}


def draw_sample(db: Database, now: int, size: int, seed: str) -> None:
    """Make due, for `why` sample, so many known articles that are not due and one sub-sitemap.

    What was looked at in the last 20 hours is left: a second run of one night learns nothing by it. What the
    sample of a killed run left undone counts as part of this one. The same seed over the same pages
    draws the same.
    """
    left = db.execute("select count(*) from page where why = 'sample' and due_at <= ?", (now,)).fetchone()[0]
    random = Random(seed)  # noqa: S311 - a sample, no secret
    for wanted, restriction in (
        (size - left, "kind = 'article' and state = 'done'"),
        (1 if size and not left else 0, "kind = 'sitemap' and depth > 0 and state = 'done'"),
    ):
        keys = [
            row[0]
            for row in db.execute(
                f"select url_key from page where {restriction} "  # noqa: S608
                "and (due_at is null or due_at > ?) and coalesce(fetched_at, 0) <= ?",
                (now, now - NIGHT),
            )
        ]
        for key in random.sample(keys, min(max(wanted, 0), len(keys))):
            db.execute("update page set due_at = ?, why = 'sample' where url_key = ?", (now, key))


def forget_lastmod(db: Database) -> None:
    """Undo what a lastmod that is believed no more made of articles whose publication is known: they are as
    old as that, and due as their age says."""
    rows = db.execute(
        "select url_key, fetched_at, max(published, coalesce(edited_at, 0)), looks, edits from page "
        "where kind = 'article' and state = 'done' and newest > max(published, coalesce(edited_at, 0))"
    ).fetchall()
    for key, fetched_at, newest, looks, edits in rows:
        due_at = fetched_at + seconds_to_recheck(fetched_at - newest, key, looks, edits)
        db.execute(
            "update page set newest = ?, due_at = ?, why = 'age' where url_key = ?", (newest, due_at, key)
        )


def has_suspects(db: Database) -> bool:
    """Tell whether pages were seen edited under an unchanged lastmod, which a look at the sitemaps may
    excuse."""
    return db.execute("select 1 from page where suspected_at is not null limit 1").fetchone() is not None


def sitemaps_cover(db: Database) -> bool:
    """Tell whether the sitemaps name what the portal publishes: 99 of 100 known articles, and all of the 50
    found last."""
    known, named = db.execute(
        "select count(*), count(named_in) from page where kind = 'article' and state = 'done'"
    ).fetchone()
    late, late_named = db.execute(
        "select count(*), count(named_in) from (select named_in from page "
        "where kind = 'article' and state = 'done' order by discovered_at desc, url_key limit 50)"
    ).fetchone()
    return known > 0 and named >= 0.99 * known and late_named == late and not has_suspects(db)


def rests(db: Database, root: Found, now: int) -> bool:
    """Tell whether a page where the crawl begins need not be asked for, since trusted sitemaps cover what it
    names: a feed, listing or wp-json that was well within the last week."""
    if root.kind == "sitemap":
        return False
    row = db.execute(
        "select fetched_at, last_outcome from page where url_key = ? and state = 'done'", (root.key,)
    ).fetchone()
    return row is not None and row[1] in ("ok", "not_modified") and now - row[0] < COVERED_RECHECK


def note_answer(db: Database, one: Settled, gain: Gain) -> None:
    """Note what an answer told of its page, before the page is settled by it."""
    row = db.execute(
        "select kind, depth, body_hash, etag, last_modified, lastmod_seen, lastmod from page "
        "where url_key = ?",
        (one.key,),
    ).fetchone()
    if row is None or one.outcome not in ("ok", "not_modified"):
        return
    kind, depth, body_hash, etag, last_modified, before, lastmod = row
    is_same = one.outcome == "not_modified"
    is_stale = False
    if body_hash is not None and kind == "article":
        is_stale = not is_same and (
            one.etag == etag
            if one.etag and etag
            else bool(last_modified) and one.last_modified == last_modified
        )
        if is_same:
            db.execute("update page set looks = looks + 1 where url_key = ?", (one.key,))
            _prove(db, one.key, look(False, before, lastmod), one.fetched_at)
    elif body_hash is not None and depth > 0:
        # A sub-sitemap's bytes may differ for nothing: what counts is whether it named anything new.
        was_edited = not is_same and gain.new + gain.changed > 0
        if look(was_edited, before, lastmod) == "silent":
            _prove(db, one.key, "silent", one.fetched_at)
    db.execute(
        "update page set lastmod_before = lastmod_seen, lastmod_seen = lastmod, asked_why = why, "
        "is_stale = ? where url_key = ?",
        (is_stale, one.key),
    )


def note_verdict(db: Database, verdict: Verdict) -> None:
    """Note whether the text that the load read is another than the one before it, before the page takes it.

    A verdict that is told again, after a kill or by another reader, counts for nothing.
    """
    fetched_at = verdict.fetched_at
    row = db.execute(
        "select text_hash, judged_at, body_at, fetched_at, lastmod_before, lastmod_seen, is_stale from page "
        "where url_key = ?",
        (verdict.url_key,),
    ).fetchone()
    if row is None or fetched_at is None or (row[1] is not None and fetched_at <= row[1]):
        return
    text_hash, _, body_at, page_fetched_at, before, seen, is_stale = row
    db.execute("update page set judged_at = ? where url_key = ?", (fetched_at, verdict.url_key))
    if verdict.text_hash is None or text_hash is None:
        return
    was_edited = verdict.text_hash != text_hash
    db.execute(
        "update page set looks = looks + 1, edits = edits + ?, edited_at = iif(?, ?, edited_at) "
        "where url_key = ?",
        (was_edited, was_edited, fetched_at, verdict.url_key),
    )
    _count(db, "edited", was_edited)
    if fetched_at == body_at == page_fetched_at:  # What lastmod said at that very answer is known.
        _count(db, "stale", was_edited and bool(is_stale))
        _prove(db, verdict.url_key, look(was_edited, before, seen), fetched_at)


def judge_suspects(db: Database, started_at: int) -> None:
    """Count as lies, or drop, the suspicions of earlier runs, as the sitemaps of this one stand.

    An edit made between our look at the sitemap and our look at the page is no lie: the portal tells of it
    the next time. A page that its sitemap names no more is let go.
    """
    rows = db.execute(
        "select page.url_key, page.named_at, sitemap.fetched_at, sitemap.last_outcome from page "
        "left join page as sitemap on sitemap.url_key = page.named_in "
        "where page.suspected_at < ?",
        (started_at,),
    ).fetchall()
    for key, named_at, sitemap_at, outcome in rows:
        if sitemap_at is not None and (sitemap_at < started_at or outcome not in ("ok", "not_modified")):
            continue  # The sitemap was not to be had: another run judges.
        is_named = sitemap_at is not None and (outcome == "not_modified" or named_at >= started_at)
        _count(db, "silent", is_named)
        db.execute("update page set suspected_at = null where url_key = ?", (key,))


def saved(db: Database, started_at: int, trusts_lastmod: bool) -> dict[str, int]:
    """Return the requests that asking for everything again would have cost beside those of this run, by what
    saved them.

    lastmod: articles whose sitemap told of no edit; not_due: articles without such a date that were looked at
    lately enough; listing_stop: pages of listings behind known ones; sitemap: parts of the sitemap that its
    index told to be as before; covered: feeds, listings and wp-json whose articles the sitemaps name.
    """
    rows = db.execute(
        "select case when kind = 'sitemap' then 'sitemap' when kind <> 'article' and page_no > 1 "
        "then 'listing_stop' when kind <> 'article' then 'covered' "
        "when ? and lastmod is not null and named_in is not null then 'lastmod' else 'not_due' end as way, "
        "count(*) from page where fetched_at < ? and state in ('done', 'gone', 'moved') "
        "group by way order by way",
        (trusts_lastmod, started_at),
    )
    return dict(rows)


def _prove(db: Database, key: str, proof: str | None, fetched_at: int) -> None:
    if proof == "silent":
        db.execute("update page set suspected_at = coalesce(suspected_at, ?) where url_key = ? "
                   "and named_in is not null", (fetched_at, key))  # fmt: skip
    elif proof is not None:
        named = db.execute("select named_in is not null from page where url_key = ?", (key,)).fetchone()[0]
        _count(db, proof, named)


def _count(db: Database, column: str, number: int) -> None:
    assert column in (*_COUNTED, "edited")
    if number:
        db.execute(
            f"update run set {column} = {column} + ? where run_id = (select max(run_id) from run)",  # noqa: S608
            (int(number),),
        )
