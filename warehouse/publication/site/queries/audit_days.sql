-- When the statement of each check that failed was published.
select reports.published_date
from indicator_audits as audits
inner join indicator_reports as reports on audits.report_id = reports.report_id
where not audits.is_consistent
