select series_id
from {{ ref('indicator_series') }}
group by series_id
having count(distinct base_unit) > 1 or count(distinct period_kind) > 1
