-- What each indicator with a page is called, and how much there is of it.
select
    series.indicator,
    if(series.indicator = 'other', coalesce(reports.name_key, ''), '') as name_key,
    if(series.indicator = 'other', max(series.indicator_name), any_value(indicators.label_vi)) as label_vi,
    if(series.indicator = 'other', max(series.indicator_name), any_value(indicators.label_en)) as label_en,
    coalesce(any_value(indicators.topic), '') as topic,
    count(*) as points,
    count(distinct series.ref_area) as areas,
    min(series.period_end) as first_day,
    max(series.period_end) as last_day,
    cast(sum(series.report_count) as bigint) as reports,
    count(*) filter (where series.is_contradicted) as contradicted,
    count(*) filter (where series.is_revised) as revised,
    coalesce(any_value(indicators.variants)[:12], []) as variants
from indicator_series as series
inner join indicator_reports as reports on series.report_id = reports.report_id
inner join indicators on series.indicator = indicators.indicator
where not series.is_retracted
group by 1, 2
order by 1, 2
