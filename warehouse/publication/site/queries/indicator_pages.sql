-- Indicators that have a page: those of the vocabulary that have a figure, and of the others each name with three points.
select distinct
    indicator,
    '' as name_key
from indicator_series
where indicator != 'other'
union all
select
    reports.indicator,
    reports.name_key
from indicator_series as series
inner join indicator_reports as reports on series.report_id = reports.report_id
where series.indicator = 'other' and reports.name_key is not null
group by reports.indicator, reports.name_key
having count(*) >= 3
order by all
