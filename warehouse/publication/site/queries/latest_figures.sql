-- The newest articles' most telling figure each: amounts and shares before changes, the first in the text first.
with latest as (
    select
        reports.*,
        indicators.label_vi,
        indicators.label_en,
        row_number() over (
            partition by reports.article_id
            order by
                reports.measure not in ('level', 'share', 'plan_ratio'), reports.breakdown is not null,
                reports.position, reports.report_id
        ) as place
    from indicator_reports as reports
    inner join indicators on reports.indicator = indicators.indicator
    where reports.is_standing and reports.indicator != 'other' and reports.field = 'body_text'
)

select
    article_id,
    indicator,
    ref_area,
    obs_value,
    unit_measure,
    unit_mult,
    bound,
    obs_value_upper,
    label_vi,
    label_en,
    measure,
    base,
    breakdown,
    area_name,
    time_period,
    obs_status,
    quote,
    headline,
    article_url,
    archived_copy,
    published_date
from latest
where place = 1
order by reported_at desc nulls last, report_id
limit $most
