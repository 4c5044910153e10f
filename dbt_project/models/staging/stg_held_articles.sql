-- The articles of portals that are held, and what was known of each from captures before the hold.
with holds as (
    select
        portal,
        max(kept_to) as kept_to
    from {{ source('raw', 'hold') }}
    where released_at is null
    group by portal
),

states as (
    select
        states.article_id,
        holds.kept_to
    from {{ source('raw', 'article_state') }} as states
    inner join holds on states.portal = holds.portal
),

captures as (
    select
        fetches.article_id,
        fetches.fetched_at,
        fetches.outcome,
        max(fetches.fetched_at) filter (
            where fetches.outcome in ('ok', 'not_modified', 'truncated', 'too_large')
        ) over (partition by fetches.article_id) as last_seen
    from {{ source('raw', 'fetch') }} as fetches
    inner join holds
        on fetches.portal = holds.portal and fetches.fetched_at <= holds.kept_to
),

before_hold as (
    select
        article_id,
        last_seen,
        min(fetched_at) filter (where outcome = 'gone' and fetched_at > last_seen) as gone_at
    from captures
    group by article_id, last_seen
),

known as (
    select
        states.article_id,
        states.kept_to,
        before_hold.last_seen,
        before_hold.gone_at
    from states
    left join before_hold on states.article_id = before_hold.article_id
)

select * from known
