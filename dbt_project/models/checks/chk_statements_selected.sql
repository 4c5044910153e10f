-- What audits compare: the standing reports with a value and a period.
{{ config(materialized='table') }}

with reports as (
    select * from {{ ref('indicator_reports') }}
),

series as (
    select * from {{ ref('indicator_series') }}
),

selected as (
    select
        reports.*,
        if(reports.indicator = 'other', reports.name_key, '') as other_name,
        coalesce(reports.breakdown, '') as slice,
        coalesce(series.territory_changed, false) as territory_changed,
        series.report_id is not null as gives_the_value
    from reports
    left join series on reports.report_id = series.report_id
    where
        reports.is_standing
        and reports.value is not null
        and reports.period_start is not null
)

select * from selected
