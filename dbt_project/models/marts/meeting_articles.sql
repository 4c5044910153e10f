with mentions as (
    select * from {{ ref('int_meeting_mentions_selected') }}
),

matches as (
    select * from {{ ref('int_meeting_mentions_matched') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

linked as (
    select
        ---------- ids
        mentions.mention_id,
        meetings.meeting_id,
        mentions.article_id,
        mentions.revision_id,
        mentions.portal,

        ---------- text
        mentions.meeting_name,
        mentions.status,
        mentions.headline,
        mentions.article_url,
        mentions.field,
        mentions.quote,
        mentions.rule,
        mentions.values_read,
        mentions.warc_file,
        mentions.archived_copy,

        ---------- numbers
        mentions.quote_start,
        mentions.quote_end,
        mentions.confidence,
        mentions.warc_offset,

        ---------- booleans
        mentions.is_copy,
        mentions.is_retracted,
        mentions.is_corrected,

        ---------- dates
        mentions.start_date,

        ---------- timestamps
        mentions.reported_at,
        mentions.first_seen,
        mentions.last_seen
    from mentions
    inner join matches on mentions.mention_id = matches.mention_id
    inner join meetings on matches.root_mention_id = meetings.root_mention_id
)

select * from linked
