-- Persons that meetings name in a post of an area's bodies, the last seen first, 60 at most.
select
    ref_area,
    person_name,
    post,
    organization,
    meeting_count,
    first_seen_on,
    last_seen_on,
    last_meeting_id,
    possibly_same_as
from officeholders
where ref_area is not null
qualify row_number() over (
    partition by ref_area order by last_seen_on desc nulls last, meeting_count desc, officeholder_id
) <= 60
order by ref_area, last_seen_on desc nulls last, meeting_count desc, officeholder_id
