with backcasts as (
    select * from {{ ref('chk_levels_backcast') }}
),

reports as (
    select * from {{ ref('indicator_reports') }}
),

series as (
    select * from {{ ref('indicator_series') }}
    where measure = 'level' and obs_status in ('A', 'E')
),

reported as (
    select
        *,
        if(indicator = 'other', indicator_name, null) as other_name
    from series
    qualify
        row_number() over (
            partition by
                ref_area, indicator, other_name, breakdown, base_unit, time_period
            order by obs_status asc, point_id asc
        ) = 1
),

derived as (
    select
        ---------- ids
        {{ surrogate_key('b', ['backcasts.growth_report_id', 'backcasts.level_report_id']) }}
            as backcast_id,
        backcasts.level_report_id,
        backcasts.growth_report_id,
        levels.article_id,
        levels.ref_area,
        levels.unit_id,
        reported.point_id as reported_point_id,

        ---------- text
        levels.area_name,
        levels.indicator,
        levels.indicator_name,
        levels.breakdown,
        levels.base_unit,
        backcasts.time_period,
        levels.time_period as level_time_period,
        levels.quote as level_quote,
        growths.quote as growth_quote,
        levels.article_url,

        ---------- numbers
        backcasts.value,
        backcasts.value_low,
        backcasts.value_high,
        reported.value as reported_value,

        ---------- booleans
        true as is_derived,
        coalesce(level_points.territory_changed, false) as territory_changed,

        ---------- timestamps
        levels.reported_at
    from backcasts
    inner join reports as levels on backcasts.level_report_id = levels.report_id
    inner join reports as growths on backcasts.growth_report_id = growths.report_id
    left join series as level_points on levels.point_id = level_points.point_id
    left join reported
        on
            levels.ref_area = reported.ref_area
            and levels.indicator = reported.indicator
            and levels.base_unit = reported.base_unit
            and backcasts.time_period = reported.time_period
            and levels.breakdown is not distinct from reported.breakdown
            -- Comparisons alone: an `or` would hold every level against every point.
            and if(levels.indicator = 'other', levels.indicator_name, null)
            is not distinct from reported.other_name
)

select * from derived
