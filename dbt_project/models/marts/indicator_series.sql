with reports as (
    select * from {{ ref('indicator_reports') }}
),

contradictions as (
    select distinct point_id from {{ ref('indicator_contradictions') }}
),

territory_changes as (
    select * from {{ ref('int_territory_changes_listed') }}
),

originals as (
    select * from reports
    where not is_copy and value is not null
),

-- The latest publication gives the value, whenever its page was crawled; of one day's equals the
-- exact and finer one.
current_reports as (
    select *
    from originals
    where is_current
    qualify row_number() over (
        partition by point_id
        order by
            is_retracted asc, reported_at desc nulls last, bound != 'exact', decimals desc,
            confidence desc, position asc, report_id asc
    ) = 1
),

histories as (
    select
        point_id,
        count(distinct article_id) filter (where is_standing) as report_count,
        min(reported_at) as first_reported_at,
        max(reported_at) filter (where is_current) as last_reported_at,
        min(first_seen) as first_seen,
        max(last_seen) as last_seen
    from originals
    group by point_id
),

revisions as (
    select
        current_reports.point_id,
        arg_max(
            earlier.value,
            row(
                coalesce(earlier.reported_at, timestamptz '0001-01-01 00:00:00+00'),
                earlier.first_seen, earlier.report_id
            )
        ) as previous_value
    from current_reports
    inner join originals as earlier
        on
            current_reports.point_id = earlier.point_id
            and current_reports.name_key = earlier.name_key
            and (not earlier.is_current or current_reports.reported_at > earlier.reported_at)
            and (
                current_reports.value_low > earlier.value_high
                or current_reports.value_high < earlier.value_low
            )
    group by current_reports.point_id
),

reshaped as (
    select distinct current_reports.point_id
    from current_reports
    inner join territory_changes
        on
            current_reports.ref_area = territory_changes.code
            and territory_changes.changed_on > current_reports.period_start - interval 1 year
            and current_reports.period_end >= territory_changes.changed_on
),

series as (
    select
        ---------- ids
        current_reports.point_id,
        current_reports.series_id,
        current_reports.continued_series_id,
        current_reports.ref_area,
        current_reports.unit_id,
        current_reports.territory_id,
        current_reports.report_id,
        current_reports.article_id,

        ---------- text
        current_reports.area_name,
        current_reports.area_match,
        current_reports.indicator,
        current_reports.indicator_name,
        current_reports.breakdown,
        current_reports.measure,
        current_reports.base,
        current_reports.base_unit,
        current_reports.obs_status,
        current_reports.bound,
        current_reports.time_period,
        current_reports.period_kind,
        current_reports.quote,
        current_reports.article_url,

        ---------- numbers
        current_reports.value,
        current_reports.value_upper,
        revisions.previous_value,
        histories.report_count,
        current_reports.confidence,

        ---------- booleans
        current_reports.is_year_to_date,
        revisions.point_id is not null as is_revised,
        contradictions.point_id is not null as is_contradicted,
        reshaped.point_id is not null as territory_changed,
        current_reports.is_retracted,
        current_reports.is_corrected,

        ---------- dates
        current_reports.period_start,
        current_reports.period_end,

        ---------- timestamps
        current_reports.reported_at,
        histories.first_reported_at,
        histories.last_reported_at,
        histories.first_seen,
        histories.last_seen
    from current_reports
    inner join histories on current_reports.point_id = histories.point_id
    left join revisions on current_reports.point_id = revisions.point_id
    left join contradictions on current_reports.point_id = contradictions.point_id
    left join reshaped on current_reports.point_id = reshaped.point_id
)

select * from series
