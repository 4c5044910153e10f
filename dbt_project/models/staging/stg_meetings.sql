with source as (
    select * from {{ source('raw', 'meeting') }}
),

renamed as (
    select
        ---------- ids
        meeting_id as mention_id,
        article_id,
        revision_id,

        ---------- text
        name as meeting_name,
        classification,
        organization,
        part_of_day,
        location,
        ref_area,
        status,
        field,
        quote,
        rule,

        ---------- numbers
        fact_reader,
        ordinal,
        quote_start,
        quote_end,
        confidence,

        ---------- dates
        start_date,
        end_date
    from source
)

select * from renamed
