-- The raw schema: what was read, as it was read. No PRIMARY KEY, UNIQUE, sequence or ENUM, so that DuckLake can hold
-- the same; rows are written by MERGE on the columns named as the key, and tests hold them unique.

create schema if not exists raw;

-- key: portal
create table raw.portal (
    portal varchar not null,
    name varchar not null,
    base_url varchar not null,
    family varchar not null,
    ref_area varchar,
    retired_on date,
    is_verified boolean not null,
    notice varchar
);

-- key: run_id
create table raw.run (
    run_id varchar not null,
    command varchar not null,
    version varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    exit_code integer,
    message varchar,
    counts json,
    stage varchar
);

-- key: portal, warc_file, warc_offset. One row an archived answer about an article; listings, feeds and sitemaps stay in the archive.
create table raw.fetch (
    fetch_id varchar not null,
    portal varchar not null,
    url varchar not null,
    kind varchar not null,
    article_id varchar,
    fetched_at timestamptz not null,
    http_status integer not null,
    outcome varchar not null,
    content_type varchar,
    payload_digest varchar not null,
    payload_bytes bigint not null,
    warc_file varchar not null,
    warc_offset bigint not null,
    warc_length bigint not null,
    etag varchar,
    last_modified varchar
);

-- key: article_id, revision_id, article_reader. One row a distinct text of an article as one reader version reads it.
create table raw.article (
    article_id varchar not null,
    revision_id varchar not null,
    article_reader integer not null,
    fact_reader integer not null,
    portal varchar not null,
    native_id varchar,
    url varchar not null,
    canonical_url varchar not null,
    headline varchar not null,
    description varchar,
    body_text varchar using compression zstd not null,
    captions varchar[] not null,
    authors varchar[] not null,
    source varchar,
    section varchar[] not null,
    attachments varchar[] not null,
    date_published varchar,
    date_source varchar,
    date_confidence double,
    date_modified varchar,
    content_kind varchar not null,
    layout varchar not null,
    districts varchar[] not null,
    text_hash varchar not null,
    fetch_id varchar not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null
);

-- key: fetch_id, article_reader. Which text a capture of an article showed: what first_seen and last_seen are made of.
create table raw.sighting (
    fetch_id varchar not null,
    article_reader integer not null,
    fact_reader integer not null,
    article_id varchar not null,
    revision_id varchar not null,
    fetched_at timestamptz not null
);

-- key: article_id
create table raw.article_state (
    article_id varchar not null,
    portal varchar not null,
    url varchar not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    gone_at timestamptz
);

-- key: article_id, url
create table raw.attachment (
    article_id varchar not null,
    url varchar not null,
    first_seen timestamptz not null
);

-- key: meeting_id, fact_reader
create table raw.meeting (
    meeting_id varchar not null,
    article_id varchar not null,
    revision_id varchar not null,
    fact_reader integer not null,
    name varchar not null,
    classification varchar not null,
    organization varchar,
    ordinal integer,
    start_date date,
    end_date date,
    part_of_day varchar,
    location varchar,
    ref_area varchar,
    status varchar not null,
    field varchar not null,
    quote varchar not null,
    quote_start integer not null,
    quote_end integer not null,
    confidence double not null,
    rule varchar not null
);

-- key: meeting_id, fact_reader, person_name
create table raw.meeting_participant (
    meeting_id varchar not null,
    fact_reader integer not null,
    position integer not null,
    person_name varchar not null,
    roles varchar[] not null,
    note varchar not null
);

-- key: observation_id, fact_reader
create table raw.observation (
    observation_id varchar not null,
    article_id varchar not null,
    revision_id varchar not null,
    fact_reader integer not null,
    position integer not null,
    indicator_name varchar not null,
    indicator varchar not null,
    breakdown varchar,
    measure varchar not null,
    base varchar,
    obs_value decimal(28, 6) not null,
    obs_value_upper decimal(28, 6),
    unit_measure varchar not null,
    unit_mult integer not null,
    bound varchar not null,
    obs_status varchar not null,
    time_period varchar not null,
    ref_area varchar not null,
    field varchar not null,
    quote varchar not null,
    quote_start integer not null,
    quote_end integer not null,
    confidence double not null,
    rule varchar not null
);

-- key: revision_id, fact_reader, ref_area
create table raw.area_mention (
    article_id varchar not null,
    revision_id varchar not null,
    fact_reader integer not null,
    ref_area varchar not null,
    printed_name varchar not null
);

-- key: problem_id
create table raw.problem (
    problem_id varchar not null,
    portal varchar not null,
    stage varchar not null,
    kind varchar not null,
    detail varchar not null,
    quote varchar,
    url varchar,
    article_id varchar,
    fetch_id varchar,
    article_reader integer,
    fact_reader integer,
    occurred_at timestamptz not null
);

-- key: portal, warc_file, article_reader, fact_reader. How far an archive file was read, in the transaction of its rows.
create table raw.archive_progress (
    portal varchar not null,
    warc_file varchar not null,
    article_reader integer not null,
    fact_reader integer not null,
    read_to bigint not null,
    records bigint not null,
    loaded_at timestamptz not null
);
