with meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

comparisons as (
    select * from {{ ref('int_meetings_compared') }}
),

participants as (
    select
        meeting_id,
        count(*) as participant_count
    from {{ ref('int_participants_merged') }}
    group by meeting_id
),

areas as (
    select * from {{ ref('int_areas_resolved') }}
),

figures as (
    select * from {{ ref('meeting_figures') }}
    where is_sole_meeting and obs_status != 'T'
),

reports as (
    select * from {{ ref('indicator_reports') }}
    where period_kind in ('month', 'quarter', 'half_year', 'year', 'year_to_date')
),

-- What is told of another area, or of a time that the meeting had before it, was not reviewed.
periods as (
    select
        meetings.meeting_id,
        reports.time_period,
        count(*) as figure_count
    from meetings
    inner join figures on meetings.meeting_id = figures.meeting_id
    inner join reports on figures.report_id = reports.report_id
    where
        coalesce(meetings.ref_area = reports.ref_area, true)
        and coalesce(meetings.start_date >= reports.period_start, true)
    group by meetings.meeting_id, reports.time_period
),

reviews as (
    select
        meeting_id,
        list(time_period order by figure_count desc, time_period desc) as periods_reviewed
    from periods
    group by meeting_id
),

described as (
    select
        ---------- ids
        meetings.meeting_id,
        meetings.ref_area,
        areas.unit_id,

        ---------- text
        meetings.meeting_name,
        meetings.classification,
        meetings.organization,
        meetings.part_of_day,
        meetings.location,
        meetings.status,
        areas.area_name,
        areas.area_match,
        coalesce(comparisons.possibly_same_as, []) as possibly_same_as,
        coalesce(reviews.periods_reviewed, []) as periods_reviewed,

        ---------- numbers
        meetings.ordinal,
        meetings.confidence,
        meetings.report_count,
        coalesce(participants.participant_count, 0) as participant_count,

        ---------- booleans
        meetings.was_announced,
        meetings.is_retracted,
        meetings.is_corrected,

        ---------- dates
        meetings.start_date,
        greatest(meetings.end_date, meetings.start_date) as end_date,

        ---------- timestamps
        meetings.announced_at,
        meetings.confirmed_at,
        meetings.first_reported_at,
        meetings.last_reported_at,
        meetings.first_seen,
        meetings.last_seen
    from meetings
    left join comparisons on meetings.meeting_id = comparisons.meeting_id
    left join reviews on meetings.meeting_id = reviews.meeting_id
    left join participants on meetings.meeting_id = participants.meeting_id
    left join areas
        on
            meetings.ref_area = areas.ref_area
            and meetings.area_date is not distinct from areas.area_date
            and meetings.published_date is not distinct from areas.published_date
)

select * from described
