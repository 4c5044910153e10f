-- One row a meeting, with who took part and which articles tell of it.
with people as (
    select
        meeting_id,
        list({'name': person_name, 'posts': roles, 'note': note} order by position, person_name) as participants
    from published.marts.meeting_participants
    group by all
),

told as (
    select
        meeting_id,
        list({'url': article_url, 'headline': headline, 'quote': quote} order by reported_at, mention_id) as sources
    from published.marts.meeting_articles
    where not is_copy
    group by all
)

select
    meetings.meeting_id,
    meetings.meeting_name as name,
    meetings.classification,
    meetings.organization,
    meetings.ref_area,
    meetings.area_name,
    meetings.location,
    meetings.part_of_day,
    meetings.status,
    meetings.start_date,
    meetings.end_date,
    meetings.is_retracted,
    coalesce(meetings.first_reported_at, meetings.first_seen) as first_reported_at,
    coalesce(meetings.last_reported_at, meetings.first_seen) as last_reported_at,
    coalesce(people.participants, []) as participants,
    coalesce(told.sources, []) as sources
from published.marts.meetings as meetings
left join people on meetings.meeting_id = people.meeting_id
left join told on meetings.meeting_id = told.meeting_id
where meetings.start_date is not null
order by meetings.start_date, meetings.meeting_id
