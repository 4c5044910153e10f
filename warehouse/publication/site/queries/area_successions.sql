-- What was before a unit and what came after it, code by code.
select distinct
    to_code as code,
    'before' as side,
    from_code as other_code,
    from_name as other_name,
    extent,
    date,
    legal_ref
from district_successions
where from_name is not null and (from_code != to_code or from_name != to_name)
union all
select distinct
    from_code as code,
    'after' as side,
    to_code as other_code,
    to_name as other_name,
    extent,
    date,
    legal_ref
from district_successions
where to_name is not null and (from_code != to_code or from_name != to_name)
order by code, side desc, date, other_code
