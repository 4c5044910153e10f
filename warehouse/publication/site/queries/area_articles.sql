-- The newest articles about an area, 12 at most.
select
    about.ref_area,
    articles.article_id,
    articles.headline,
    articles.published_date,
    portals.portal_name,
    articles.indicator_count
from article_districts as about
inner join articles on about.article_id = articles.article_id
inner join portals on articles.portal = portals.portal
where about.is_about and not articles.is_copy
qualify row_number() over (
    partition by about.ref_area order by articles.published_date desc nulls last, articles.article_id
) <= 12
order by about.ref_area, articles.published_date desc nulls last, articles.article_id
