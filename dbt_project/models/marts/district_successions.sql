with successions as (
    select * from {{ ref('area_successions') }}
),

areas as (
    select * from {{ ref('int_areas_chained') }}
),

named as (
    select
        ---------- ids
        {{ surrogate_key('s', [
            'successions.from_code', 'successions.to_code', 'successions.date'
        ]) }} as succession_id,
        successions.from_code,
        successions.to_code,
        predecessors.unit_id as from_unit_id,
        successors.unit_id as to_unit_id,

        ---------- text
        predecessors.full_name as from_name,
        successors.full_name as to_name,
        successions.extent,
        successions.legal_ref,

        ---------- booleans
        coalesce(
            successions.extent = 'whole'
            and predecessors.territory_id = successors.territory_id, false
        ) as is_same_territory,

        ---------- dates
        successions.date
    from successions
    left join areas as predecessors
        on
            successions.from_code = predecessors.code
            and successions.date > coalesce(predecessors.valid_from, date '0001-01-01')
            and successions.date <= coalesce(predecessors.valid_to, date '9999-12-31')
    left join areas as successors
        on
            successions.to_code = successors.code
            and successions.date >= coalesce(successors.valid_from, date '0001-01-01')
            and successions.date < coalesce(successors.valid_to, date '9999-12-31')
)

select * from named
