with revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

texts as (
    select * from {{ ref('int_article_texts_selected') }}
),

selected as (
    select
        ---------- ids
        revisions.revision_id,
        revisions.article_id,
        revisions.portal,

        ---------- text
        revisions.headline,
        revisions.description,
        texts.body_text,
        revisions.captions,
        revisions.text_hash,
        revisions.date_published_printed,
        revisions.date_modified_printed,
        revisions.warc_file,
        revisions.archived_copy,

        ---------- numbers
        revisions.warc_offset,
        revisions.article_reader,
        revisions.fact_reader,
        revisions.revision_number,

        ---------- booleans
        revisions.is_current,

        ---------- timestamps
        revisions.reported_at,
        revisions.first_seen,
        revisions.last_seen,
        revisions.superseded_at
    from revisions
    inner join texts on revisions.revision_id = texts.revision_id
)

select * from selected
