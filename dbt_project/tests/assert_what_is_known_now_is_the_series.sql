-- The open end of the history is the series: two ways to one answer.
with known as (
    select * from {{ ref('indicator_series_history') }}
    where known_to is null and report_id is not null
),

series as (
    select * from {{ ref('indicator_series') }}
),

differing as (
    select
        coalesce(known.point_id, series.point_id) as point_id,
        known.report_id as known_report_id,
        series.report_id as series_report_id
    from known
    full outer join series on known.point_id = series.point_id
    where known.report_id is distinct from series.report_id
)

select * from differing
