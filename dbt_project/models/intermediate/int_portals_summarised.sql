with portals as (
    select * from {{ ref('stg_portals') }}
),

fetches as (
    select * from {{ ref('stg_fetches') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
    where is_current
),

fetched as (
    select
        portal,
        count(*) as fetch_count,
        min(fetched_at) as first_fetched_at,
        max(fetched_at) as last_fetched_at
    from fetches
    group by portal
),

published as (
    select
        portal,
        count(*) as article_count,
        min(published_date) as first_published_date,
        max(published_date) as last_published_date
    from revisions
    group by portal
),

summarised as (
    select
        portals.*,
        coalesce(fetched.fetch_count, 0) as fetch_count,
        coalesce(published.article_count, 0) as article_count,
        published.first_published_date,
        published.last_published_date,
        fetched.first_fetched_at,
        fetched.last_fetched_at
    from portals
    left join fetched on portals.portal = fetched.portal
    left join published on portals.portal = published.portal
)

select * from summarised
