-- When an article showed which text, by its captures: an edit that was undone gives three
-- stretches of two texts. A text of which no capture is on record has one, from its first day to
-- its successor's.
with sightings as (
    select * from {{ ref('stg_sightings') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

captures as (
    select
        sightings.article_id,
        sightings.revision_id,
        sightings.fetched_at,
        lag(sightings.revision_id) over (
            partition by sightings.article_id
            order by sightings.fetched_at asc, sightings.fetch_id asc
        ) as previous_revision_id
    from sightings
    inner join revisions
        on
            sightings.revision_id = revisions.revision_id
            and sightings.article_reader = revisions.article_reader
),

changes as (
    select
        article_id,
        revision_id,
        fetched_at as known_from,
        lead(fetched_at) over (
            partition by article_id order by fetched_at, revision_id
        ) as known_to
    from captures
    where previous_revision_id is distinct from revision_id
),

unseen as (
    select
        revisions.article_id,
        revisions.revision_id,
        revisions.first_seen as known_from,
        revisions.superseded_at as known_to
    from revisions
    left join changes on revisions.revision_id = changes.revision_id
    where changes.revision_id is null
),

spells as (
    select * from changes

    union all

    select * from unseen
)

select * from spells
