"""The statements that bring a stage of rows into the raw tables, each with what it is for.

They read the stage as `staged_<table>`, hand on to one another in temporary tables, and know the versions of
the readers as $article_reader and $fact_reader. `warehouse.merge` runs them, in the order of the tuples.
"""

from __future__ import annotations

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

CAPTURED = (_FETCHES, _TOUCHED, _SIGHTINGS_LOST, _SIGHTINGS, _SPEAKING, _OUTDATED)
"""Take in the captures, and find whose facts are new (`speaking`) and whose are old (`outdated`)."""

REMOVALS = (
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
        for table in ("meeting", "observation", "area_mention", "document_reading")
    ),
    """
    merge into raw.article as kept using outdated
    on kept.article_id = outdated.article_id and kept.revision_id = outdated.revision_id
        and kept.article_reader = $article_reader
    when matched then delete
    """,
)

ARTICLES_NEW = """
select speaking_article.portal, count(distinct speaking_article.article_id), count(*)
from (select portal, article_id from staged_article semi join speaking using (fetch_id)) as speaking_article
anti join raw.article as article using (article_id)
group by speaking_article.portal
"""

REVISIONS_NEW = """
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

# Gone: when it was first found gone after it was last seen. Returned: when it was first seen after it was
# last found gone.
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

PROBLEMS = """
merge into raw.problem as kept using staged_problem as staged on kept.problem_id = staged.problem_id
when not matched then insert by name
"""

_DOCUMENTS = """
merge into raw.document as kept using staged_document as staged
on kept.document_id = staged.document_id and kept.article_reader = staged.article_reader
when matched and kept.text is distinct from staged.text
    then update set text = staged.text, pages = staged.pages, kind = staged.kind, cut = staged.cut
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

READ = (
    *_INSERTS,
    *(_CAPTURES, _SPANS, _STATES, _STATES_LOST, _STATES_KNOWN),
    *(_ATTACHMENTS, _DOCUMENTS, _PROBLEMS_SOLVED, PROBLEMS, _PROGRESS),
)
"""Take in what was read from the captures that speak; the last marks how far the archive is read."""

# Facts read again from stored texts: of the same revisions, by a newer reader of facts alone.
REREAD = (
    "create or replace temp table outdated as select article_id, revision_id from staged_rereading",
    *REMOVALS[:-1],
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
    PROBLEMS,
)

# What the n-th attachment of a text says now, in place of what it said when it was another document.
ATTACHED = (
    """
    merge into raw.observation as kept using staged_document_reading as staged
    on kept.revision_id = staged.revision_id and kept.fact_reader = staged.fact_reader
        and kept.field = 'attachment:' || staged.position
    when matched then delete
    """,
    """
    merge into raw.document_reading as kept using staged_document_reading as staged
    on kept.revision_id = staged.revision_id and kept.fact_reader = staged.fact_reader
        and kept.position = staged.position
    when matched then delete
    """,
    "insert into raw.observation by name select * exclude (fetch_id) from staged_observation",
    """
    merge into raw.area_mention as kept using (
        select distinct on (revision_id, fact_reader, ref_area) * exclude (fetch_id) from staged_area_mention
    ) as staged
    on kept.revision_id = staged.revision_id and kept.fact_reader = staged.fact_reader
        and kept.ref_area = staged.ref_area
    when not matched then insert by name
    """,
    "insert into raw.document_reading by name select * from staged_document_reading",
    PROBLEMS,
)

# What no column could hold was not stored at all: its file is read again from the archive.
MARKS_CARRIED = """
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

PORTALS = """
merge into raw.portal as kept using staged_portal as staged on kept.portal = staged.portal
when matched and kept is distinct from staged then update set
    name = staged.name, base_url = staged.base_url, family = staged.family, ref_area = staged.ref_area,
    retired_on = staged.retired_on, is_verified = staged.is_verified, notice = staged.notice,
    is_paused = staged.is_paused, paused_until = staged.paused_until, precedence = staged.precedence
when not matched then insert by name
"""
