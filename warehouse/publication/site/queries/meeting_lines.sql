-- One line per meeting, newest first.
select
    meeting_id,
    meeting_name,
    classification,
    status,
    organization,
    area_name,
    start_date
from meetings
order by start_date desc nulls last, meeting_id
