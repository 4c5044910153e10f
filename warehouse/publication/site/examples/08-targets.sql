-- Mục tiêu và kết quả
-- Targets and what came
select
    area_name, indicator_name, time_period, base_unit,
    target_value as target, actual_value as actual,
    difference
from indicator_targets_vs_actuals
where actual_value is not null
order by period_end desc
limit 50;
