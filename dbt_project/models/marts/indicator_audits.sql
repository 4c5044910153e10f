-- The arithmetic that the texts themselves offer, with the tolerance that printed precision
-- leaves.
with checks as (
    select * from {{ ref('chk_audits_united') }}
),

misprints as (
    select * from {{ ref('chk_misprints_suspected') }}
),

reports as (
    select * from {{ ref('indicator_reports') }}
),

audits as (
    select
        ---------- ids
        checks.audit_id,
        stated.point_id,
        checks.report_id,
        checks.value_report_id,
        checks.reference_report_id,
        stated.article_id,
        stated.ref_area,

        ---------- text
        stated.area_name,
        checks.audit,
        case
            when checks.is_consistent then 'agrees'
            when checks.is_opposite then 'opposite_direction'
            else 'differs'
        end as finding,
        misprints.likely_misprint,
        misprints.misprint_reason,
        stated.indicator,
        stated.indicator_name,
        stated.breakdown,
        stated.base_unit,
        stated.time_period,
        stated.quote,
        stated.article_url,

        ---------- numbers
        stated.value as stated_value,
        try_cast(checks.expected as decimal(28, 6)) as expected_value,
        try_cast(checks.expected_low as decimal(28, 6)) as expected_low,
        try_cast(checks.expected_high as decimal(28, 6)) as expected_high,

        ---------- booleans
        checks.is_consistent,
        checks.territory_changed,

        ---------- timestamps
        stated.reported_at
    from checks
    inner join reports as stated on checks.report_id = stated.report_id
    left join misprints on checks.audit_id = misprints.audit_id
)

select * from audits
