"""The SQL that merges a stage of rows into the raw tables, so that any order of loading gives the same rows.

Everything said of an article is made anew from all that is known of it: which capture speaks for a revision
(its first), how long a revision was seen, whether the article is gone. Nothing depends on what came first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warehouse.connect import Connection
from warehouse.fact_rows import Readers, Row
from warehouse.rows import TABLES, to_arrow

EXTRA = {
    "meeting": "fetch_id",
    "meeting_participant": "fetch_id",
    "observation": "fetch_id",
    "area_mention": "fetch_id",
}
"""Columns of staged rows that their raw tables do not have."""

# In this order. $article_reader and $fact_reader are the versions of the readers.
_FETCHES = """
merge into raw.fetch as kept using staged_fetch as staged
on kept.portal = staged.portal and kept.warc_file = staged.warc_file and kept.warc_offset = staged.warc_offset
when matched and (kept.outcome, kept.article_id) is distinct from (staged.outcome, staged.article_id)
    then update set outcome = staged.outcome, article_id = staged.article_id
when not matched then insert by name
"""

_TOUCHED = """
create or replace temp table touched as
select distinct article_id from staged_fetch where article_id is not null
"""

# A page read anew may give another text, or none: then its old sighting goes.
_SIGHTINGS_LOST = """
merge into raw.sighting as kept
using (select fetch_id from staged_fetch anti join staged_sighting using (fetch_id)) as silent
on kept.fetch_id = silent.fetch_id and kept.article_reader = $article_reader
when matched then delete
"""

_SIGHTINGS = """
merge into raw.sighting as kept using staged_sighting as staged
on kept.fetch_id = staged.fetch_id and kept.article_reader = staged.article_reader
when matched and (kept.fact_reader, kept.article_id, kept.revision_id)
        is distinct from (staged.fact_reader, staged.article_id, staged.revision_id)
    then update set
        fact_reader = staged.fact_reader, article_id = staged.article_id, revision_id = staged.revision_id
when not matched then insert by name
"""

# The first capture of a text speaks for it: its metadata and its facts are the revision's.
_SPEAKING = """
create or replace temp table speaking as
with first_capture as (
    select article_id, revision_id, arg_min(fetch_id, row(fetched_at, fetch_id)) as fetch_id
    from raw.sighting semi join touched using (article_id)
    where article_reader = $article_reader and fact_reader = $fact_reader
    group by article_id, revision_id
)
select first_capture.* from first_capture semi join staged_article using (fetch_id)
"""

_OUTDATED = """
create or replace temp table outdated as
select distinct article.article_id, article.revision_id
from raw.article as article semi join touched using (article_id)
left join speaking on speaking.article_id = article.article_id and speaking.revision_id = article.revision_id
left join raw.sighting as sighting
    on sighting.article_id = article.article_id and sighting.revision_id = article.revision_id
    and sighting.article_reader = $article_reader
where speaking.revision_id is not null
    or (article.article_reader = $article_reader and sighting.revision_id is null)
"""

_REMOVALS = (
    """
    merge into raw.meeting_participant as kept
    using (
        select meeting_id from raw.meeting semi join outdated using (revision_id)
        where fact_reader = $fact_reader
    ) as outdated
    on kept.meeting_id = outdated.meeting_id and kept.fact_reader = $fact_reader
    when matched then delete
    """,
    *(
        f"""
        merge into raw.{table} as kept using outdated
        on kept.revision_id = outdated.revision_id and kept.fact_reader = $fact_reader
        when matched then delete
        """
        for table in ("meeting", "observation", "area_mention")
    ),
    """
    merge into raw.article as kept using outdated
    on kept.article_id = outdated.article_id and kept.revision_id = outdated.revision_id
        and kept.article_reader = $article_reader
    when matched then delete
    """,
)

_ARTICLES_NEW = """
select speaking_article.portal, count(distinct speaking_article.article_id), count(*)
from (select portal, article_id from staged_article semi join speaking using (fetch_id)) as speaking_article
anti join raw.article as article using (article_id)
group by speaking_article.portal
"""

_REVISIONS_NEW = """
select staged.portal, count(*)
from staged_article as staged
semi join speaking using (fetch_id)
anti join raw.article as article
    on article.article_id = staged.article_id and article.revision_id = staged.revision_id
    and article.article_reader = staged.article_reader
