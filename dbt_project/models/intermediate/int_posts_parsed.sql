-- What each printed post says of a person: the post, the body and, by the body's word for its level
-- ("quận", "Huyện ủy"), what kind of unit it belongs to. Former posts and mere attendance are none.
with participants as (
    select * from {{ ref('stg_meeting_participants') }}
),

mentions as (
    select * from {{ ref('int_meeting_mentions_selected') }}
    where not is_retracted
),

posts as (
    select * from {{ ref('office_posts') }}
),

printed as (
    select
        participants.mention_id,
        participants.person_name,
        {{ folded('participants.person_name') }} as person_key,
        unnest(participants.roles) as printed_post,
        mentions.article_id,
        mentions.is_copy,
        mentions.reported_at,
        mentions.ref_area as meeting_area,
        coalesce(mentions.start_date, mentions.published_date) as seen_on
    from participants
    inner join mentions
        on
            participants.mention_id = mentions.mention_id
            and participants.fact_reader = mentions.fact_reader
),

folded_posts as (
    select
        *,
        {{ folded('printed_post') }} as printed_key
    from printed
),

-- The longest wording that the printed post begins with.
worded as (
    select
        folded_posts.*,
        posts.post,
        posts.organization as body_word,
        array_to_string(
            list_slice(
                string_split(folded_posts.printed_post, ' '),
                1 + len(string_split(posts.printed, ' ')),
                1000
            ),
            ' '
        ) as printed_rest
    from folded_posts
    inner join posts
        on starts_with(folded_posts.printed_key || ' ', posts.printed || ' ')
    qualify row_number() over (
        partition by folded_posts.mention_id, folded_posts.person_key, folded_posts.printed_post
        order by length(posts.printed) desc
    ) = 1
),

folded_rests as (
    select
        *,
        {{ folded('printed_rest') }} as rest_key
    from worded
),

bodies as (
    select
        * exclude (body_word, printed_rest, rest_key),
        case
            when body_word is null or starts_with(rest_key || ' ', lower(body_word) || ' ')
                then printed_rest
            else trim(body_word || ' ' || printed_rest)
        end as body
    from folded_rests
),

folded_bodies as (
    select
        *,
        {{ folded('body') }} as body_key
    from bodies
),

parsed as (
    select
        *,
        regexp_extract(
            body_key,
            '(?:^| )(quận|huyện|thị xã|tx|thị|tỉnh|thành phố|tp|thành|phường|xã|thị trấn|đặc khu)'
            || '(?: ủy)?(?: |$)',
            1
        ) as level_word
    from folded_bodies
)

select * from parsed
