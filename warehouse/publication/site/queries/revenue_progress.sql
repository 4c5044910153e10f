-- Budget revenue as percent of the annual plan, counted from the start of the year: one point an area and period,
-- an actual before an estimate, the plan that the city assigned before the area's own.
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
    series.indicator = 'budget_revenue'
    and series.measure = 'plan_ratio'
    and series.breakdown is null
    and series.base in ('assigned_plan', 'annual_plan', 'own_plan')
    and series.obs_status in ('A', 'E')
    and series.is_year_to_date
    and not series.is_retracted
qualify row_number() over (
    partition by series.ref_area, series.time_period
    order by
        series.obs_status, list_position(['assigned_plan', 'annual_plan', 'own_plan'], series.base),
        series.reported_at desc nulls last, series.point_id
) = 1
order by series.period_end, series.ref_area
