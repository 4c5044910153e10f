with participants as (
    select * from {{ ref('int_participants_merged') }}
),

selected as (
    select
        ---------- ids
        {{ surrogate_key('mp', ['meeting_id', 'person_key']) }} as meeting_participant_id,
        meeting_id,

        ---------- text
        person_name,
        roles,
        note,

        ---------- numbers
        position,
        article_count
    from participants
)

select * from selected
