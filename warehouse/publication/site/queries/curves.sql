-- Every total that can be compared over the years: one point an area, indicator, measure, unit and period, targets
-- apart, an actual before an estimate. Changes count against the same period or year before alone.
select * exclude (reported_at, point_id)
from points
where
    indicator != 'other'
    and measure in ('level', 'share', 'change_rate')
    and (base is null or base in ('same_period', 'previous_year'))
    and period_end is not null
qualify row_number() over (
    partition by ref_area, indicator, measure, base_unit, time_period, obs_status = 'T'
    order by obs_status, reported_at desc nulls last, point_id
) = 1
order by period_end, ref_area, point_id
