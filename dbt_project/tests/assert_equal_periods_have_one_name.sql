select
    period_start,
    period_end
from {{ ref('int_periods_parsed') }}
where period_start is not null
group by period_start, period_end
having count(distinct time_period) > 1