group by staged.portal
"""

_INSERTS = (
    "insert into raw.article by name select * from staged_article semi join speaking using (fetch_id)",
    *(
        f"""
        insert into raw.{table} by name
        select * exclude (fetch_id) from staged_{table} semi join speaking using (fetch_id)
        """  # noqa: S608 - names of our own
        for table in ("meeting", "meeting_participant", "observation", "area_mention")
    ),
)

# A page that was not modified means what the last capture of the very payload that it names meant: the
# article, an error page, a challenge. Where the archive holds no such capture it means nothing.
_CAPTURES = """
create or replace temp table capture as
select
    article_id,
    portal,
    url,
    fetch_id,
    fetched_at,
    last_value(if(outcome = 'not_modified', null, fetch_id) ignore nulls) over known as shown_fetch_id,
    last_value(if(outcome = 'not_modified', null, outcome) ignore nulls) over known as outcome
from raw.fetch semi join touched using (article_id)
window known as (partition by article_id, payload_digest order by fetched_at, fetch_id)
"""

_SPANS = """
merge into raw.article as kept using (
    select
        sighting.article_id,
        sighting.revision_id,
        min(capture.fetched_at) as first_seen,
        max(capture.fetched_at) as last_seen
    from capture
    inner join raw.sighting as sighting
        on sighting.fetch_id = capture.shown_fetch_id and sighting.article_reader = $article_reader
    group by sighting.article_id, sighting.revision_id
) as span
on kept.article_id = span.article_id and kept.revision_id = span.revision_id
    and kept.article_reader = $article_reader
when matched and (kept.first_seen, kept.last_seen) is distinct from (span.first_seen, span.last_seen)
    then update set first_seen = span.first_seen, last_seen = span.last_seen
"""

# Gone: when it was first found gone after it was last seen. Returned: when it was first seen after it was last
# found gone.
_STATES = """
create or replace temp table state as
with alive as (
    select
        article_id,
        any_value(portal) as portal,
        arg_max(url, row(fetched_at, fetch_id)) as url,
        min(fetched_at) as first_seen,
        max(fetched_at) as last_seen
    from capture
    where outcome in ('ok', 'truncated', 'too_large')
    group by article_id
),
absent as (
    select
        alive.article_id,
        min(capture.fetched_at) filter (capture.fetched_at > alive.last_seen) as gone_at,
        max(capture.fetched_at) filter (
            capture.fetched_at between alive.first_seen and alive.last_seen
        ) as gone_before
    from alive
    inner join capture on capture.article_id = alive.article_id and capture.outcome = 'gone'
    group by alive.article_id
)
select
    alive.*,
    any_value(absent.gone_at) as gone_at,
    min(capture.fetched_at) as returned_at
from alive
left join absent using (article_id)
left join capture
    on capture.article_id = alive.article_id
    and capture.outcome in ('ok', 'truncated', 'too_large') and capture.fetched_at > absent.gone_before
group by all
"""

_STATES_LOST = """
merge into raw.article_state as kept
using (from touched anti join state using (article_id)) as lost
on kept.article_id = lost.article_id
when matched then delete
"""

_STATES_KNOWN = """
merge into raw.article_state as kept using state on kept.article_id = state.article_id
when matched and (kept.url, kept.first_seen, kept.last_seen, kept.gone_at, kept.returned_at)
        is distinct from (state.url, state.first_seen, state.last_seen, state.gone_at, state.returned_at)
    then update set
        url = state.url, first_seen = state.first_seen, last_seen = state.last_seen,
        gone_at = state.gone_at, returned_at = state.returned_at
