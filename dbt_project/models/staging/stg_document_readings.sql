with source as (
    select * from {{ source('raw', 'document_reading') }}
),

renamed as (
    select
        ---------- ids
        revision_id,
        document_id,

        ---------- text
        'attachment:' || position as field,

        ---------- numbers
        fact_reader,
        position
    from source
)

select * from renamed
