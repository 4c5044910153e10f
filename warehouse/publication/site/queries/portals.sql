-- Every portal and how it fares.
select
    portals.portal_name,
    portals.base_url,
    portals.notice,
    portals.article_count,
    portals.first_published_date,
    portals.last_published_date,
    (select count(distinct meeting_id) from meeting_articles where portal = portals.portal) as meetings,
    (select count(*) from indicator_reports where portal = portals.portal and is_standing) as figures,
    (select count(*) from problems where portal = portals.portal) as problems,
    portals.last_fetched_at
from portals
order by portals.article_count desc, portals.portal
