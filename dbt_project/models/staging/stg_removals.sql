with source as (
    select * from {{ source('raw', 'removal') }}
),

renamed as (
    select
        ---------- ids
        removal_id,
        article_id,

        ---------- text
        kind,

        ---------- dates
        decided_on
    from source
)

select * from renamed
