-- A whole against the parts that the same article gives: all parts of a whole make it, some of them
-- are not more than it, and no slice is greater than the whole that it is cut from.
with reports as (
    select * from {{ ref('chk_statements_selected') }}
    where measure = 'level' and obs_status in ('A', 'E')
),

indicator_parts as (
    select
        *,
        count(*) over (partition by whole) as part_count
    from {{ ref('indicator_parts') }}
),

-- Amounts and counts add up; rates, indices and averages do not.
amounts as (
    select * from reports
    where
        base_unit not in ('percent', 'percentage_point', 'times', 'index_point')
        and not contains(indicator, '_per_capita')
        and not contains(indicator, 'yield')
),

wholes as (
    select * from amounts
    where slice = ''
    qualify
        count(*) over (
            partition by revision_id, ref_area, indicator, other_name, base_unit, time_period
        ) = 1
),

summed as (
    select
        'parts' as audit,
        wholes.report_id,
        arg_max(parts.report_id, parts.value) as value_report_id,
        sum(parts.value) as expected,
        sum(parts.value_low) as expected_low,
        if(
            bool_and(indicator_parts.is_complete)
            and count(*) = any_value(indicator_parts.part_count),
            sum(parts.value_high),
            null
        ) as expected_high
    from wholes
    inner join indicator_parts on wholes.indicator = indicator_parts.whole
    inner join wholes as parts
        on
            wholes.revision_id = parts.revision_id
            and wholes.ref_area = parts.ref_area
            and wholes.time_period = parts.time_period
            and wholes.base_unit = parts.base_unit
            and wholes.obs_status = parts.obs_status
            and indicator_parts.part = parts.indicator
    group by wholes.report_id
),

sliced as (
    select
        'slices' as audit,
        wholes.report_id,
        arg_max(slices.report_id, slices.value_low) as value_report_id,
        max(slices.value) as expected,
        max(slices.value_low) as expected_low,
        null as expected_high
    from wholes
    inner join amounts as slices
        on
            wholes.revision_id = slices.revision_id
            and wholes.ref_area = slices.ref_area
            and wholes.indicator = slices.indicator
            and wholes.other_name = slices.other_name
            and wholes.time_period = slices.time_period
            and wholes.base_unit = slices.base_unit
            and wholes.obs_status = slices.obs_status
    where slices.slice != ''
    group by wholes.report_id
),

compared as (
    select * from summed

    union all

    select * from sliced
),

checked as (
    select
        *,
        null as reference_report_id,
        false as territory_changed
    from compared
)

select * from checked
