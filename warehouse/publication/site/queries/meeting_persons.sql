-- Who was named at each meeting, the chair first.
select
    meeting_id,
    person_name,
    roles,
    note
from meeting_participants
where md5(meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], meeting_id))
order by meeting_id, list_position(['chair', 'direct', 'report', 'speak', 'attend'], note), position, person_name
