-- An area's meetings, the newest 400, each with the last article that tells of it.
select
    meetings.ref_area,
    meetings.meeting_id,
    meetings.meeting_name,
    meetings.classification,
    meetings.organization,
    meetings.start_date,
    meetings.status,
    mentions.article_id,
    mentions.headline,
    mentions.article_url,
    mentions.quote,
    mentions.archived_copy
from meetings
inner join (
    select
        meeting_id,
        arg_max(article_id, (last_seen, mention_id)) as article_id,
        arg_max(headline, (last_seen, mention_id)) as headline,
        arg_max(article_url, (last_seen, mention_id)) as article_url,
        arg_max(quote, (last_seen, mention_id)) as quote,
        arg_max(archived_copy, (last_seen, mention_id)) as archived_copy
    from meeting_articles
    group by meeting_id
) as mentions on meetings.meeting_id = mentions.meeting_id
where meetings.start_date is not null and not meetings.is_retracted and meetings.ref_area is not null
qualify row_number() over (partition by meetings.ref_area order by meetings.start_date desc, meetings.meeting_id) <= 400
order by meetings.ref_area, meetings.start_date, meetings.meeting_id
