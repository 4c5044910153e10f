-- Hai nơi nói hai con số
-- Two places, two numbers
select
    area_name, indicator_name, time_period, base_unit,
    earlier_value, later_value,
    round(100 * difference / abs(earlier_value), 1) as percent,
    earlier_quote, later_quote
from indicator_contradictions
order by abs(difference / nullif(earlier_value, 0)) desc nulls last;
