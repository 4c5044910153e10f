"""The frontier's tables, one file a portal. Times are whole seconds since 1970 (UTC)."""

from __future__ import annotations

SCHEMA_VERSION = 1
SCHEMA = """
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
