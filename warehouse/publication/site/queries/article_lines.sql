-- One line per article, newest first.
select
    articles.article_id,
    articles.headline,
    articles.published_date,
    portals.portal_name,
    articles.indicator_count,
    articles.meeting_count,
    articles.is_edited,
    articles.is_retracted,
    articles.is_copy
from articles
inner join portals on articles.portal = portals.portal
order by articles.published_date desc nulls last, articles.reported_at desc nulls last, articles.article_id
