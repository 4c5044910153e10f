with revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

copies as (
    select * from {{ ref('int_article_copies_matched') }}
),

observations as (
    select
        revision_id,
        count(*) as indicator_count
    from {{ ref('int_observations_dated') }}
    group by revision_id
),

meeting_mentions as (
    select
        revision_id,
        count(*) as meeting_count
    from {{ ref('int_meeting_mentions_selected') }}
    group by revision_id
),

seen as (
    select
        article_id,
        min(first_seen) as first_seen,
        max(last_seen) as last_seen
    from revisions
    group by article_id
),

articles as (
    select
        ---------- ids
        revisions.article_id,
        revisions.revision_id,
        revisions.portal,
        revisions.native_id,
        copies.copy_of,

        ---------- text
        revisions.canonical_url as article_url,
        revisions.url as fetched_url,
        revisions.headline,
        revisions.description,
        revisions.authors,
        revisions.source_name,
        revisions.section,
        revisions.captions,
        revisions.attachments,
        revisions.date_published_printed,
        revisions.date_source,
        revisions.content_kind,
        revisions.kind,
        revisions.layout,
        revisions.warc_file,
        revisions.archived_copy,

        ---------- numbers
        revisions.warc_offset,
        revisions.article_reader,
        revisions.fact_reader,
        revisions.date_confidence,
        revisions.body_length,
        revisions.revision_count,
        coalesce(meeting_mentions.meeting_count, 0) as meeting_count,
        coalesce(observations.indicator_count, 0) as indicator_count,

        ---------- booleans
        copies.copy_of is not null as is_copy,
        revisions.revision_count > 1 as is_edited,
        revisions.is_retracted,

        ---------- dates
        revisions.published_date,

        ---------- timestamps
        revisions.reported_at,
        seen.first_seen,
        seen.last_seen,
        revisions.gone_at,
        revisions.returned_at
    from revisions
    inner join seen on revisions.article_id = seen.article_id
    left join copies on revisions.article_id = copies.article_id
    left join observations on revisions.revision_id = observations.revision_id
    left join meeting_mentions on revisions.revision_id = meeting_mentions.revision_id
    where revisions.is_current
)

select * from articles
