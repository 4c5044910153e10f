"""The frontier's tables, one file a portal, in numbered steps. Times are whole seconds since 1970 (UTC).

A file that an earlier CityLedger made is brought up step by step, each in a transaction of its own. A step
that was released is never edited: what is needed more is a new one at the end.
"""

from __future__ import annotations

_FIRST = """
create table page (
    url_key text primary key,
    url text not null,              -- as first found: the form that is asked for
    kind text not null,
    rank integer not null,          -- order of kinds
    state text not null,            -- new, done, gone, moved, failed, refused
    due_at integer,                 -- null: not before something makes it due
    why text not null,              -- what made it due: new, root, lastmod, age, gone, failed, full
    newest integer not null,        -- latest known date of the page, 0 where none is known
    lastmod integer,                -- as the portal said it last
    published integer,
    etag text,
    last_modified text,
    body_hash text,                 -- of the last whole payload
    body_at integer,                -- when one came last
    text_hash text,                 -- of the text read from it: a verdict of the load
    tries integer not null,         -- failures since the last answer
    last_outcome text,
    last_status integer,
    warc_file text,
    warc_offset integer,
    warc_length integer,
    page_no integer not null,       -- of a listing
    depth integer not null,         -- of a sitemap
    root_url text,                  -- first page of the listing
    links_hash text,                -- of the keys that a listing's page named
    discovered_at integer not null,
    fetched_at integer
) without rowid;
create index page_due on page (rank, due_at, newest desc) where due_at is not null;
create table note (name text primary key, value text not null) without rowid;
"""

_RUNS_AND_LOOKS = """
alter table page add column looks integer not null default 0;  -- answers that told whether the text changed
alter table page add column edits integer not null default 0;  -- of them, those that showed another text
alter table page add column edited_at integer;                 -- when one did last
alter table page add column judged_at integer;                 -- the newest answer that the load has judged
alter table page add column asked_why text;                    -- what had made it due when last asked for
alter table page add column lastmod_seen integer;              -- lastmod as said when an answer came last
alter table page add column lastmod_before integer;            -- and when the answer before that came
alter table page add column suspected_at integer;              -- edited under an unchanged lastmod, unproved
alter table page add column is_stale integer not null default 0; -- other bytes under the same validators
update page set judged_at = fetched_at where text_hash is not null;
update page set lastmod_seen = lastmod
    where fetched_at is not null and not (why = 'lastmod' and due_at is not null);
create table run (
    run_id integer primary key,
    started_at integer not null,
    finished_at integer,            -- null: it goes on, or was killed
    told integer not null default 0,    -- looks that found an edit which lastmod had told of
    quiet integer not null default 0,   -- nothing changed, neither text nor lastmod
    idle integer not null default 0,    -- lastmod renewed, text unchanged
    silent integer not null default 0,  -- text edited, lastmod unchanged: proved in a later run
    stale integer not null default 0,   -- text edited, ETag or Last-Modified unchanged
    edited integer not null default 0,  -- texts that changed, by the load's verdict
    report text                         -- JSON of the run's report
);
"""

_NAMED = """
alter table page add column named_in text;      -- the sitemap that named it last
alter table page add column named_at integer;   -- when that came
"""

STEPS = (_FIRST, _RUNS_AND_LOOKS, _NAMED)
"""Step n brings a file from version n - 1 to n (`pragma user_version`)."""

SCHEMA_VERSION = len(STEPS)
