-- Which mentions speak of one meeting. Every mention follows the strongest earlier-ranked one that
-- it agrees with; who could follow two that disagree follows none, and two mentions of one article
-- are two meetings.
{{ config(materialized='table') }}

with recursive ranked as (
    select
        *,
        string_split(name_key, ' ') as name_words,
        row_number() over (
            order by
                ordinal is null, status != 'confirmed', part_of_day is null,
                reported_at asc nulls last, mention_id asc
        ) as standing
    from {{ ref('int_meeting_mentions_selected') }}
),

agreements as (
    select
        followers.mention_id,
        followers.ordinal,
        followers.part_of_day,
        leaders.mention_id as leader_id,
        leaders.ordinal as leader_ordinal,
        leaders.part_of_day as leader_part_of_day,
        leaders.standing as leader_standing
    from ranked as followers
    inner join ranked as leaders
        on
            followers.organization_key = leaders.organization_key
            and followers.classification = leaders.classification
            and followers.article_id != leaders.article_id
            and followers.standing > leaders.standing
            -- The same days, or one without a day that was published near the other and bears its
            -- number.
            and case
                when followers.start_date is not null and leaders.start_date is not null
                    then
                        followers.start_date <= leaders.last_date
                        and followers.last_date >= leaders.start_date
                else
                    followers.ordinal = leaders.ordinal
                    and abs(datediff(
                        'day',
                        coalesce(followers.start_date, followers.published_date),
                        coalesce(leaders.start_date, leaders.published_date)
                    )) <= 30
            end
            -- Nothing that both say may differ.
            and coalesce(followers.ordinal = leaders.ordinal, true)
            and coalesce(followers.ref_area = leaders.ref_area, true)
            and (
                coalesce(followers.part_of_day = leaders.part_of_day, true)
                or coalesce(followers.ordinal = leaders.ordinal, false)
            )
            -- A number names a meeting; so does a body that meets once a day; else the names must
            -- be alike.
            and (
                coalesce(followers.ordinal = leaders.ordinal, false)
                or followers.classification in ('council_session', 'congress')
                or (
                    followers.classification = 'party_committee'
                    and contains(followers.name_key, 'thường vụ')
                    = contains(leaders.name_key, 'thường vụ')
                )
                or contains(followers.name_key, leaders.name_key)
                or contains(leaders.name_key, followers.name_key)
                or 10 * len(list_intersect(followers.name_words, leaders.name_words))
                >= 7 * len(list_distinct(list_concat(followers.name_words, leaders.name_words)))
            )
),

followings as (
    select
        mention_id,
        arg_min(leader_id, leader_standing) as leader_id
    from agreements
    group by mention_id
    having
        not bool_or(ordinal is null and leader_ordinal is not null)
        or count(distinct leader_ordinal) = 1
),

unambiguous as (
    select followings.*
    from followings
    where
        followings.mention_id not in (
            select agreements.mention_id
            from agreements
            where agreements.part_of_day is null and agreements.ordinal is null
            group by agreements.mention_id
            having count(distinct agreements.leader_part_of_day) > 1
        )
),

chains as (
    select
        ranked.mention_id,
        ranked.mention_id as root_mention_id
    from ranked
    where ranked.mention_id not in (select unambiguous.mention_id from unambiguous)

    union all

    select
        unambiguous.mention_id,
        chains.root_mention_id
    from unambiguous
    inner join chains on unambiguous.leader_id = chains.mention_id
),

matched as (
    select
        chains.mention_id,
        case
            when
                row_number() over (
                    partition by chains.root_mention_id, ranked.article_id
                    order by ranked.standing
                ) = 1
                then chains.root_mention_id
            else chains.mention_id
        end as root_mention_id
    from chains
    inner join ranked on chains.mention_id = ranked.mention_id
)

select * from matched
