-- Documents that articles link to, as far as their portal's file has them fetched.

-- key: document_id, article_reader. One row an archived answer that held a document, with its text as one reader version reads it. It is
-- where evidence of `field: attachment:<n>` leads: offsets count in `text`, the bytes are at `warc_file` and `warc_offset`.
create table raw.document (
    document_id varchar not null,
    article_reader integer not null,
    portal varchar not null,
    url varchar not null,
    fetched_url varchar not null,
    fetched_at timestamptz not null,
    kind varchar not null,
    pages integer not null,
    text varchar using compression zstd not null,
    cut varchar,
    content_type varchar,
    payload_digest varchar not null,
    payload_bytes bigint not null,
    warc_file varchar not null,
    warc_offset bigint not null,
    warc_length bigint not null
);

-- key: revision_id, position, fact_reader. Which document was read as the n-th attachment (from 0) of a text of an article.
create table raw.document_reading (
    article_id varchar not null,
    revision_id varchar not null,
    position integer not null,
    fact_reader integer not null,
    document_id varchar not null
);
