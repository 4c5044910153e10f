-- Meetings that articles tell of, as their text names them.
select
    mentions.article_id,
    mentions.meeting_id,
    meetings.meeting_name,
    meetings.start_date,
    meetings.classification,
    mentions.field,
    mentions.quote,
    mentions.quote_start
from meeting_articles as mentions
inner join meetings on mentions.meeting_id = meetings.meeting_id
where md5(mentions.article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], mentions.article_id))
order by mentions.article_id, mentions.quote_start, mentions.mention_id
