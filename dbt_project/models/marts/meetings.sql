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
    left join participants on meetings.meeting_id = participants.meeting_id
    left join areas
        on
            meetings.ref_area = areas.ref_area
            and meetings.area_date is not distinct from areas.area_date
            and meetings.published_date is not distinct from areas.published_date
)

select * from described
