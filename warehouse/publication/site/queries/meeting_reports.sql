-- The figures of each meeting, and whether their article tells of no other one.
select
    meeting_id,
    report_id,
    is_sole_meeting
from meeting_figures
where md5(meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], meeting_id))
order by meeting_id, report_id
