-- The same body under another address, letter for letter, or nearly the same one on another portal
-- within a month, is a copy. Nearly the same is what has its runs of words and its figures in
-- common: another byline, lead or sentence makes no other report, other figures in the same form of
-- words do. Short bodies prove nothing.
{{ config(materialized='table') }}

with recursive revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
    where body_length >= 200
),

bodies as (
    select * from {{ ref('int_article_texts_selected') }}
),

portals as (
    select * from {{ ref('stg_portals') }}
),

same_bodies as (
    select distinct
        current_texts.article_id,
        carriers.article_id as other_id
    from revisions as current_texts
    inner join revisions as carriers
        on
            current_texts.body_key = carriers.body_key
            and current_texts.article_id != carriers.article_id
    where current_texts.is_current
),

sketched as (
    select
        article_id,
        revision_id,
        portal,
        published_date,
        sketch
    from revisions
    where is_current and sketch is not null
),

marks as (
    select
        article_id,
        portal,
        published_date,
        unnest(sketch) as least_hash,
        generate_subscripts(sketch, 1) as bin
    from sketched
),

-- What many texts have in common says nothing of two of them, and would pair them all.
telling_marks as (
    select
        bin,
        least_hash
    from marks
    where least_hash is not null
    group by bin, least_hash
    having count(*) between 2 and 20
),

paired as (
    select
        marks.article_id,
        others.article_id as other_id
    from marks
    inner join telling_marks
        on marks.bin = telling_marks.bin and marks.least_hash = telling_marks.least_hash
    inner join marks as others
        on
            marks.bin = others.bin
            and marks.least_hash = others.least_hash
            and marks.article_id < others.article_id
            and marks.portal != others.portal
    where coalesce(abs(marks.published_date - others.published_date) <= 31, true)
    group by marks.article_id, others.article_id
    having count(*) >= 4
),

compared as (
    select
        paired.article_id,
        paired.other_id,
        count(*) filter (marks.least_hash = others.least_hash)
        / count(*) filter (coalesce(marks.least_hash, others.least_hash) is not null) as similarity
    from paired
    inner join marks on paired.article_id = marks.article_id
    inner join marks as others on paired.other_id = others.article_id and marks.bin = others.bin
    group by paired.article_id, paired.other_id
),

alike as (
    select
        compared.article_id,
        compared.other_id,
        compared.similarity,
        sketched.revision_id,
        others.revision_id as other_revision_id
    from compared
    inner join sketched on compared.article_id = sketched.article_id
    inner join sketched as others on compared.other_id = others.article_id
    where compared.similarity >= 0.3
),

numbers as (
    select distinct
        bodies.revision_id,
        unnest(regexp_extract_all(bodies.body_text, '\d+(?:[.,/-]\d+)*')) as figure
    from bodies
    where
        bodies.revision_id in (select alike.revision_id from alike)
        or bodies.revision_id in (select alike.other_revision_id from alike)
),

-- Years stand in every report: they tell no two apart.
figures as (
    select * from numbers
    where not regexp_full_match(figure, '(?:19|20)\d\d')
),

figure_counts as (
    select
        revision_id,
        count(*) as figure_count
    from figures
    group by revision_id
),

figures_shared as (
    select
        alike.article_id,
        alike.other_id,
        count(*) as shared_count
    from alike
    inner join figures on alike.revision_id = figures.revision_id
    inner join figures as other_figures
        on
            alike.other_revision_id = other_figures.revision_id
            and figures.figure = other_figures.figure
    group by alike.article_id, alike.other_id
),

weighed as (
    select
        alike.article_id,
        alike.other_id,
        alike.similarity,
        coalesce(figures_shared.shared_count, 0) as shared_count,
        least(
            coalesce(figure_counts.figure_count, 0), coalesce(other_counts.figure_count, 0)
        ) as fewer_count
    from alike
    left join figure_counts on alike.revision_id = figure_counts.revision_id
    left join figure_counts as other_counts on alike.other_revision_id = other_counts.revision_id
    left join figures_shared
        on
            alike.article_id = figures_shared.article_id
            and alike.other_id = figures_shared.other_id
),

near as (
    select
        article_id,
        other_id
    from weighed
    where
        shared_count >= 0.75 * fewer_count
        and similarity
        >= case when fewer_count > 2 then 0.3 when fewer_count > 0 then 0.5 else 0.8 end
),

neighbours as (
    select * from same_bodies
    union
    select * from near
    union
    select
        other_id as article_id,
        article_id as other_id
    from near
),

-- Who stands goes before who was taken down, the state's own portal before a newspaper, who
-- published first before who followed; of one day, who names no source: some print no hour.
places as (
    select
        revisions.article_id,
        row_number() over (
            order by
                bool_and(revisions.is_retracted),
                coalesce(any_value(portals.precedence), 1),
                min(revisions.published_date) nulls last,
                bool_or(revisions.source_name is not null),
                min(revisions.reported_at) nulls last,
                min(revisions.first_seen),
                revisions.article_id
        ) as place
    from revisions
    left join portals on revisions.portal = portals.portal
    group by revisions.article_id
),

followed as (
    select
        neighbours.article_id,
        arg_min(neighbours.other_id, other_places.place) as followed_id
    from neighbours
    inner join places on neighbours.article_id = places.article_id
    inner join places as other_places on neighbours.other_id = other_places.article_id
    where other_places.place < places.place
    group by neighbours.article_id
),

-- A copy of a copy is a copy of what both go back to.
traced as (
    select
        article_id,
        followed_id
    from followed
    union all
    select
        traced.article_id,
        followed.followed_id
    from traced
    inner join followed on traced.followed_id = followed.article_id
),

matched as (
    select
        traced.article_id,
        traced.followed_id as copy_of
    from traced
    left join followed on traced.followed_id = followed.article_id
    where followed.article_id is null
)

select * from matched
