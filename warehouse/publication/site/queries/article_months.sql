-- Articles a portal and month, with the one that states most figures.
select
    portals.portal,
    portals.portal_name,
    cast(date_trunc('month', articles.published_date) as date) as month,
    count(*) as articles,
    arg_max(articles.article_id, (articles.indicator_count, articles.article_id)) as article_id,
    arg_max(articles.headline, (articles.indicator_count, articles.article_id)) as headline,
    arg_max(articles.article_url, (articles.indicator_count, articles.article_id)) as article_url,
    arg_max(articles.published_date, (articles.indicator_count, articles.article_id)) as published_date
from articles
inner join portals on articles.portal = portals.portal
where articles.published_date is not null
group by portals.portal, portals.portal_name, month
order by portals.portal, month
