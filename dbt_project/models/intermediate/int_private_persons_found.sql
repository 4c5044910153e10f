-- Whom an article names without an office: neither there nor at any meeting of the same province,
-- by a post of the table of offices, a role that is public, or as one who leads a meeting.
-- Publications mask these names.
{{ config(materialized='table') }}

with participants as (
    select * from {{ ref('stg_meeting_participants') }}
),

mentions as (
    select * from {{ ref('stg_meetings') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

offices as (
    select printed from {{ ref('office_posts') }}

    union

    select printed from {{ ref('public_roles') }}
),

areas as (
    select
        code,
        any_value(province_code) as province_code
    from {{ ref('int_areas_chained') }}
    group by code
),

named as (
    select
        revisions.article_id,
        participants.person_name,
        participants.roles,
        participants.note,
        mentions.classification,
        {{ folded('participants.person_name') }} as person_key,
        coalesce(areas.province_code, revisions.portal_ref_area, revisions.portal) as place_key
    from participants
    inner join mentions
        on
            participants.mention_id = mentions.mention_id
            and participants.fact_reader = mentions.fact_reader
    inner join revisions
        on
            mentions.revision_id = revisions.revision_id
            and mentions.fact_reader = revisions.fact_reader
    left join areas on revisions.portal_ref_area = areas.code
),

unnested as (
    select distinct unnest(roles) as role from named
),

printed as (
    select
        role,
        {{ folded('role') }} as role_key
    from unnested
),

public_roles as (
    select distinct printed.role
    from printed
    inner join offices on starts_with(printed.role_key || ' ', offices.printed || ' ')
),

roles as (
    select list(role) as public_ones
    from public_roles
),

judged as (
    select
        named.*,
        named.note in ('chair', 'direct')
        or coalesce(list_has_any(named.roles, roles.public_ones), false) as is_public
    from named
    cross join roles
),

officeholders as (
    select distinct
        place_key,
        person_key
    from judged
    where is_public
),

found as (
    select
        judged.article_id,
        judged.person_name,
        case
            when
                bool_or(
                    judged.classification = 'voter_contact'
                    or contains(lower(array_to_string(judged.roles, ' ')), 'cử tri')
                )
                then 'một cử tri'
            when bool_or(contains(lower(array_to_string(judged.roles, ' ')), 'đại biểu'))
                then 'một đại biểu'
            else 'một người dự'
        end as label
    from judged
    left join officeholders
        on
            judged.place_key = officeholders.place_key
            and judged.person_key = officeholders.person_key
    where officeholders.person_key is null
    group by judged.article_id, judged.person_name
)

select * from found
