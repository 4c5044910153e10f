with spells as (
    select * from {{ ref('int_revision_spells_found') }}
),

history as (
    select
        ---------- ids
        {{ surrogate_key('ah', ['article_id', 'revision_id', 'known_from']) }}
            as article_history_id,
        article_id,
        revision_id,

        ---------- timestamps
        known_from,
        known_to
    from spells
)

select * from history