when not matched then insert by name
"""

_SEEN = (_CAPTURES, _SPANS, _STATES, _STATES_LOST, _STATES_KNOWN)

_ATTACHMENTS = """
merge into raw.attachment as kept using (
    select article_id, url, min(first_seen) as first_seen from staged_attachment group by article_id, url
) as staged
on kept.article_id = staged.article_id and kept.url = staged.url
when matched and staged.first_seen < kept.first_seen then update set first_seen = staged.first_seen
when not matched then insert by name
"""

# A page read anew may no longer have a problem that it had; one that it still has stays as it was.
_PROBLEMS_SOLVED = """
merge into raw.problem as kept using staged_fetch as staged
on kept.fetch_id = staged.fetch_id
    and coalesce(kept.article_reader, $article_reader) = $article_reader
    and coalesce(kept.fact_reader, $fact_reader) = $fact_reader
when matched and kept.problem_id not in (select problem_id from staged_problem) then delete
"""

_PROBLEMS = """
merge into raw.problem as kept using staged_problem as staged on kept.problem_id = staged.problem_id
when not matched then insert by name
"""

_PROGRESS = """
merge into raw.archive_progress as kept using (
    select
        portal, warc_file, article_reader, fact_reader,
        max(read_to) as read_to, sum(records)::bigint as records, max(loaded_at) as loaded_at
    from staged_archive_progress
    group by portal, warc_file, article_reader, fact_reader
) as staged
on kept.portal = staged.portal and kept.warc_file = staged.warc_file
    and kept.article_reader = staged.article_reader and kept.fact_reader = staged.fact_reader
when matched and staged.read_to > kept.read_to then update set
    read_to = staged.read_to, records = kept.records + staged.records, loaded_at = staged.loaded_at
when not matched then insert by name
"""

# Facts read again from stored texts: of the same revisions, by a newer reader of facts alone.
_REREAD = (
    "create or replace temp table outdated as select article_id, revision_id from staged_rereading",
    *_REMOVALS[:-1],
    *(
        f"insert into raw.{table} by name select * exclude (fetch_id) from staged_{table}"  # noqa: S608
        for table in ("meeting", "meeting_participant", "observation", "area_mention")
    ),
    """
    merge into raw.article as kept using staged_rereading as staged
    on kept.article_id = staged.article_id and kept.revision_id = staged.revision_id
        and kept.article_reader = $article_reader
    when matched then update set fact_reader = $fact_reader, districts = staged.districts
    """,
    """
    merge into raw.sighting as kept using staged_rereading as staged
    on kept.article_id = staged.article_id and kept.revision_id = staged.revision_id
        and kept.article_reader = $article_reader
    when matched then update set fact_reader = $fact_reader
    """,
    _PROBLEMS,
)

# What no column could hold was not stored at all: its file is read again from the archive.
_MARKS_CARRIED = """
merge into raw.archive_progress as kept using (
    select
        portal, warc_file, article_reader, $fact_reader as fact_reader,
        max(read_to) as read_to, arg_max(records, read_to) as records, now() as loaded_at
    from raw.archive_progress
    where article_reader = $article_reader and fact_reader < $fact_reader
        and list_contains($portals, portal)
        and (portal, warc_file) not in (
            select (captured.portal, captured.warc_file) from raw.fetch as captured
            semi join raw.problem as problem
                on problem.fetch_id = captured.fetch_id and problem.kind = 'not_storable'
        )
    group by portal, warc_file, article_reader
) as older
on kept.portal = older.portal and kept.warc_file = older.warc_file
    and kept.article_reader = older.article_reader and kept.fact_reader = older.fact_reader
when matched and older.read_to > kept.read_to then update set
    read_to = older.read_to, records = older.records, loaded_at = older.loaded_at
