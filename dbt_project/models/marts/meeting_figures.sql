with linked as (
    select * from {{ ref('meeting_articles') }}
    where not is_copy
),

reports as (
    select * from {{ ref('indicator_reports') }}
    where is_standing
),

-- Announcements report no figures of the meeting that they announce.
reporting as (
    select
        *,
        count(*) over (partition by revision_id) as meeting_count
    from linked
    where status = 'confirmed'
),

figures as (
    select
        ---------- ids
        {{ surrogate_key('mf', ['reporting.meeting_id', 'reports.report_id']) }}
            as meeting_figure_id,
        reporting.meeting_id,
        reports.report_id,
        reports.point_id,
        reports.article_id,

        ---------- text
        reports.area_name,
        reports.indicator,
        reports.indicator_name,
        reports.breakdown,
        reports.measure,
        reports.base,
        reports.base_unit,
        reports.obs_status,
        reports.time_period,
        reports.quote,
        reports.article_url,

        ---------- numbers
        reports.value,

        ---------- booleans
        reporting.meeting_count = 1 as is_sole_meeting,

        ---------- dates
        reporting.start_date
    from reporting
    inner join reports on reporting.revision_id = reports.revision_id
)

select * from figures
