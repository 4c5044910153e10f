-- Days on which a unit's territory changed or the unit ended, for the dashed lines of charts.
with states as (
    select
        code,
        valid_from,
        valid_to,
        lag(territory_id) over states as territory_before,
        territory_id,
        row_number() over (partition by code order by coalesce(valid_to, date '9999-12-31') desc) as place
    from districts
    window states as (partition by code order by valid_from nulls first)
)

select
    code,
    valid_from as day
from states
where territory_before != territory_id and valid_from is not null
union
select
    code,
    valid_to as day
from states
where place = 1 and valid_to is not null
order by code, day
