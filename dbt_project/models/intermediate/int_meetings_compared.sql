-- Meetings that may be one: the same body and kind on the same day, or with the same number within
-- 90 days.
with meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

compared as (
    select
        meetings.meeting_id,
        list(others.meeting_id order by others.meeting_id) as possibly_same_as
    from meetings
    inner join meetings as others
        on
            meetings.organization_key = others.organization_key
            and meetings.classification = others.classification
            and meetings.meeting_id != others.meeting_id
            and (
                (
                    meetings.start_date = others.start_date
                    and coalesce(meetings.ordinal = others.ordinal, true)
                )
                or (
                    meetings.ordinal = others.ordinal
                    and abs(datediff(
                        'day',
                        coalesce(
                            meetings.start_date,
                            {{ local_date('meetings.first_reported_at') }}
                        ),
                        coalesce(
                            others.start_date,
                            {{ local_date('others.first_reported_at') }}
                        )
                    )) <= 90
                )
            )
    group by meetings.meeting_id
)

select * from compared
