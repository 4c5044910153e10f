-- key: run_id, portal. One row a portal that a refresh judged: what it did, how the pages read compare with the portal's own past, and
-- which bounds were crossed. Judged are the captures after `seen_from` and up to `seen_to`.
create table raw.portal_run (
    run_id varchar not null,
    portal varchar not null,
    judged_at timestamptz not null,
    seen_from timestamptz,
    seen_to timestamptz,
    found bigint not null,
    requests bigint not null,
    fetched bigint not null,
    unchanged bigint not null,
    new bigint not null,
    edited bigint not null,
    gone bigint not null,
    failed bigint not null,
    problems json not null,
    fill json not null,
    selectors json not null,
    newest_article date,
    silent_days integer,
    usual_gap_days double,
    failure varchar,
    troubles json not null,
    is_held boolean not null,
    crawl json not null
);

-- key: portal, held_at. A portal whose bounds were crossed: its captures after `kept_to` stay out of the marts until the row is released.
create table raw.hold (
    portal varchar not null,
    run_id varchar not null,
    kept_to timestamptz not null,
    held_at timestamptz not null,
    reason varchar not null,
    released_at timestamptz,
    released_by varchar
);
