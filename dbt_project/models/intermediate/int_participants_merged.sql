-- One person at one meeting, over its mentions: every printed post, and the strongest note.
with participants as (
    select * from {{ ref('stg_meeting_participants') }}
),

mentions as (
    select * from {{ ref('int_meeting_mentions_selected') }}
),

matches as (
    select * from {{ ref('int_meeting_mentions_matched') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

attended as (
    select
        meetings.meeting_id,
        participants.mention_id,
        participants.person_name,
        participants.roles,
        participants.note,
        participants.position,
        {{ folded('participants.person_name') }} as person_key,
        mentions.article_id,
        mentions.reported_at,
        list_position(['chair', 'direct', 'report', 'speak', 'attend'], participants.note)
            as note_rank
    from participants
    inner join mentions
        on
            participants.mention_id = mentions.mention_id
            and participants.fact_reader = mentions.fact_reader
    inner join matches on mentions.mention_id = matches.mention_id
    inner join meetings on matches.root_mention_id = meetings.root_mention_id
),

merged as (
    select
        meeting_id,
        person_key,
        first(person_name order by reported_at desc nulls last, mention_id asc) as person_name,
        list_distinct(flatten(list(roles))) as roles,
        arg_min(note, note_rank) as note,
        cast(min(position) as integer) as position,
        count(distinct article_id) as article_count
    from attended
    group by meeting_id, person_key
),

sorted as (
    select * replace (list_sort(roles) as roles)
    from merged
)

select * from sorted
