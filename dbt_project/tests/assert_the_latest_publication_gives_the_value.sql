select series.point_id
from {{ ref('indicator_series') }} as series
inner join {{ ref('indicator_reports') }} as reports on series.point_id = reports.point_id
where
    reports.is_standing
    and reports.value is not null
    and not series.is_retracted
    and reports.reported_at > series.reported_at
