with reports as (
    select * from {{ ref('indicator_reports') }}
    where is_standing
),

ordered as (
    select
        *,
        row_number() over (order by reported_at asc nulls first, report_id asc) as standing
    from reports
),

contradictions as (
    select
        ---------- ids
        {{ surrogate_key('c', ['earlier.report_id', 'later.report_id']) }} as contradiction_id,
        later.point_id,
        earlier.report_id as earlier_report_id,
        later.report_id as later_report_id,
        earlier.article_id as earlier_article_id,
        later.article_id as later_article_id,
        later.ref_area,

        ---------- text
        later.area_name,
        later.indicator,
        later.indicator_name,
        later.breakdown,
        later.measure,
        later.base,
        later.base_unit,
        later.obs_status,
        later.time_period,
        earlier.quote as earlier_quote,
        later.quote as later_quote,
        earlier.article_url as earlier_article_url,
        later.article_url as later_article_url,

        ---------- numbers
        earlier.value as earlier_value,
        later.value as later_value,
        cast(later.value - earlier.value as decimal(38, 6)) as difference,

        ---------- booleans
        earlier.article_id = later.article_id as is_same_article,

        ---------- timestamps
        earlier.reported_at as earlier_reported_at,
        later.reported_at as later_reported_at
    from ordered as earlier
    inner join ordered as later
        on
            earlier.point_id = later.point_id
            and earlier.name_key = later.name_key
            and earlier.standing < later.standing
            and (
                earlier.value_high < later.value_low
                or earlier.value_low > later.value_high
            )
)

select * from contradictions
