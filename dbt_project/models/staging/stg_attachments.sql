with source as (
    select * from {{ source('raw', 'attachment') }}
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
