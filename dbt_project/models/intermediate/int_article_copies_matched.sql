-- The same body under another address is a copy of the article that had it first. Short bodies
-- prove nothing.
with revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
    where body_length >= 200
),

carriers as (
    select
        body_key,
        article_id,
        bool_and(is_retracted) as is_retracted,
        min(reported_at) as reported_at,
        min(first_seen) as first_seen
    from revisions
    group by body_key, article_id
),

originals as (
    select
        body_key,
        first(
            article_id
            order by is_retracted, reported_at nulls last, first_seen, article_id
        ) as article_id
    from carriers
    group by body_key
    having count(*) > 1
),

matched as (
    select
        revisions.article_id,
        originals.article_id as copy_of
    from revisions
    inner join originals on revisions.body_key = originals.body_key
    where
        revisions.is_current
        and revisions.article_id != originals.article_id
)

select * from matched
