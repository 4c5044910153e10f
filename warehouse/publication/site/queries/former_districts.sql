-- The former districts that each unit came out of, the one of its own name first.
with pairs as (
    select distinct
        successions.to_code as code,
        successions.from_code as former_code,
        former.name = new.name as is_namesake
    from district_successions as successions
    inner join districts as former on successions.from_code = former.code
    inner join districts as new on successions.to_code = new.code
    where former.level = 'district' and successions.to_code != successions.from_code
)

select
    code,
    array_agg(former_code order by is_namesake desc, former_code) as former_codes
from pairs
group by code
order by code
