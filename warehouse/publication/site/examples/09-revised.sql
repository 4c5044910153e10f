-- Con số đã được báo cáo lại ra sao
-- How figures were reported again
select
    area_name, indicator, time_period, base_unit,
    previous_value as before, value as now, quote
from indicator_series
where is_revised
order by last_reported_at desc
limit 50;
