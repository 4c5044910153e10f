-- Thu ngân sách so với kế hoạch, ở nơi có nhiều báo cáo nhất
-- Budget revenue against the plan, where it is reported most
with progress as (
    select * from indicator_series
    where indicator = 'budget_revenue' and measure = 'plan_ratio'
        and obs_status != 'T' and breakdown is null
),
most as (
    select ref_area from progress
    group by ref_area order by count(*) desc, ref_area limit 1
)
select period_end, value as percent, area_name, time_period, quote
from progress
where ref_area in (from most) and base_unit = 'percent'
order by period_end;
