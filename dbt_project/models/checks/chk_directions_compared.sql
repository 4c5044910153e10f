-- A change in percent against the same change in numbers: both rise or both fall.
with reports as (
    select * from {{ ref('chk_statements_selected') }}
    where value != 0
),

checked as (
    select
        'direction' as audit,
        rates.report_id,
        any_value(amounts.report_id) as value_report_id,
        null as reference_report_id,
        false as territory_changed,
        null as expected,
        if(any_value(amounts.value) > 0, 0, null) as expected_low,
        if(any_value(amounts.value) < 0, 0, null) as expected_high
    from reports as rates
    inner join reports as amounts
        on
            rates.revision_id = amounts.revision_id
            and rates.ref_area = amounts.ref_area
            and rates.indicator = amounts.indicator
            and rates.other_name = amounts.other_name
            and rates.slice = amounts.slice
            and rates.time_period = amounts.time_period
            and rates.obs_status = amounts.obs_status
            and rates.base is not distinct from amounts.base
    where rates.measure = 'change_rate' and amounts.measure = 'change_abs'
    group by rates.report_id
    having count(*) = 1
)

select * from checked
