with source as (
    select * from {{ source('raw', 'area_mention') }}
),

renamed as (
    select
        ---------- ids
        article_id,
        revision_id,
        ref_area,

        ---------- text
        printed_name,

        ---------- numbers
        fact_reader
    from source
)

select * from renamed
