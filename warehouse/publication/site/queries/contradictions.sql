-- Reports of one thing that differ, the latest first; `doubt_pages._Contradiction` names the columns.
select
    differing.contradiction_id,
    differing.ref_area,
    differing.area_name,
    differing.indicator,
    earlier.name_key,
    case
        when differing.indicator = 'other' then differing.indicator_name else indicators.label_vi
    end as label_vi,
    case
        when differing.indicator = 'other' then differing.indicator_name else indicators.label_en
    end as label_en,
    differing.breakdown,
    differing.measure,
    differing.base,
    differing.obs_status,
    differing.time_period,
    differing.earlier_value,
    differing.difference,
    differing.is_same_article,
    earlier.article_id as earlier_article_id,
    earlier.headline as earlier_headline,
    earlier.article_url as earlier_url,
    earlier.archived_copy as earlier_copy,
    earlier.published_date as earlier_date,
    earlier.quote as earlier_quote,
    earlier.obs_value as earlier_printed,
    earlier.unit_measure as earlier_unit,
    earlier.unit_mult as earlier_mult,
    later.article_id as later_article_id,
    later.headline as later_headline,
    later.article_url as later_url,
    later.archived_copy as later_copy,
    later.published_date as later_date,
    later.quote as later_quote,
    later.obs_value as later_printed,
    later.unit_measure as later_unit,
    later.unit_mult as later_mult
from indicator_contradictions as differing
inner join indicators on differing.indicator = indicators.indicator
inner join indicator_reports as earlier on differing.earlier_report_id = earlier.report_id
inner join indicator_reports as later on differing.later_report_id = later.report_id
order by
    later.published_date desc nulls last, differing.later_reported_at desc nulls last, differing.contradiction_id
limit $most
