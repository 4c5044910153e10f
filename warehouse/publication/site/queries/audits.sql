-- Checks that failed, those with a likely misprint first, then the latest; `doubt_pages._Audit` names the columns.
select
    audits.audit_id,
    audits.audit,
    audits.finding,
    audits.likely_misprint,
    audits.misprint_reason,
    audits.ref_area,
    audits.area_name,
    audits.indicator,
    reports.name_key,
    case
        when audits.indicator = 'other' or audits.indicator is null then audits.indicator_name
        else indicators.label_vi
    end as label_vi,
    case
        when audits.indicator = 'other' or audits.indicator is null then audits.indicator_name
        else indicators.label_en
    end as label_en,
    audits.breakdown,
    reports.measure,
    reports.base,
    audits.time_period,
    audits.stated_value,
    audits.expected_value,
    audits.expected_low,
    audits.expected_high,
    audits.territory_changed,
    reports.obs_value,
    reports.unit_measure,
    reports.unit_mult,
    audits.base_unit,
    audits.quote,
    audits.article_id,
    reports.headline,
    reports.article_url,
    reports.archived_copy,
    reports.published_date
from indicator_audits as audits
inner join indicator_reports as reports on audits.report_id = reports.report_id
left join indicators on audits.indicator = indicators.indicator
where not audits.is_consistent
order by
    $likely_first and audits.likely_misprint is null, reports.published_date desc nulls last,
    audits.reported_at desc nulls last, audits.audit_id
limit $most
