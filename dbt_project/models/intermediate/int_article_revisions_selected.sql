-- A table: nearly every mart reads it, and the fingerprint of each body is worth computing once.
{{ config(materialized='table') }}

with articles as (
    select * from {{ ref('stg_articles') }}
),

article_states as (
    select * from {{ ref('stg_article_states') }}
),

portals as (
    select * from {{ ref('stg_portals') }}
),

fetches as (
    select * from {{ ref('stg_fetches') }}
),

newest_readings as (
    select
        article_id,
        max(article_reader) as article_reader
    from articles
    group by article_id
),

readings as (
    select
        articles.* exclude (articles.body_text),
        md5(articles.body_text) as body_key,
        length(articles.body_text) as body_length
    from articles
    inner join newest_readings
        on
            articles.article_id = newest_readings.article_id
            and articles.article_reader = newest_readings.article_reader
),

numbered as (
    select
        *,
        count(*) over (partition by article_id) as revision_count,
        row_number() over (
            partition by article_id
            order by first_seen asc, last_seen asc, revision_id asc
        ) as revision_number,
        row_number() over (
            partition by article_id
            order by last_seen desc, first_seen desc, revision_id desc
        ) as recency,
        lead(first_seen) over (
            partition by article_id
            order by first_seen asc, last_seen asc, revision_id asc
        ) as next_first_seen
    from readings
),

selected as (
    select
        ---------- ids
        numbered.article_id,
        numbered.revision_id,
        numbered.portal,
        numbered.native_id,
        numbered.fetch_id,

        ---------- text
        numbered.url,
        numbered.canonical_url,
        numbered.headline,
        numbered.description,
        numbered.captions,
        numbered.authors,
        numbered.source_name,
        numbered.section,
        numbered.attachments,
        numbered.date_published_printed,
        numbered.date_source,
        numbered.date_modified_printed,
        numbered.content_kind,
        numbered.kind,
        numbered.layout,
        numbered.districts,
        numbered.text_hash,
        numbered.sketch,
        numbered.body_key,
        fetches.warc_file,
        {{ archived_copy(
            'numbered.portal', 'fetches.fetched_at', 'fetches.url'
        ) }} as archived_copy,
        portals.ref_area as portal_ref_area,

        ---------- numbers
        numbered.article_reader,
        numbered.fact_reader,
        numbered.date_confidence,
        numbered.body_length,
        numbered.revision_number,
        numbered.revision_count,
        fetches.warc_offset,

        ---------- booleans
        numbered.recency = 1 as is_current,
        -- A portal that was shut down took its pages with it; it did not take back what they said.
        coalesce(
            article_states.gone_at is not null
            and (
                portals.retired_on is null
                or {{ local_date('article_states.gone_at') }} < portals.retired_on
            ),
            false
        ) as is_retracted,

        ---------- dates
        numbered.published_date,

        ---------- timestamps
        numbered.reported_at,
        numbered.first_seen,
        numbered.last_seen,
        case
            when numbered.recency > 1 then coalesce(numbered.next_first_seen, numbered.last_seen)
        end as superseded_at,
        article_states.gone_at,
        article_states.returned_at
    from numbered
    left join article_states on numbered.article_id = article_states.article_id
    left join portals on numbered.portal = portals.portal
    left join fetches on numbered.fetch_id = fetches.fetch_id
)

select * from selected
