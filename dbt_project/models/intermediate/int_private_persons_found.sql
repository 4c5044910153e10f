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
        participants.mention_id,
        participants.fact_reader,
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
    select
        mention_id,
        fact_reader,
        person_name,
        unnest(roles) as role
    from named
),

printed as (
    select distinct role from unnested
),

folded_roles as (
    select
        role,
        {{ folded('role') }} as role_key
    from printed
),

public_roles as (
    select distinct folded_roles.role
    from folded_roles
    inner join offices on starts_with(folded_roles.role_key || ' ', offices.printed || ' ')
),

public_persons as (
    select distinct
        unnested.mention_id,
        unnested.fact_reader,
        unnested.person_name
    from unnested
    inner join public_roles on unnested.role = public_roles.role
),

judged as (
    select
        named.*,
        (
            named.note in ('chair', 'direct')
            or public_persons.mention_id is not null
        ) as is_public
    from named
    left join public_persons
        on
            named.mention_id = public_persons.mention_id
            and named.fact_reader = public_persons.fact_reader
            and named.person_name = public_persons.person_name
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
