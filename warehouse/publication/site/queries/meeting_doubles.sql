-- The meetings that may be one with another one.
with listed as (
    select
        meeting_id,
        unnest(possibly_same_as) as other_id
    from meetings
    where md5(meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], meeting_id))
)

select
    listed.meeting_id,
    listed.other_id,
    meetings.meeting_name
from listed
inner join meetings on listed.other_id = meetings.meeting_id
order by listed.meeting_id, listed.other_id
