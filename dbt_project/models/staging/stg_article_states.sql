with loaded as (
    select * from {{ source('raw', 'article_state') }}
),

held_articles as (
    select * from {{ ref('stg_held_articles') }}
),

source as (
    select
        loaded.* replace (
            if(
                held_articles.article_id is null, loaded.last_seen, held_articles.last_seen
            ) as last_seen,
            if(held_articles.article_id is null, loaded.gone_at, held_articles.gone_at) as gone_at,
            if(loaded.returned_at > held_articles.kept_to, null, loaded.returned_at) as returned_at
        )
    from loaded
    left join held_articles on loaded.article_id = held_articles.article_id
    where held_articles.article_id is null or loaded.first_seen <= held_articles.kept_to
),

renamed as (
    select
        ---------- ids
        article_id,
        portal,

        ---------- text
        url,

        ---------- timestamps
        first_seen,
        last_seen,
        gone_at,
        returned_at
    from source
)

select * from renamed
