-- Codes of the units that have a page: whatever anything is known of, what lies around it, and what was before and after.
with known as (
    select ref_area as code from article_districts where is_about
    union
    select ref_area from meetings where not is_retracted
    union
    select ref_area from indicator_series
    union
    select ref_area from officeholders
)

select distinct districts.code
from districts
where
    districts.code in (select code from known)
    or districts.code in (select parent_code from districts where code in (select code from known))
    or districts.code in (select to_code from district_successions where from_code in (select code from known))
    or districts.code in (select from_code from district_successions where to_code in (select code from known))
order by districts.code
