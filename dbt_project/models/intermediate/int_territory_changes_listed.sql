-- When an area lost a part or gained from another. A change of kind alone is none, and neither is a
-- new code for exactly the old territory.
with successions as (
    select
        *,
        count(*) over (partition by to_code, date) as predecessor_count
    from {{ ref('area_successions') }}
),

changes as (
    select
        from_code as code,
        date as changed_on
    from successions
    where extent = 'part'

    union

    select
        to_code as code,
        date as changed_on
    from successions
    where
        from_code != to_code
        and not (extent = 'whole' and predecessor_count = 1)
)

select * from changes
