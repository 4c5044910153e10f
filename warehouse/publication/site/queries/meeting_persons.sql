-- Who was named at each meeting, the chair first.
select
    meeting_id,
    person_name,
    roles,
    note
from meeting_participants
order by meeting_id, list_position(['chair', 'direct', 'report', 'speak', 'attend'], note), position, person_name
