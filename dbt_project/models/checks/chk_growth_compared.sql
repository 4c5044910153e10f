-- Value and last year's reported value, actual or estimated, against the stated growth.
with current_reports as (
    select * from {{ ref('chk_statements_selected') }}
    where gives_the_value
),

compared as (
    select
        stated.report_id,
        stated.value_low as stated_low,
        stated.value_high as stated_high,
        levels.report_id as value_report_id,
        priors.report_id as reference_report_id,
        priors.obs_status as reference_status,
        stated.territory_changed,
        100 * (levels.value / priors.value - 1) as expected,
        100 * (levels.value_low / priors.value_high - 1) as expected_low,
        100 * (levels.value_high / priors.value_low - 1) as expected_high
    from current_reports as stated
    inner join current_reports as levels
        on
            stated.ref_area = levels.ref_area
            and stated.indicator = levels.indicator
            and stated.other_name = levels.other_name
            and stated.slice = levels.slice
            and stated.time_period = levels.time_period
            and stated.obs_status = levels.obs_status
            and levels.measure = 'level'
    inner join current_reports as priors
        on
            levels.ref_area = priors.ref_area
            and levels.indicator = priors.indicator
            and levels.other_name = priors.other_name
            and levels.slice = priors.slice
            and levels.base_unit = priors.base_unit
            and levels.period_kind = priors.period_kind
            and levels.period_start = cast(priors.period_start + interval 1 year as date)
            and levels.time_period[5:] = priors.time_period[5:]
            and priors.measure = 'level'
            and priors.obs_status in ('A', 'E')
            and priors.value_low > 0
    where
        stated.measure = 'change_rate'
        and (
            stated.base = 'same_period'
            or (stated.base = 'previous_year' and stated.period_kind = 'year')
        )
    qualify count(*) over (partition by stated.report_id, priors.obs_status) = 1
),

-- A growth that agrees with the estimate of the year before was counted from it.
checked as (
    select
        'growth' as audit,
        * exclude (stated_low, stated_high, reference_status)
    from compared
    qualify
        row_number() over (
            partition by report_id
            order by
                coalesce(stated_low > expected_high or stated_high < expected_low, false) asc,
                reference_status asc
        ) = 1
)

select * from checked
