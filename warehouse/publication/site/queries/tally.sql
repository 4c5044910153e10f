-- One row: how much there is, from when to when, and how fresh.
select
    (select count(*) from articles) as articles,
    (select count(*) from portals where article_count > 0) as portals,
    (select count(*) from indicator_reports where is_standing) as figures,
    (select count(*) from meetings where not is_retracted) as meetings,
    (select count(distinct ref_area) from indicator_reports where is_standing) as areas,
    (select min(published_date) from articles) as first_day,
    (select max(published_date) from articles) as last_day,
    (select max(last_fetched_at) from portals) as fresh
