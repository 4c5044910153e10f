-- This year's level and its stated growth give the level of the year before, with the interval that
-- the printed precision of both allows.
with reports as (
    select * from {{ ref('chk_statements_selected') }}
    where gives_the_value
),

growths as (
    select * from reports
    where
        measure = 'change_rate'
        and period_kind in ('month', 'quarter', 'half_year', 'year', 'year_to_date')
        and value_low > -100
        and obs_status in ('A', 'E')
        and (base = 'same_period' or (base = 'previous_year' and period_kind = 'year'))
),

backcast as (
    select
        levels.report_id as level_report_id,
        growths.report_id as growth_report_id,
        cast(cast(levels.time_period[:4] as integer) - 1 as varchar) || levels.time_period[5:]
            as time_period,
        levels.value / (1 + growths.value / 100) as value,
        levels.value_low / (1 + growths.value_high / 100) as value_low,
        levels.value_high / (1 + growths.value_low / 100) as value_high
    from growths
    inner join reports as levels
        on
            growths.ref_area = levels.ref_area
            and growths.indicator = levels.indicator
            and growths.other_name = levels.other_name
            and growths.slice = levels.slice
            and growths.time_period = levels.time_period
            and growths.obs_status = levels.obs_status
            and growths.revision_id = levels.revision_id
    where levels.measure = 'level'
    qualify count(*) over (partition by growths.report_id) = 1
),

-- No digit is given that the printed precision does not carry: two of the interval's width.
measured as (
    select
        *,
        cast(
            least(
                6,
                1 - floor(log10(nullif(
                    coalesce(
                        value_high - value_low, 2 * (value - value_low), 2 * (value_high - value)
                    ),
                    0
                )))
            ) as integer
        ) as kept_decimals
    from backcast
),

rounded as (
    select
        level_report_id,
        growth_report_id,
        time_period,
        try_cast(round(value, coalesce(kept_decimals, 6)) as decimal(38, 6)) as value,
        try_cast(round(value_low, coalesce(kept_decimals, 6)) as decimal(38, 6)) as value_low,
        try_cast(round(value_high, coalesce(kept_decimals, 6)) as decimal(38, 6)) as value_high
    from measured
)

select * from rounded
