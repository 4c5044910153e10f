with article_areas as (
    select * from {{ ref('int_article_areas_selected') }}
),

areas as (
    select * from {{ ref('int_areas_resolved') }}
),

located as (
    select
        ---------- ids
        {{ surrogate_key('ad', ['article_areas.article_id', 'article_areas.ref_area']) }}
            as article_district_id,
        article_areas.article_id,
        article_areas.ref_area,
        areas.unit_id,

        ---------- text
        areas.area_name,
        areas.area_match,
        article_areas.printed_name,

        ---------- booleans
        article_areas.is_about
    from article_areas
    inner join areas
        on
            article_areas.ref_area = areas.ref_area
            and article_areas.published_date is not distinct from areas.area_date
            and article_areas.published_date is not distinct from areas.published_date
)

select * from located
