-- Ai chủ trì nhiều cuộc họp nhất
-- Who chaired most meetings
select
    person_name as person,
    count(*) as meetings,
    min(start_date) as first, max(start_date) as last
from meeting_participants
inner join meetings using (meeting_id)
where note = 'chair'
group by person
order by meetings desc, person
limit 20;
