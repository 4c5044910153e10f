-- Units of one unchanged territory share a `territory_id`, whatever their code and kind: the first
-- of them gives it.
with recursive areas as (
    select * from {{ ref('areas') }}
),

successions as (
    select * from {{ ref('area_successions') }}
),

sole_successors as (
    select
        from_code,
        date,
        any_value(to_code) as to_code
    from successions
    group by from_code, date
    having count(*) = 1 and bool_and(extent = 'whole')
),

sole_predecessors as (
    select
        to_code,
        date
    from successions
    group by to_code, date
    having count(*) = 1
),

continuations as (
    select
        predecessors.unit_id as predecessor_id,
        successors.unit_id as successor_id
    from sole_successors
    inner join sole_predecessors
        on
            sole_successors.to_code = sole_predecessors.to_code
            and sole_successors.date = sole_predecessors.date
    inner join areas as predecessors
        on
            sole_successors.from_code = predecessors.code
            and sole_successors.date = predecessors.valid_to
    inner join areas as successors
        on
            sole_successors.to_code = successors.code
            and sole_successors.date = successors.valid_from
),

chains as (
    select
        unit_id,
        unit_id as territory_id
    from areas
    where unit_id not in (select continuations.successor_id from continuations)

    union all

    select
        continuations.successor_id as unit_id,
        chains.territory_id
    from continuations
    inner join chains on continuations.predecessor_id = chains.unit_id
),

chained as (
    select
        areas.*,
        chains.territory_id,
        case
            when areas.kind = 'thành phố trực thuộc trung ương' then 'thành phố ' || areas.name
            else areas.kind || ' ' || areas.name
        end as full_name,
        case
            when areas.level = 'province' then areas.code
            when length(areas.parent_code) = 2 then areas.parent_code
            else districts.parent_code
        end as province_code
    from areas
    inner join chains on areas.unit_id = chains.unit_id
    left join areas as districts
        on
            areas.parent_code = districts.code
            and districts.level = 'district'
            and coalesce(areas.valid_from, date '1900-01-01')
            >= coalesce(districts.valid_from, date '1900-01-01')
            and coalesce(areas.valid_from, date '1900-01-01')
            < coalesce(districts.valid_to, date '9999-12-31')
)

select * from chained
