-- The newest meetings, each with the last article that tells of it.
select
    meetings.meeting_id,
    meetings.start_date,
    meetings.meeting_name,
    meetings.status,
    meetings.organization,
    meetings.location,
    arg_max(mentions.article_id, mentions.last_seen) as article_id,
    arg_max(mentions.headline, mentions.last_seen) as headline,
    arg_max(mentions.article_url, mentions.last_seen) as article_url,
    arg_max(mentions.archived_copy, mentions.last_seen) as archived_copy
from meetings
inner join meeting_articles as mentions on meetings.meeting_id = mentions.meeting_id
where not meetings.is_retracted and meetings.start_date is not null
group by all
order by meetings.start_date desc, meetings.meeting_name
limit $most
