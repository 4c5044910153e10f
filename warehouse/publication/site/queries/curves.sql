-- Every total that can be compared over the years: one point an area, indicator, measure, unit and period, targets
-- apart, an actual before an estimate. Changes count against the same period or year before alone.
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
    reports.published_date
from indicator_series as series
inner join indicator_reports as reports on series.report_id = reports.report_id
inner join indicators on series.indicator = indicators.indicator
where
    series.indicator != 'other'
    and series.measure in ('level', 'share', 'change_rate')
    and (series.base is null or series.base in ('same_period', 'previous_year'))
    and series.breakdown is null
    and series.period_end is not null
    and not series.is_retracted
qualify row_number() over (
    partition by
        series.ref_area, series.indicator, series.measure, series.base_unit, series.time_period,
        series.obs_status = 'T'
    order by series.obs_status, series.reported_at desc nulls last, series.point_id
) = 1
order by series.period_end, series.ref_area
