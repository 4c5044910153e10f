-- The articles that tell of each meeting, one line each, in the order of publication.
select
    mentions.meeting_id,
    mentions.article_id,
    mentions.headline,
    mentions.article_url,
    mentions.archived_copy,
    articles.published_date,
    portals.portal_name,
    mentions.status,
    mentions.quote,
    mentions.is_copy,
    mentions.is_retracted
from meeting_articles as mentions
inner join articles on mentions.article_id = articles.article_id
inner join portals on mentions.portal = portals.portal
where md5(mentions.meeting_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], mentions.meeting_id))
qualify
    row_number() over (
        partition by mentions.meeting_id, mentions.article_id order by mentions.quote_start, mentions.mention_id
    ) = 1
order by mentions.meeting_id, mentions.reported_at, mentions.article_id
