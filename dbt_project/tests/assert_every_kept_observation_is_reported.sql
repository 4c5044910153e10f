-- Inner joins on the way to the mart drop nothing.
select observations.report_id
from {{ ref('int_observations_dated') }} as observations
left join {{ ref('indicator_reports') }} as reports on observations.report_id = reports.report_id
where reports.report_id is null
