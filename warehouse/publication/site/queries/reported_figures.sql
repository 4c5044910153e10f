-- Figures that articles report now, in the order of the text; `reported.Reported` names the columns.
select
    reports.article_id,
    reports.report_id,
    reports.ref_area,
    reports.area_name,
    reports.indicator,
    reports.name_key,
    case when reports.indicator = 'other' then reports.indicator_name else indicators.label_vi end as label_vi,
    case when reports.indicator = 'other' then reports.indicator_name else indicators.label_en end as label_en,
    reports.breakdown,
    reports.measure,
    reports.base,
    reports.unit_measure,
    reports.unit_mult,
    reports.bound,
    reports.obs_value,
    reports.obs_value_upper,
    reports.obs_status,
    reports.time_period,
    reports.field,
    reports.quote,
    reports.quote_start,
    reports.confidence,
    coalesce(series.is_contradicted, false) as is_contradicted,
    coalesce(series.is_revised, false) as is_revised,
    coalesce(series.report_count, 0) as reports,
    reports.headline,
    reports.article_url,
    reports.archived_copy,
    reports.published_date
from indicator_reports as reports
inner join indicators on reports.indicator = indicators.indicator
left join indicator_series as series on reports.point_id = series.point_id