when not matched then insert by name
"""

_PORTALS = """
merge into raw.portal as kept using staged_portal as staged on kept.portal = staged.portal
when matched and kept is distinct from staged then update set
    name = staged.name, base_url = staged.base_url, family = staged.family, ref_area = staged.ref_area,
    retired_on = staged.retired_on, is_verified = staged.is_verified, notice = staged.notice,
    is_paused = staged.is_paused, paused_until = staged.paused_until, precedence = staged.precedence
when not matched then insert by name
"""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge added, by portal."""

    new_articles: Mapping[str, int]
    new_revisions: Mapping[str, int]
    """Of new articles too."""


class Merger:
    """Merges staged Arrow tables into the raw tables; the caller owns connection and transaction."""

    def __init__(self, connection: Connection, readers: Readers) -> None:
        self._connection = connection
        self._versions = {"article_reader": readers.article, "fact_reader": readers.fact}
        self.schemas = {table: _schema(connection, table) for table in (*TABLES, "portal")}

    def merge(self, staged: Mapping[str, pa.Table]) -> Merged:
        """Merge the tables of one stage: every name of `TABLES`."""
        for table, rows in staged.items():
            self._connection.register(f"staged_{table}", rows)
        try:
            for sql in (_FETCHES, _TOUCHED, _SIGHTINGS_LOST, _SIGHTINGS, _SPEAKING, _OUTDATED):
                self._run(sql)
            new_articles = {portal: articles for portal, articles, _ in self._run(_ARTICLES_NEW).fetchall()}
            new_revisions = dict(self._run(_REVISIONS_NEW).fetchall())
            if self._run("select count(*) from outdated").fetchone() != (0,):
                for sql in _REMOVALS:
                    self._run(sql)
            for sql in (*_INSERTS, *_SEEN, _ATTACHMENTS, _PROBLEMS_SOLVED, _PROBLEMS, _PROGRESS):
                self._run(sql)
        finally:
            for table in staged:
                self._connection.unregister(f"staged_{table}")
        return Merged(new_articles, new_revisions)

    def merge_rereadings(self, staged: Mapping[str, pa.Table]) -> None:
        """Merge facts read again: `rereading` (article_id, revision_id, districts), facts and problems."""
        for table, rows in staged.items():
            self._connection.register(f"staged_{table}", rows)
        try:
            for sql in _REREAD:
                self._run(sql)
        finally:
            for table in staged:
                self._connection.unregister(f"staged_{table}")

    def carry_marks(self, portals: list[str]) -> None:
        """Count what older readers of facts read of these portals' archives as read by this one."""
        self._connection.execute(_MARKS_CARRIED, {**self._versions, "portals": portals})

    def merge_portals(self, rows: list[Row]) -> None:
        """Bring raw.portal up to these rows; portals that are not named stay."""
        self._merge_one("portal", rows, _PORTALS)

    def merge_problems(self, rows: list[Row]) -> int:
        """Add problems that are not there yet; return how many that were."""
        return self._merge_one("problem", rows, _PROBLEMS)

    def _merge_one(self, table: str, rows: list[Row], sql: str) -> int:
        self._connection.register(f"staged_{table}", to_arrow(rows, self.schemas[table]))
        try:
            return int(self._run(sql).fetchone()[0])
        finally:
            self._connection.unregister(f"staged_{table}")

    def _run(self, sql: str) -> Any:  # noqa: ANN401 - what DuckDB's execute gives
        used = {name: value for name, value in self._versions.items() if f"${name}" in sql}
        return self._connection.execute(sql, used) if used else self._connection.execute(sql)


def _schema(connection: Connection, table: str) -> pa.Schema:
    """Return the Arrow schema of a raw table as its DDL has it, with what staged rows have beside."""
    schema = connection.table(f"raw.{table}").limit(0).to_arrow_table().schema
    required = {
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns()"
            " where schema_name = 'raw' and table_name = ? and not is_nullable",
            [table],
        ).fetchall()
    }
    fields = [column.with_nullable(column.name not in required) for column in schema]
    if table in EXTRA:
        fields.append(pa.field(EXTRA[table], pa.string()))
    return pa.schema(fields)
