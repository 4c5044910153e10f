with source as (
    select * from {{ source('raw', 'sighting') }}
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
