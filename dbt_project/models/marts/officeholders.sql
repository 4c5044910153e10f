with posts as (
    select * from {{ ref('int_posts_placed') }}
),

matches as (
    select * from {{ ref('int_meeting_mentions_matched') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

areas as (
    select * from {{ ref('int_areas_chained') }}
),

held as (
    select
        posts.*,
        meetings.meeting_id,
        coalesce(posts.ref_area, 'in ' || posts.province_code, 'anywhere') as place_key,
        -- "Lý" and "Lí" are one name, "Thúy" and "Thủy" are two.
        regexp_replace(posts.person_key, '([hklmst])y( |$)', '\1i\2', 'g') as name_key
    from posts
    inner join matches on posts.mention_id = matches.mention_id
    inner join meetings on matches.root_mention_id = meetings.root_mention_id
),

gathered as (
    select
        name_key,
        {{ folded('post') }} as post_key,
        organization_key,
        place_key,
        last(person_name order by seen_on nulls first, mention_id) as person_name,
        last(post order by seen_on nulls first, mention_id) as post,
        last(organization order by seen_on nulls first, mention_id) as organization,
        any_value(ref_area) as ref_area,
        list_sort(list_distinct(list(printed_post))) as printed_posts,
        min(seen_on) as first_seen_on,
        max(seen_on) as last_seen_on,
        first(meeting_id order by seen_on nulls last, mention_id) as first_meeting_id,
        last(meeting_id order by seen_on nulls first, mention_id) as last_meeting_id,
        count(distinct meeting_id) as meeting_count,
        count(distinct article_id) filter (where not is_copy) as article_count
    from held
    group by all
),

units as (
    select
        gathered.*,
        areas.unit_id,
        areas.full_name as area_name
    from gathered
    left join areas
        on
            gathered.ref_area = areas.code
            and coalesce(
                areas.valid_from <= coalesce(gathered.last_seen_on, date '9999-12-31'), true
            )
            and coalesce(areas.valid_to > coalesce(gathered.last_seen_on, date '9999-12-31'), true)
),

identified as (
    select
        *,
        {{ surrogate_key('oh', ['name_key', 'post_key', 'organization_key', 'place_key']) }}
            as officeholder_id
    from units
),

-- The same letters with other diacritics, in one body: a slip of the pen, or two persons.
alike as (
    select
        identified.officeholder_id,
        list(distinct others.person_name order by others.person_name) as possibly_same_as
    from identified
    inner join identified as others
        on
            identified.organization_key = others.organization_key
            and identified.place_key = others.place_key
            and identified.name_key != others.name_key
            and strip_accents(identified.name_key) = strip_accents(others.name_key)
    group by identified.officeholder_id
),

described as (
    select
        ---------- ids
        identified.officeholder_id,
        identified.ref_area,
        identified.unit_id,
        identified.first_meeting_id,
        identified.last_meeting_id,

        ---------- text
        identified.person_name,
        identified.post,
        identified.organization,
        identified.area_name,
        identified.printed_posts,
        coalesce(alike.possibly_same_as, []) as possibly_same_as,

        ---------- numbers
        identified.meeting_count,
        identified.article_count,

        ---------- dates
        identified.first_seen_on,
        identified.last_seen_on
    from identified
    left join alike on identified.officeholder_id = alike.officeholder_id
)

select * from described
