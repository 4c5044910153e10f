-- When an area lost a part or gained from another. A change of kind alone is none.
with successions as (
    select * from {{ ref('area_successions') }}
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
    where from_code != to_code
)

select * from changes
