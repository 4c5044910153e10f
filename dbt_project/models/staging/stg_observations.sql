with source as (
    select * from {{ source('raw', 'observation') }}
),

renamed as (
    select
        ---------- ids
        observation_id as report_id,
        article_id,
        revision_id,

        ---------- text
        indicator_name,
        indicator,
        breakdown,
        measure,
        base,
        unit_measure,
        bound,
        obs_status,
        time_period as time_period_reported,
        ref_area,
        field,
        quote,
        rule,

        ---------- numbers
        fact_reader,
        position,
        obs_value,
        obs_value_upper,
        unit_mult,
        quote_start,
        quote_end,
        confidence
    from source
)

select * from renamed
