-- What the pages of meetings begin with; `meeting_pages._Meeting` names the columns.
select
    meeting_id,
    meeting_name,
    classification,
    status,
    organization,
    ref_area,
    area_name,
    start_date,
    end_date,
    part_of_day,
    location,
    ordinal,
    periods_reviewed,
    possibly_same_as,
    is_retracted,
    announced_at,
    confirmed_at,
    lag(meeting_id) over same as before_id,
    lag(start_date) over same as before_date,
    lead(meeting_id) over same as after_id,
    lead(start_date) over same as after_date
from meetings
-- The meetings of one kind of one body, one after the other; of an unnamed body nothing is the next.
window same as (partition by coalesce(organization, meeting_id), classification order by start_date, meeting_id)
order by meeting_id
