-- The arithmetic that the texts themselves offer, with the tolerance that printed precision
-- leaves.
with reports as (
    select
        *,
        if(indicator = 'other', name_key, '') as other_name,
        coalesce(breakdown, '') as slice
    from {{ ref('indicator_reports') }}
    where is_standing and value is not null and period_start is not null
),

series as (
    select * from {{ ref('indicator_series') }}
),

current_reports as (
    select
        reports.*,
        series.territory_changed
    from reports
    inner join series on reports.report_id = series.report_id
),

-- Value and plan of one article against its stated percent; only where there is one of each,
-- since a value that is compared with two plans does not say whose percent is whose.
plan_checks as (
    select
        'plan_ratio' as audit,
        stated.report_id,
        any_value(levels.report_id) as value_report_id,
        any_value(plans.report_id) as reference_report_id,
        false as territory_changed,
        any_value(100 * levels.value / plans.value) as expected,
        any_value(100 * levels.value_low / plans.value_high) as expected_low,
        any_value(100 * levels.value_high / plans.value_low) as expected_high
    from reports as stated
    inner join reports as levels
        on
            stated.revision_id = levels.revision_id
            and stated.ref_area = levels.ref_area
            and stated.indicator = levels.indicator
            and stated.other_name = levels.other_name
            and stated.slice = levels.slice
            and stated.time_period = levels.time_period
            and levels.measure = 'level'
            and levels.obs_status in ('A', 'E')
    inner join reports as plans
        on
            levels.revision_id = plans.revision_id
            and levels.ref_area = plans.ref_area
            and levels.indicator = plans.indicator
            and levels.other_name = plans.other_name
            and levels.slice = plans.slice
            and levels.base_unit = plans.base_unit
            and levels.period_start >= plans.period_start
            and levels.period_end <= plans.period_end
            and plans.measure = 'level'
            and plans.obs_status = 'T'
            and plans.value_low > 0
    where stated.measure = 'plan_ratio'
    group by stated.report_id
    having count(*) = 1
    qualify count(*) over (partition by any_value(levels.report_id)) = 1
),

-- Value and last year's reported value against the stated growth.
growth_checks as (
    select
        'growth' as audit,
        stated.report_id,
        any_value(levels.report_id) as value_report_id,
        any_value(priors.report_id) as reference_report_id,
        bool_or(stated.territory_changed) as territory_changed,
        any_value(100 * (levels.value / priors.value - 1)) as expected,
        any_value(100 * (levels.value_low / priors.value_high - 1)) as expected_low,
        any_value(100 * (levels.value_high / priors.value_low - 1)) as expected_high
    from current_reports as stated
    inner join current_reports as levels
        on
            stated.ref_area = levels.ref_area
            and stated.indicator = levels.indicator
            and stated.other_name = levels.other_name
            and stated.slice = levels.slice
            and stated.time_period = levels.time_period
            and stated.obs_status = levels.obs_status
            and levels.measure = 'level'
    inner join current_reports as priors
        on
            levels.ref_area = priors.ref_area
            and levels.indicator = priors.indicator
            and levels.other_name = priors.other_name
            and levels.slice = priors.slice
            and levels.base_unit = priors.base_unit
            and levels.period_kind = priors.period_kind
            and levels.period_start = cast(priors.period_start + interval 1 year as date)
            and levels.time_period[5:] = priors.time_period[5:]
            and priors.measure = 'level'
            and priors.obs_status = 'A'
            and priors.value_low > 0
    where
        stated.measure = 'change_rate'
        and (
            stated.base = 'same_period'
            or (stated.base = 'previous_year' and stated.period_kind = 'year')
        )
    group by stated.report_id
    having count(*) = 1
),

checks as (
    select * from plan_checks

    union all

    select * from growth_checks
),

audits as (
    select
        ---------- ids
        {{ surrogate_key('a', ['checks.audit', 'checks.report_id']) }} as audit_id,
        stated.point_id,
        checks.report_id,
        checks.value_report_id,
        checks.reference_report_id,
        stated.article_id,
        stated.ref_area,

        ---------- text
        stated.area_name,
        checks.audit,
        stated.indicator,
        stated.indicator_name,
        stated.breakdown,
        stated.time_period,
        stated.quote,
        stated.article_url,

        ---------- numbers
        stated.value as stated_value,
        try_cast(checks.expected as decimal(28, 6)) as expected_value,
        try_cast(checks.expected_low as decimal(28, 6)) as expected_low,
        try_cast(checks.expected_high as decimal(28, 6)) as expected_high,

        ---------- booleans
        -- Written so that an open end on either side agrees.
        not coalesce(
            stated.value_low > checks.expected_high or stated.value_high < checks.expected_low,
            false
        ) as is_consistent,
        checks.territory_changed,

        ---------- timestamps
        stated.reported_at
    from checks
    inner join reports as stated on checks.report_id = stated.report_id
)

select * from audits
