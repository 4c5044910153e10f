with source as (
    select * from {{ source('raw', 'meeting_participant') }}
),

renamed as (
    select
        ---------- ids
        meeting_id as mention_id,

        ---------- text
        person_name,
        roles,
        note,

        ---------- numbers
        fact_reader,
        position
    from source
)

select * from renamed
