-- What the current texts say of meetings, with everything that merging compares.
{{ config(materialized='table') }}

with meetings as (
    select * from {{ ref('int_meetings_corrected') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
    where is_current
),

copies as (
    select * from {{ ref('int_article_copies_matched') }}
),

selected as (
    select
        meetings.*,
        revisions.portal,
        revisions.headline,
        revisions.canonical_url as article_url,
        revisions.warc_file,
        revisions.archived_copy,
        revisions.warc_offset,
        revisions.is_retracted,
        copies.copy_of is not null as is_copy,
        revisions.published_date,
        revisions.reported_at,
        revisions.first_seen,
        revisions.last_seen,
        coalesce(meetings.start_date, revisions.published_date) as area_date,
        coalesce(meetings.end_date, meetings.start_date) as last_date,
        coalesce(
            {{ folded('meetings.organization') }},
            'area ' || meetings.ref_area,
            'mention ' || meetings.mention_id
        ) as organization_key,
        {{ folded('meetings.meeting_name') }} as name_key
    from meetings
    inner join revisions
        on
            meetings.revision_id = revisions.revision_id
            and meetings.fact_reader = revisions.fact_reader
    left join copies on meetings.article_id = copies.article_id
)

select * from selected
