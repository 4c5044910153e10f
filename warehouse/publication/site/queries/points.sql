-- Every point of a series with the report that gave it its value: what the charts choose among. The first columns
-- are a chart's, in the order of its points; the last ones are what a choice is made by.
select
    series.ref_area,
    series.area_name,
    series.indicator,
    indicators.label_vi,
    indicators.label_en,
    series.measure,
    series.base_unit,
    series.obs_status,
    series.time_period,
    series.period_kind,
    series.period_start,
    series.period_end,
    series.value,
    reports.obs_value,
    reports.unit_measure,
    reports.unit_mult,
    reports.bound,
    reports.obs_value_upper,
    series.quote,
    reports.headline,
    series.article_url,
    reports.published_date,
    series.base,
    series.is_year_to_date,
    series.reported_at,
    series.point_id
from indicator_series as series
inner join indicator_reports as reports on series.report_id = reports.report_id
inner join indicators on series.indicator = indicators.indicator
where series.breakdown is null and not series.is_retracted
