-- What the pages of meetings begin with; `meeting_pages._Meeting` names the columns.
with told as (
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
)

select *
from told
where md5(meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], meeting_id))
order by meeting_id
