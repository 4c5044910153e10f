with loaded as (
    select * from {{ source('raw', 'sighting') }}
),

held_articles as (
    select * from {{ ref('stg_held_articles') }}
),

source as (
    select loaded.*
    from loaded
    left join held_articles on loaded.article_id = held_articles.article_id
    where held_articles.article_id is null or loaded.fetched_at <= held_articles.kept_to
),

renamed as (
    select
        ---------- ids
        fetch_id,
        article_id,
        revision_id,

        ---------- numbers
        article_reader,
        fact_reader,

        ---------- timestamps
        fetched_at
    from source
)

select * from renamed
