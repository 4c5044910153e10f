-- Pages that the pages of meetings lead to, of those that stand only where there is something to say.
select
    meeting_id,
    ref_area as page,
    '' as name
from meetings
where md5(meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], meeting_id))
    and ref_area in (from linked_areas)
union
select
    told.meeting_id,
    reports.ref_area as page,
    '' as name
from meeting_figures as told
inner join indicator_reports as reports on told.report_id = reports.report_id
where md5(told.meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], told.meeting_id))
    and reports.ref_area in (from linked_areas)
union
select
    told.meeting_id,
    reports.indicator as page,
    if(reports.indicator = 'other', coalesce(reports.name_key, ''), '') as name
from meeting_figures as told
inner join indicator_reports as reports on told.report_id = reports.report_id
where md5(told.meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], told.meeting_id))
    and (reports.indicator, if(reports.indicator = 'other', coalesce(reports.name_key, ''), ''))
    in (from linked_indicators)
