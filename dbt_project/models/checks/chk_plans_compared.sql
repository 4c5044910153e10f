-- Value and plan of one article against its stated percent; only where there is one of each,
-- since a value that is compared with two plans does not say whose percent is whose.
with reports as (
    select * from {{ ref('chk_statements_selected') }}
),

checked as (
    select
        'plan_ratio' as audit,
        stated.report_id,
        any_value(levels.report_id) as value_report_id,
        any_value(plans.report_id) as reference_report_id,
        false as territory_changed,
        any_value(100 * levels.value / plans.value) as expected,
        any_value(100 * levels.value_low / plans.value_high) as expected_low,
        any_value(100 * levels.value_high / plans.value_low) as expected_high
    from reports as stated
    inner join reports as levels
        on
            stated.revision_id = levels.revision_id
            and stated.ref_area = levels.ref_area
            and stated.indicator = levels.indicator
            and stated.other_name = levels.other_name
            and stated.slice = levels.slice
            and stated.time_period = levels.time_period
            and levels.measure = 'level'
            and levels.obs_status in ('A', 'E')
    inner join reports as plans
        on
            levels.revision_id = plans.revision_id
            and levels.ref_area = plans.ref_area
            and levels.indicator = plans.indicator
            and levels.other_name = plans.other_name
            and levels.slice = plans.slice
            and levels.base_unit = plans.base_unit
            and levels.period_start >= plans.period_start
            and levels.period_end <= plans.period_end
            and plans.measure = 'level'
            and plans.obs_status = 'T'
            and plans.value_low > 0
    where stated.measure = 'plan_ratio'
    group by stated.report_id
    having count(*) = 1
    qualify count(*) over (partition by any_value(levels.report_id)) = 1
)

select * from checked
