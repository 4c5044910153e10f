-- Areas that articles are about, and areas that their facts name.
select
    article_id,
    ref_area,
    area_name,
    is_about
from article_districts
where md5(article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], article_id))
order by article_id, is_about desc, ref_area
