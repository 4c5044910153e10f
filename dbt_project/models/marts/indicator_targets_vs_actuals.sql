with series as (
    select * from {{ ref('indicator_series') }}
    where measure in ('level', 'share', 'change_rate')
),

targets as (
    select * from series
    where obs_status = 'T'
),

-- What came: the actual figure, and the estimate only where no actual one was reported.
outcomes as (
    select *
    from series
    where obs_status in ('A', 'E')
    qualify row_number() over (
        partition by
            ref_area,
            indicator,
            case when indicator = 'other' then indicator_name end,
            breakdown,
            measure,
            base,
            base_unit,
            time_period
        order by obs_status asc, reported_at desc nulls last, point_id asc
    ) = 1
),

compared as (
    select
        ---------- ids
        targets.point_id as target_point_id,
        outcomes.point_id as actual_point_id,
        targets.ref_area,
        targets.unit_id,

        ---------- text
        targets.area_name,
        targets.indicator,
        targets.indicator_name,
        targets.breakdown,
        targets.measure,
        targets.base,
        targets.base_unit,
        targets.bound as target_bound,
        outcomes.obs_status as actual_status,
        targets.time_period,
        targets.period_kind,

        ---------- numbers
        targets.value as target_value,
        targets.value_upper as target_value_upper,
        outcomes.value as actual_value,
        cast(outcomes.value - targets.value as decimal(38, 6)) as difference,

        ---------- booleans
        coalesce(targets.territory_changed or outcomes.territory_changed, false)
            as territory_changed,

        ---------- dates
        targets.period_start,
        targets.period_end,

        ---------- timestamps
        targets.reported_at as target_reported_at,
        outcomes.reported_at as actual_reported_at
    from targets
    left join outcomes
        on
            targets.ref_area = outcomes.ref_area
            and targets.indicator = outcomes.indicator
            and targets.measure = outcomes.measure
            and targets.base_unit = outcomes.base_unit
            and targets.time_period = outcomes.time_period
            and targets.breakdown is not distinct from outcomes.breakdown
            and targets.base is not distinct from outcomes.base
            and (
                targets.indicator != 'other'
                or targets.indicator_name = outcomes.indicator_name
            )
)

select * from compared
