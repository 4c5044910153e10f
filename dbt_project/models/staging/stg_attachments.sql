with loaded as (
    select * from {{ source('raw', 'attachment') }}
),

held_articles as (
    select * from {{ ref('stg_held_articles') }}
),

source as (
    select loaded.*
    from loaded
    left join held_articles on loaded.article_id = held_articles.article_id
    where held_articles.article_id is null or loaded.first_seen <= held_articles.kept_to
),

renamed as (
    select
        ---------- ids
        article_id,

        ---------- text
        url,

        ---------- timestamps
        first_seen
    from source
)

select * from renamed
