-- Every point of a series with the report that gave it its value and what else was reported of the same: what the
-- charts choose among. The first columns are a chart's, in the order of `points.Point`; the last ones are what a
-- choice is made by.
with other_reports as (
    select
        series.point_id,
        array_agg(
            struct_pack(
                printed := other.obs_value,
                unit := other.unit_measure,
                mult := other.unit_mult,
                bound := other.bound,
                upper := other.obs_value_upper,
                flag := case
                    when other.is_retracted then 'retracted'
                    when not other.is_current then 'superseded'
                    when other.value_low > reports.value_high or other.value_high < reports.value_low then 'differs'
                    else 'agrees'
                end,
                quote := other.quote,
                article_id := other.article_id,
                headline := other.headline,
                article_url := other.article_url,
                published_date := other.published_date,
                archived_copy := other.archived_copy
            )
            order by other.reported_at desc, other.report_id
        )[:4] as others
    from indicator_series as series
    inner join indicator_reports as reports on series.report_id = reports.report_id
    inner join indicator_reports as other
        on series.point_id = other.point_id and series.report_id != other.report_id and not other.is_copy
    where series.report_count > 1 or series.is_revised or series.is_contradicted
    group by series.point_id
)

select
    series.ref_area,
    series.area_name,
    series.territory_id,
    series.indicator,
    if(series.indicator = 'other', coalesce(reports.name_key, ''), '') as name_key,
    if(series.indicator = 'other', series.indicator_name, indicators.label_vi) as label_vi,
    if(series.indicator = 'other', series.indicator_name, indicators.label_en) as label_en,
    series.measure,
    series.base,
    series.base_unit,
    series.obs_status,
    series.time_period,
    series.period_kind,
    series.period_start,
    series.period_end,
    series.is_year_to_date,
    series.value,
    reports.obs_value,
    reports.unit_measure,
    reports.unit_mult,
    reports.bound,
    reports.obs_value_upper,
    series.is_revised,
    series.is_contradicted,
    series.is_corrected,
    series.quote,
    series.article_id,
    reports.headline,
    series.article_url,
    reports.published_date,
    reports.archived_copy,
    other_reports.others,
    series.reported_at,
    series.point_id
from indicator_series as series
inner join indicator_reports as reports on series.report_id = reports.report_id
inner join indicators on series.indicator = indicators.indicator
left join other_reports on series.point_id = other_reports.point_id
where series.breakdown is null and not series.is_retracted and series.period_end is not null
