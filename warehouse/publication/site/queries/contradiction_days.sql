-- When the later report of each pair that differs was published.
select later.published_date
from indicator_contradictions as differing
inner join indicators on differing.indicator = indicators.indicator
inner join indicator_reports as earlier on differing.earlier_report_id = earlier.report_id
inner join indicator_reports as later on differing.later_report_id = later.report_id
