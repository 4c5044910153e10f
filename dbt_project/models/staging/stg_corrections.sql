with source as (
    select * from {{ source('raw', 'correction') }}
),

renamed as (
    select
        ---------- ids
        correction_id,
        fact_id,
        article_id,

        ---------- text
        fact,
        quote,
        obs_value as obs_value_read,
        field,
        wrong_value,
        right_value,
        decision,
        reason,
        place,

        ---------- dates
        decided_on
    from source
)

select * from renamed
