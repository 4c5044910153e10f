-- Equal periods become equal: 2023-01-01/P3M is 2023-Q1. What cannot be read keeps its text and
-- has no dates.
with observations as (
    select distinct time_period_reported from {{ ref('int_observations_corrected') }}
),

tokens as (
    select
        time_period_reported,
        split_part(time_period_reported, '/', 1) as first_token,
        nullif(split_part(time_period_reported, '/', 2), '') as last_token
    from observations
),

started as (
    select
        *,
        {{ period_start('first_token') }} as first_day,
        {{ period_start('last_token') }} as last_token_day
    from tokens
),

bounded as (
    select
        time_period_reported,
        first_day,
        case
            when last_token is null then {{ period_end('first_token', 'first_day') }}
            when last_token like 'P%' then {{ duration_end('last_token', 'first_day') }}
            else {{ period_end('last_token', 'last_token_day') }}
        end as last_day
    from started
),

measured as (
    select
        time_period_reported,
        if(last_day >= first_day, first_day, null) as period_start,
        if(last_day >= first_day, last_day, null) as period_end,
        datediff('month', first_day, cast(last_day + interval 1 day as date)) as months
    from bounded
),

classified as (
    select
        *,
        cast(period_start + to_months(months) - interval 1 day as date) = period_end as is_whole,
        day(period_start) = 1 and month(period_start) = 1 as is_from_january,
        year(period_start) = year(period_end) as is_in_one_year
    from measured
),

named as (
    select
        time_period_reported,
        period_start,
        period_end,
        case
            when period_start is null then 'unknown'
            when period_start = period_end then 'day'
            when is_whole and is_from_january and months = 12 then 'year'
            when is_whole and is_from_january and months > 12 and months % 12 = 0 then 'term'
            when is_whole and day(period_start) = 1 and months = 6 and month(period_start) in (1, 7)
                then 'half_year'
            when
                is_whole and day(period_start) = 1 and months = 3
                and month(period_start) in (1, 4, 7, 10)
                then 'quarter'
            when is_whole and day(period_start) = 1 and months = 1 then 'month'
            when is_from_january and is_in_one_year then 'year_to_date'
            else 'span'
        end as period_kind,
        case when is_whole then months end as whole_months,
        coalesce(is_from_january and is_in_one_year and period_start < period_end, false)
            as is_year_to_date
    from classified
),

parsed as (
    select
        time_period_reported,
        case period_kind
            when 'unknown' then time_period_reported
            when 'day' then strftime(period_start, '%Y-%m-%d')
            when 'year' then strftime(period_start, '%Y')
            when 'term' then strftime(period_start, '%Y') || '/' || strftime(period_end, '%Y')
            when 'half_year'
                then strftime(period_start, '%Y-S') || if(month(period_start) = 1, '1', '2')
            when 'quarter' then strftime(period_start, '%Y-Q') || quarter(period_start)
            when 'month' then strftime(period_start, '%Y-%m')
            else
                strftime(period_start, '%Y-%m-%d/P') || coalesce(
                    whole_months || 'M',
                    datediff('day', period_start, period_end) + 1 || 'D'
                )
        end as time_period,
        period_kind,
        is_year_to_date,
        period_start,
        period_end
    from named
)

select * from parsed
