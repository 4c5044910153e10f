with portals as (
    select * from {{ ref('int_portals_summarised') }}
),

selected as (
    select
        ---------- ids
        portal,

        ---------- text
        portal_name,
        base_url,
        family,
        ref_area,
        notice,

        ---------- numbers
        fetch_count,
        article_count,

        ---------- booleans
        is_verified,

        ---------- dates
        retired_on,
        first_published_date,
        last_published_date,

        ---------- timestamps
        first_fetched_at,
        last_fetched_at
    from portals
)

select * from selected
