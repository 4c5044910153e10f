-- Pages that the pages of articles lead to, of those that stand only where there is something to say.
select
    article_id,
    ref_area as page,
    '' as name
from article_districts
where md5(article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], article_id))
    and ref_area in (from linked_areas)
union
select
    article_id,
    ref_area as page,
    '' as name
from indicator_reports
where md5(article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], article_id))
    and ref_area in (from linked_areas)
union
select
    article_id,
    indicator as page,
    if(indicator = 'other', coalesce(name_key, ''), '') as name
from indicator_reports
where md5(article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], article_id))
    and (indicator, if(indicator = 'other', coalesce(name_key, ''), '')) in (from linked_indicators)
