-- The areas of an article's current text: those that it is about, and those that its facts use.
with revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
    where is_current
),

area_mentions as (
    select * from {{ ref('stg_area_mentions') }}
),

subjects as (
    select
        article_id,
        revision_id,
        unnest(districts) as ref_area
    from revisions
),

mentions as (
    select
        revisions.article_id,
        revisions.revision_id,
        area_mentions.ref_area,
        area_mentions.printed_name
    from revisions
    inner join area_mentions
        on
            revisions.revision_id = area_mentions.revision_id
            and revisions.fact_reader = area_mentions.fact_reader
),

gathered as (
    select
        article_id,
        revision_id,
        ref_area,
        null as printed_name,
        true as is_about
    from subjects

    union all

    select
        article_id,
        revision_id,
        ref_area,
        printed_name,
        false as is_about
    from mentions
),

selected as (
    select
        gathered.article_id,
        gathered.ref_area,
        max(gathered.printed_name) as printed_name,
        bool_or(gathered.is_about) as is_about,
        any_value(revisions.published_date) as published_date
    from gathered
    inner join revisions on gathered.revision_id = revisions.revision_id
    group by gathered.article_id, gathered.ref_area
)

select * from selected
