-- Which figure of a failed check is likely misprinted: the one of which another article gives a
-- value that agrees, else a stated percent that is one slip of the pen away from the right one.
with failures as (
    select * from {{ ref('chk_audits_united') }}
    where not is_consistent and audit in ('plan_ratio', 'growth')
),

statements as (
    select * from {{ ref('chk_statements_selected') }}
),

figures as (
    select
        failures.audit_id,
        if(failures.audit = 'growth', 100, 0) as percent_off,
        failures.expected,
        failures.expected_low,
        failures.expected_high,
        stated.point_id as stated_point,
        stated.article_id as stated_article,
        stated.value as stated_value,
        stated.value_low as stated_low,
        stated.value_high as stated_high,
        stated.decimals as stated_decimals,
        levels.point_id as level_point,
        levels.article_id as level_article,
        levels.value_low as level_low,
        levels.value_high as level_high,
        priors.point_id as reference_point,
        priors.article_id as reference_article,
        priors.value_low as reference_low,
        priors.value_high as reference_high
    from failures
    inner join statements as stated on failures.report_id = stated.report_id
    inner join statements as levels on failures.value_report_id = levels.report_id
    inner join statements as priors on failures.reference_report_id = priors.report_id
),

reported_elsewhere as (
    select
        figures.audit_id,
        'stated' as figure
    from figures
    inner join statements as others
        on
            figures.stated_point = others.point_id
            and figures.stated_article != others.article_id
            and figures.expected_high >= others.value_low
            and figures.expected_low <= others.value_high

    union

    select
        figures.audit_id,
        'value' as figure
    from figures
    inner join statements as others
        on
            figures.level_point = others.point_id
            and figures.level_article != others.article_id
            and 100 * others.value_low / figures.reference_high - figures.percent_off
            <= figures.stated_high
            and 100 * others.value_high / figures.reference_low - figures.percent_off
            >= figures.stated_low

    union

    select
        figures.audit_id,
        'reference' as figure
    from figures
    inner join statements as others
        on
            figures.reference_point = others.point_id
            and figures.reference_article != others.article_id
            and others.value_low > 0
            and 100 * figures.level_low / others.value_high - figures.percent_off
            <= figures.stated_high
            and 100 * figures.level_high / others.value_low - figures.percent_off
            >= figures.stated_low
),

settled_elsewhere as (
    select
        audit_id,
        any_value(figure) as likely_misprint
    from reported_elsewhere
    group by audit_id
    having count(*) = 1
),

digits as (
    select
        audit_id,
        cast(cast(round(abs(stated_value) * power(10, stated_decimals)) as bigint) as varchar)
            as stated_digits,
        cast(cast(round(abs(expected) * power(10, stated_decimals)) as bigint) as varchar)
            as expected_digits,
        stated_value * expected < 0 as has_other_sign
    from figures
),

slips as (
    select
        audit_id,
        'stated' as likely_misprint
    from digits
    where
        stated_digits = expected_digits and has_other_sign
        or (
            not has_other_sign
            and length(stated_digits) >= 3
            and length(stated_digits) = length(expected_digits)
            and damerau_levenshtein(stated_digits, expected_digits) = 1
        )
),

suspected as (
    select
        failures.audit_id,
        coalesce(settled_elsewhere.likely_misprint, slips.likely_misprint) as likely_misprint,
        case
            when settled_elsewhere.audit_id is not null then 'another_report'
            when slips.audit_id is not null then 'slip_of_the_pen'
        end as misprint_reason
    from failures
    left join settled_elsewhere on failures.audit_id = settled_elsewhere.audit_id
    left join slips on failures.audit_id = slips.audit_id
)

select * from suspected
