with source as (
    select * from {{ source('raw', 'article_state') }}
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
        gone_at
    from source
)

select * from renamed
