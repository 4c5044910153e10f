-- The observations of the current readings, each with its period and with the day on which its area
-- is looked up: the period's last day, or the day of publication where that came first.
with observations as (
    select * from {{ ref('int_observations_corrected') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

periods as (
    select * from {{ ref('int_periods_parsed') }}
),

dated as (
    select
        observations.*,
        revisions.is_current,
        revisions.published_date,
        periods.time_period,
        periods.period_kind,
        periods.is_year_to_date,
        periods.period_start,
        periods.period_end,
        least(periods.period_end, revisions.published_date) as area_date
    from observations
    inner join revisions
        on
            observations.revision_id = revisions.revision_id
            and observations.fact_reader = revisions.fact_reader
    left join periods on observations.time_period_reported = periods.time_period_reported
)

select * from dated
