-- Every portal: what there is of it, and how its last weeks went.
with weeks as (
    select
        portal,
        sum(found_count) as found,
        sum(fetched_count) as fetched,
        sum(failed_count) as failed,
        sum(gone_count) as gone,
        sum(read_count) as texts,
        sum(edited_count) as edited
    from portal_coverage
    group by portal
),

filled as (
    -- A week counts by its texts: an idle week says nothing of how well a portal is read.
    select
        portal,
        sum(date_filled_pct * read_count) / sum(read_count) as dates,
        sum(description_filled_pct * read_count) / sum(read_count) as leads,
        sum(body_filled_pct * read_count) / sum(read_count) as bodies,
        sum(authors_filled_pct * read_count) / sum(read_count) as authors,
        sum(districts_filled_pct * read_count) / sum(read_count) as districts,
        sum(meetings_filled_pct * read_count) / sum(read_count) as meetings,
        sum(indicators_filled_pct * read_count) / sum(read_count) as figures
    from portal_coverage
    where read_count > 0
    group by portal
)

select
    portals.portal,
    portals.portal_name,
    portals.base_url,
    portals.notice,
    portals.is_verified,
    portals.retired_on,
    portals.article_count,
    portals.first_published_date,
    portals.last_published_date,
    portals.last_fetched_at,
    coalesce(weeks.found, 0) as found,
    coalesce(weeks.fetched, 0) as fetched,
    coalesce(weeks.failed, 0) as failed,
    coalesce(weeks.gone, 0) as gone,
    coalesce(weeks.edited, 0) as edited,
    (select count(*) from problems where problems.portal = portals.portal) as problems,
    filled.dates,
    filled.leads,
    filled.bodies,
    filled.authors,
    filled.districts,
    filled.meetings,
    filled.figures
from portals
left join weeks on portals.portal = weeks.portal
left join filled on portals.portal = filled.portal
order by portals.article_count desc, portals.portal
