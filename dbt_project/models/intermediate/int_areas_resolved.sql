-- Which unit a code means on a day, as said on another: codes outlive changes of kind and
-- territory, some are used beyond their time, and some were given anew to another commune in
-- 2025, so a unit that began long after it was spoken of cannot be meant.
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
        area_date,
        published_date
    from observations

    union

    select
        ref_area,
        area_date,
        published_date
    from meeting_mentions
    where ref_area is not null

    union

    select
        ref_area,
        published_date as area_date,
        published_date
    from article_areas
),

printed_names as (
    select
        ref_area,
        min(printed_name) as printed_name
    from article_areas
    group by ref_area
),

candidates as (
    select
        uses.ref_area,
        uses.area_date,
        uses.published_date,
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
    left join areas
        on
            uses.ref_area = areas.code
            -- What is not known bounds nothing; a bare comparison spares holding all against all.
            and coalesce(areas.valid_from, date '-infinity')
            <= coalesce(uses.published_date + interval 60 days, timestamp 'infinity')
),

nearest as (
    select *
    from candidates
    qualify row_number() over (
        partition by ref_area, area_date, published_date
        order by days_off asc nulls last, valid_from desc nulls last, unit_id asc
    ) = 1
),

resolved as (
    select
        nearest.ref_area,
        nearest.area_date,
        nearest.published_date,
        nearest.unit_id,
        nearest.territory_id,
        coalesce(nearest.full_name, printed_names.printed_name, nearest.ref_area) as area_name,
        case
            when nearest.unit_id is null then 'printed_name'
            when nearest.area_date is null then 'undated'
            when nearest.days_off = 0 then 'valid'
            else 'outside_validity'
        end as area_match
    from nearest
    left join printed_names on nearest.ref_area = printed_names.ref_area
)

select * from resolved
