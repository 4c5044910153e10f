-- What came of each portal in each week (Monday to Sunday in Viet Nam), counted at the captures'
-- own dates.
with fetches as (
    select * from {{ ref('stg_fetches') }}
    where kind = 'article'
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

observations as (
    select distinct revision_id from {{ ref('int_observations_dated') }}
),

meeting_mentions as (
    select distinct revision_id from {{ ref('int_meeting_mentions_selected') }}
),

problems as (
    select * from {{ ref('int_problems_selected') }}
),

first_fetches as (
    select
        portal,
        coalesce(article_id, url) as page_key,
        min(fetched_date) as found_date
    from fetches
    group by portal, coalesce(article_id, url)
),

found as (
    select
        portal,
        cast(date_trunc('week', found_date) as date) as week_start,
        count(*) as found_count
    from first_fetches
    group by portal, cast(date_trunc('week', found_date) as date)
),

fetched as (
    select
        portal,
        cast(date_trunc('week', fetched_date) as date) as week_start,
        count(*) as fetch_count,
        count(distinct coalesce(article_id, url)) filter (where outcome = 'ok') as fetched_count,
        count(*) filter (where outcome = 'not_modified') as not_modified_count,
        count(*) filter (where outcome = 'gone') as gone_count,
        count(*) filter (
            where outcome in ('challenge', 'error', 'too_large', 'truncated')
        ) as failed_count,
        sum(payload_bytes) as payload_bytes
    from fetches
    group by portal, cast(date_trunc('week', fetched_date) as date)
),

read as (
    select
        revisions.portal,
        cast(date_trunc('week', {{ local_date('revisions.first_seen') }}) as date) as week_start,
        count(*) as read_count,
        count(*) filter (where revisions.revision_number = 1) as new_article_count,
        count(*) filter (where revisions.revision_number > 1) as edited_count,
        count(revisions.published_date) as with_date,
        count(revisions.description) as with_description,
        count(*) filter (where revisions.content_kind = 'text') as with_body,
        count(*) filter (where len(revisions.authors) > 0) as with_authors,
        count(revisions.source_name) as with_source,
        count(*) filter (where len(revisions.section) > 0) as with_section,
        count(*) filter (where len(revisions.captions) > 0) as with_captions,
        count(*) filter (where len(revisions.districts) > 0) as with_districts,
        count(meeting_mentions.revision_id) as with_meetings,
        count(observations.revision_id) as with_indicators
    from revisions
    left join observations on revisions.revision_id = observations.revision_id
    left join meeting_mentions on revisions.revision_id = meeting_mentions.revision_id
    group by
        revisions.portal,
        cast(date_trunc('week', {{ local_date('revisions.first_seen') }}) as date)
),

troubled as (
    select
        portal,
        cast(date_trunc('week', occurred_date) as date) as week_start,
        count(*) as problem_count
    from problems
    group by portal, cast(date_trunc('week', occurred_date) as date)
),

weeks as (
    select
        portal,
        week_start
    from fetched

    union

    select
        portal,
        week_start
    from read

    union

    select
        portal,
        week_start
    from troubled
),

counted as (
    select
        weeks.portal,
        weeks.week_start,
        coalesce(found.found_count, 0) as found_count,
        coalesce(fetched.fetch_count, 0) as fetch_count,
        coalesce(fetched.fetched_count, 0) as fetched_count,
        coalesce(fetched.not_modified_count, 0) as not_modified_count,
        coalesce(fetched.gone_count, 0) as gone_count,
        coalesce(fetched.failed_count, 0) as failed_count,
        cast(coalesce(fetched.payload_bytes, 0) as bigint) as payload_bytes,
        coalesce(read.read_count, 0) as read_count,
        coalesce(read.new_article_count, 0) as new_article_count,
        coalesce(read.edited_count, 0) as edited_count,
        coalesce(troubled.problem_count, 0) as problem_count,
        read.with_date,
        read.with_description,
        read.with_body,
        read.with_authors,
        read.with_source,
        read.with_section,
        read.with_captions,
        read.with_districts,
        read.with_meetings,
        read.with_indicators
    from weeks
    left join found on weeks.portal = found.portal and weeks.week_start = found.week_start
    left join fetched on weeks.portal = fetched.portal and weeks.week_start = fetched.week_start
    left join read on weeks.portal = read.portal and weeks.week_start = read.week_start
    left join troubled on weeks.portal = troubled.portal and weeks.week_start = troubled.week_start
)

select * from counted
