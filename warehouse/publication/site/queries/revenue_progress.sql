-- Budget revenue as percent of the annual plan, counted from the start of the year: one point an area and period,
-- an actual before an estimate, the plan that the city assigned before the area's own.
select * exclude (reported_at, point_id)
from points
where
    indicator = 'budget_revenue'
    and measure = 'plan_ratio'
    and base in ('assigned_plan', 'annual_plan', 'own_plan')
    and obs_status in ('A', 'E')
    and is_year_to_date
qualify row_number() over (
    partition by ref_area, time_period
    order by
        obs_status, list_position(['assigned_plan', 'annual_plan', 'own_plan'], base),
        reported_at desc nulls last, point_id
) = 1
order by period_end, ref_area, point_id
