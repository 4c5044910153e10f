-- Which unit a post's body belongs to: the one that it names, else the meeting's own unit or the
-- province above it, where its kind is the one that the body's words say. What stays open has no
-- area: a district secretary at a meeting of the province may be any district's.
with posts as (
    select * from {{ ref('int_posts_parsed') }}
),

areas as (
    select
        *,
        {{ folded('name') }} as name_key
    from {{ ref('int_areas_chained') }}
),

kinds as (
    select
        unnest([
            'quận', 'huyện', 'thị xã', 'tx', 'thị', 'tỉnh', 'thành phố', 'tp', 'thành',
            'thành phố', 'tp', 'thành', 'phường', 'xã', 'thị trấn', 'đặc khu'
        ]) as level_word,
        unnest([
            'quận', 'huyện', 'thị xã', 'thị xã', 'thị xã', 'tỉnh', 'thành phố', 'thành phố',
            'thành phố', 'thành phố trực thuộc trung ương', 'thành phố trực thuộc trung ương',
            'thành phố trực thuộc trung ương', 'phường', 'xã', 'thị trấn', 'đặc khu'
        ]) as kind
),

worded as (
    select
        posts.*,
        row_number() over () as post_number,
        regexp_extract(
            posts.body_key, '(?:^| )' || nullif(posts.level_word, '') || '(?: ủy)?(?: (.*))?$', 1
        ) as place_key,
        coalesce(posts.seen_on, date '9999-12-31') as valid_on
    from posts
),

meeting_units as (
    select
        worded.post_number,
        areas.*
    from worded
    inner join areas
        on
            worded.meeting_area = areas.code
            and coalesce(worded.valid_on >= areas.valid_from, true)
            and coalesce(worded.valid_on < areas.valid_to, true)
),

-- The meeting's unit and the province above it.
near_units as (
    select * from meeting_units

    union

    select
        meeting_units.post_number,
        areas.*
    from meeting_units
    inner join worded on meeting_units.post_number = worded.post_number
    inner join areas
        on
            meeting_units.province_code = areas.code
            and coalesce(worded.valid_on >= areas.valid_from, true)
            and coalesce(worded.valid_on < areas.valid_to, true)
),

implied as (
    select
        worded.post_number,
        near_units.code
    from worded
    inner join near_units on worded.post_number = near_units.post_number
    inner join kinds on worded.level_word = kinds.level_word and near_units.kind = kinds.kind
    where coalesce(worded.place_key, '') = ''

    union all

    -- A department is the province's; a party committee without a level is the commune's own.
    select
        worded.post_number,
        near_units.code
    from worded
    inner join near_units on worded.post_number = near_units.post_number
    where
        worded.level_word = ''
        and (
            (starts_with(worded.body_key, 'sở ') and near_units.level = 'province')
            or (worded.body_key = 'đảng ủy' and near_units.level = 'commune')
        )
),

named as (
    select
        worded.post_number,
        areas.code
    from worded
    inner join kinds on worded.level_word = kinds.level_word
    inner join areas
        on
            worded.place_key = areas.name_key
            and kinds.kind = areas.kind
            and coalesce(worded.valid_on >= areas.valid_from, true)
            and coalesce(worded.valid_on < areas.valid_to, true)
    left join meeting_units on worded.post_number = meeting_units.post_number
    where areas.level = 'province' or areas.province_code = meeting_units.province_code
),

candidates as (
    select * from implied

    union

    select * from named
),

units as (
    select
        post_number,
        any_value(code) as ref_area
    from candidates
    group by post_number
    having count(distinct code) = 1
),

provinces as (
    select
        post_number,
        min(province_code) as province_code
    from meeting_units
    group by post_number
),

-- The body without the name of its place, which `ref_area` says.
trimmed as (
    select
        worded.*,
        units.ref_area,
        provinces.province_code,
        string_split(worded.body, ' ') as body_words,
        string_split(worded.body_key, ' ') as key_words,
        case
            when units.ref_area is not null and coalesce(worded.place_key, '') != ''
                then len(string_split(worded.place_key, ' '))
            else 0
        end as place_length
    from worded
    left join units on worded.post_number = units.post_number
    left join provinces on worded.post_number = provinces.post_number
),

placed as (
    select
        * exclude (
            post_number, place_key, valid_on, body, body_key, body_words, key_words, place_length
        ),
        array_to_string(list_slice(body_words, 1, len(body_words) - place_length), ' ')
            as organization,
        regexp_replace(
            replace(
                replace(
                    array_to_string(list_slice(key_words, 1, len(key_words) - place_length), ' '),
                    'ủy ban nhân dân', 'ubnd'
                ),
                'hội đồng nhân dân', 'hđnd'
            ),
            '(ủy ban )?(mặt trận tổ quốc|mttq)( việt nam|vn)?', 'mttq'
        ) as organization_key
    from trimmed
)

select * from placed
