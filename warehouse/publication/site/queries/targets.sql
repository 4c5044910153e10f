-- Targets with what came, indicator by indicator, the latest period first.
select
    pairs.indicator,
    if(pairs.indicator = 'other', coalesce(target_reports.name_key, ''), '') as name_key,
    pairs.ref_area,
    pairs.area_name,
    pairs.time_period,
    pairs.target_bound,
    target_reports.obs_value as target_printed,
    target_reports.unit_measure as target_unit,
    target_reports.unit_mult as target_mult,
    target_reports.obs_value_upper as target_upper,
    target_reports.article_id as target_article_id,
    target_reports.quote as target_quote,
    pairs.actual_status,
    actual_reports.obs_value as actual_printed,
    actual_reports.unit_measure as actual_unit,
    actual_reports.unit_mult as actual_mult,
    actual_reports.bound as actual_bound,
    actual_reports.obs_value_upper as actual_upper,
    actual_reports.article_id as actual_article_id,
    actual_reports.quote as actual_quote,
    pairs.target_value,
    pairs.actual_value,
    pairs.territory_changed,
    pairs.period_end < (select max(published_date) from articles) as is_over
from indicator_targets_vs_actuals as pairs
inner join indicator_series as target on pairs.target_point_id = target.point_id
inner join indicator_reports as target_reports on target.report_id = target_reports.report_id
left join indicator_series as actual on pairs.actual_point_id = actual.point_id
left join indicator_reports as actual_reports on actual.report_id = actual_reports.report_id
where pairs.breakdown is null and not target.is_retracted
qualify row_number() over (
    partition by pairs.indicator, if(pairs.indicator = 'other', target_reports.name_key, '')
    order by pairs.actual_value is null, pairs.period_end desc, pairs.ref_area, pairs.target_point_id
) <= 80
order by 1, 2, pairs.actual_value is null, pairs.period_end desc, pairs.ref_area
