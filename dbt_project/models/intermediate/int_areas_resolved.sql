-- Which unit a code means on a day: codes outlive changes of kind and territory, and some are used
-- beyond their time.
with areas as (
    select * from {{ ref('int_areas_chained') }}
),

observations as (
    select * from {{ ref('int_observations_dated') }}
),

meeting_mentions as (
    select * from {{ ref('int_meeting_mentions_selected') }}
),

article_areas as (
    select * from {{ ref('int_article_areas_selected') }}
),

uses as (
    select
        ref_area,
        area_date
    from observations

    union

    select
        ref_area,
        area_date
    from meeting_mentions
    where ref_area is not null

    union

    select
        ref_area,
        area_date
    from article_areas
),

candidates as (
    select
        uses.ref_area,
        uses.area_date,
        areas.unit_id,
        areas.full_name,
        areas.territory_id,
        areas.valid_from,
        case
            when uses.area_date < areas.valid_from
                then datediff('day', uses.area_date, areas.valid_from)
            when uses.area_date >= areas.valid_to
                then datediff('day', areas.valid_to, uses.area_date) + 1
            when uses.area_date is not null then 0
        end as days_off
    from uses
    left join areas on uses.ref_area = areas.code
),

resolved as (
    select
        ref_area,
        area_date,
        unit_id,
        territory_id,
        coalesce(full_name, ref_area) as area_name,
        case
            when unit_id is null then 'printed_name'
            when area_date is null then 'undated'
            when days_off = 0 then 'valid'
            else 'outside_validity'
        end as area_match
    from candidates
    qualify row_number() over (
        partition by ref_area, area_date
        order by days_off asc nulls last, valid_from desc nulls last, unit_id asc
    ) = 1
)

select * from resolved
