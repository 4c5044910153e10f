with vocabulary as (
    select * from {{ ref('indicator_vocabulary') }}
),

observations as (
    select
        indicator,
        count(*) as report_count
    from {{ ref('int_observations_dated') }}
    where is_current
    group by indicator
),

keys as (
    select * from vocabulary

    union all

    select
        'other' as indicator,
        'other' as topic,
        'Chỉ tiêu khác' as label_vi,
        'Any other indicator, by its printed name' as label_en,
        null as default_unit,
        null as variants
),

counted as (
    select
        ---------- ids
        keys.indicator,

        ---------- text
        keys.topic,
        keys.label_vi,
        keys.label_en,
        keys.default_unit,
        string_split(coalesce(keys.variants, ''), '|') as variants,

        ---------- numbers
        coalesce(observations.report_count, 0) as report_count
    from keys
    left join observations on keys.indicator = observations.indicator
)

select * from counted
