-- One meeting of its mentions: each field from the best mention that has it, a confirmed one before
-- an announcement.
{{ config(materialized='table') }}

with mentions as (
    select * from {{ ref('int_meeting_mentions_selected') }}
),

matches as (
    select * from {{ ref('int_meeting_mentions_matched') }}
),

ordered as (
    select
        matches.root_mention_id,
        mentions.*,
        row_number() over (
            partition by matches.root_mention_id
            order by
                mentions.is_retracted asc, mentions.status != 'confirmed', mentions.is_copy asc,
                mentions.start_date is null, mentions.reported_at desc nulls last,
                mentions.confidence desc, mentions.mention_id asc
        ) as precedence
    from mentions
    inner join matches on mentions.mention_id = matches.mention_id
),

merged as (
    select
        root_mention_id,
        arg_min(meeting_name, precedence) as meeting_name,
        arg_min(classification, precedence) as classification,
        arg_min(organization, precedence) as organization,
        arg_min(organization_key, precedence) as organization_key,
        arg_min(name_key, precedence) as name_key,
        arg_min(part_of_day, precedence) as part_of_day,
        arg_min(location, precedence) as location,
        arg_min(ref_area, precedence) as ref_area,
        arg_min(ordinal, precedence) as ordinal,
        arg_min(start_date, precedence) as start_date,
        arg_min(last_date, precedence) as end_date,
        first(area_date order by ref_area is null, precedence) as area_date,
        first(published_date order by ref_area is null, precedence) as published_date,
        case
            when bool_or(status = 'confirmed') then 'confirmed'
            else last(status order by reported_at nulls first, mention_id)
        end as status,
        max(confidence) as confidence,
        count(distinct article_id) filter (where not is_copy) as report_count,
        bool_or(status = 'tentative') as was_announced,
        bool_and(is_retracted) as is_retracted,
        bool_or(is_corrected) as is_corrected,
        min(reported_at) filter (where status = 'tentative') as announced_at,
        min(reported_at) filter (where status = 'confirmed') as confirmed_at,
        min(reported_at) as first_reported_at,
        max(reported_at) as last_reported_at,
        min(first_seen) as first_seen,
        max(last_seen) as last_seen
    from ordered
    group by root_mention_id
),

numbered as (
    select
        *,
        row_number() over (
            partition by organization_key, classification, start_date, ordinal, name_key
            order by root_mention_id
        ) as twin_number
    from merged
),

keyed as (
    select
        * exclude (twin_number),
        {{ surrogate_key('m', [
            'organization_key', 'classification', 'start_date', 'ordinal', 'name_key', 'twin_number'
        ]) }} as meeting_id
    from numbered
)

select * from keyed
