with areas as (
    select * from {{ ref('int_areas_chained') }}
),

districts as (
    select
        ---------- ids
        unit_id,
        code,
        territory_id,
        parent_code,
        province_code,

        ---------- text
        name,
        full_name,
        kind,
        level,
        began_by,
        ended_by,
        source,

        ---------- booleans
        valid_to is null as is_current,

        ---------- dates
        valid_from,
        valid_to
    from areas
)

select * from districts
