-- What the site's search finds, in the order that ties are settled in: its page, its words, and words that say less.
create or replace temp table findable as
with posts as (
    select
        officeholders.person_name,
        arg_max(
            concat_ws(
                ' ',
                officeholders.post,
                -- "UBND huyện" and "huyện Cát Hải" are "UBND huyện Cát Hải".
                replace(
                    concat_ws(' ', officeholders.organization, officeholders.area_name),
                    concat(districts.kind, ' ', districts.kind, ' '),
                    concat(districts.kind, ' ')
                )
            ),
            officeholders.last_seen_on
        ) as post
    from officeholders
    left join districts on officeholders.unit_id = districts.unit_id
    group by officeholders.person_name
),

persons as (
    select
        present.person_name,
        count(distinct present.meeting_id) as meetings,
        arg_max(present.meeting_id, (meetings.start_date, present.meeting_id)) as last_meeting,
        arg_max(array_to_string(present.roles, ', '), (meetings.start_date, present.meeting_id)) as last_roles
    from meeting_participants as present
    inner join meetings on present.meeting_id = meetings.meeting_id
    -- Private citizens are masked ("một cử tri (B.T.S.)"), whoever asked is removed: nobody looks for that.
    where not regexp_matches(present.person_name, '^(một |\[)')
    group by present.person_name
),

present as (
    select meeting_id, string_agg(person_name, ' ' order by person_name) as persons
    from meeting_participants
    group by meeting_id
),

areas as (
    select
        code,
        full_name
    from districts
    where code in (select unnest($areas))
    qualify row_number() over (partition by code order by valid_from desc nulls last) = 1
),

found as (
    select
        'area' as kind,
        districts.code as id,
        districts.full_name as title,
        concat_ws(', ', parents.full_name, 'đến ' || strftime(districts.valid_to, '%d/%m/%Y')) as detail,
        null::date as day,
        3 - length(districts.code) as weight,
        concat_ws(' ', parents.full_name, districts.code) as more
    from districts
    left join districts as parents on districts.parent_code = parents.code and parents.is_current
    where districts.code in (select unnest($areas))
    qualify row_number() over (partition by districts.code order by districts.valid_from desc nulls last) = 1

    union all by name

    select
        'indicator' as kind,
        indicator as id,
        label_vi as title,
        label_en as detail,
        null as day,
        report_count as weight,
        concat_ws(' ', label_en, array_to_string(variants, ' ')) as more
    from indicators
    where indicator in (select unnest($indicators))

    union all by name

    -- An indicator of an area: its figures over time stand on the area's page.
    select
        'series' as kind,
        series.ref_area || '/' || series.indicator as id,
        any_value(indicators.label_vi || ' · ' || areas.full_name) as title,
        concat_ws(
            '–',
            min(year(series.period_end)),
            case when min(year(series.period_end)) < max(year(series.period_end)) then max(year(series.period_end)) end
        ) as detail,
        null as day,
        count(*) as weight,
        any_value(indicators.label_en) as more
    from indicator_series as series
    inner join indicators on series.indicator = indicators.indicator
    inner join areas on series.ref_area = areas.code
    where
        series.indicator in (select unnest($indicators))
        and series.indicator != 'other'
        and series.breakdown is null
        and not series.is_retracted
        and series.period_end is not null
    group by series.ref_area, series.indicator

    union all by name

    select
        'other' as kind,
        name_key as id,
        arg_max(indicator_name, reported_at) as title,
        null as detail,
        null as day,
        count(*) as weight,
        null as more
    from indicator_reports
    where indicator = 'other' and name_key in (select unnest($names))
    group by name_key

    union all by name

    select
        'person' as kind,
        persons.last_meeting as id,
        persons.person_name as title,
        coalesce(posts.post, nullif(persons.last_roles, '')) as detail,
        null as day,
        persons.meetings as weight,
        coalesce(posts.post, persons.last_roles) as more
    from persons
    left join posts on persons.person_name = posts.person_name

    union all by name

    select
        'meeting' as kind,
        meetings.meeting_id as id,
        meetings.meeting_name as title,
        case
            when not contains(meetings.meeting_name, meetings.organization) then meetings.organization
        end as detail,
        meetings.start_date as day,
        0 as weight,
        concat_ws(' ', meetings.organization, meetings.area_name, meetings.location, present.persons) as more
    from meetings
    left join present on meetings.meeting_id = present.meeting_id

    union all by name

    select
        'article' as kind,
        article_id as id,
        headline as title,
        description as detail,
        published_date as day,
        0 as weight,
        concat_ws(' ', description, portal_name) as more
    from articles
    inner join portals using (portal)
    where copy_of is null
),

placed as (
    select
        *,
        list_position(['area', 'indicator', 'series', 'other', 'person', 'meeting', 'article'], kind) as place
    from found
    where title is not null
)

select
    row_number() over (order by place, weight desc, day desc nulls last, id, title) - 1 as document,
    kind,
    id,
    title,
    detail,
    day,
    weight,
    regexp_extract_all(replace(strip_accents(lower(title)), 'đ', 'd'), '[a-z0-9]+') as words,
    regexp_extract_all(replace(strip_accents(lower(coalesce(more, ''))), 'đ', 'd'), '[a-z0-9]+') as more
from placed
order by document
