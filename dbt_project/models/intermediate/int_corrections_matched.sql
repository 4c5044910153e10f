-- Which facts of the current readings a correction means: the one of its id, and in every text of
-- the article the one of its quote and figure, because ids change with the reader. Where one text
-- has several such facts none is taken.
{{ config(materialized='table') }}

with corrections as (
    select * from {{ ref('stg_corrections') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

observations as (
    select * from {{ ref('stg_observations') }}
),

meetings as (
    select * from {{ ref('stg_meetings') }}
),

facts as (
    select
        corrections.correction_id,
        observations.report_id as fact_id,
        observations.revision_id,
        observations.fact_reader,
        observations.quote,
        cast(observations.obs_value as varchar) as obs_value,
        case corrections.field
            when 'indicator_name' then observations.indicator_name
            when 'indicator' then observations.indicator
            when 'breakdown' then observations.breakdown
            when 'measure' then observations.measure
            when 'base' then observations.base
            when 'obs_value' then cast(observations.obs_value as varchar)
            when 'obs_value_upper' then cast(observations.obs_value_upper as varchar)
            when 'unit_measure' then observations.unit_measure
            when 'unit_mult' then cast(observations.unit_mult as varchar)
            when 'bound' then observations.bound
            when 'obs_status' then observations.obs_status
            when 'time_period' then observations.time_period_reported
            when 'ref_area' then observations.ref_area
        end as value_read
    from corrections
    inner join observations on corrections.article_id = observations.article_id
    where corrections.fact = 'observation'

    union all

    select
        corrections.correction_id,
        meetings.mention_id as fact_id,
        meetings.revision_id,
        meetings.fact_reader,
        meetings.quote,
        null as obs_value,
        case corrections.field
            when 'name' then meetings.meeting_name
            when 'classification' then meetings.classification
            when 'organization' then meetings.organization
            when 'ordinal' then cast(meetings.ordinal as varchar)
            when 'start_date' then cast(meetings.start_date as varchar)
            when 'end_date' then cast(meetings.end_date as varchar)
            when 'part_of_day' then meetings.part_of_day
            when 'location' then meetings.location
            when 'ref_area' then meetings.ref_area
            when 'status' then meetings.status
        end as value_read
    from corrections
    inner join meetings on corrections.article_id = meetings.article_id
    where corrections.fact = 'meeting'
),

quoted_facts as (
    select
        *,
        {{ squeezed('value_read') }} as value_key,
        {{ folded('quote') }} as quote_key
    from facts
),

quoted_corrections as (
    select
        *,
        {{ folded('quote') }} as quote_key
    from corrections
),

compared as (
    select
        corrections.correction_id,
        corrections.fact,
        corrections.field,
        corrections.decision,
        corrections.right_value,
        corrections.decided_on,
        facts.fact_id,
        facts.revision_id,
        facts.fact_reader,
        facts.value_read,
        coalesce(facts.fact_id = corrections.fact_id, false) as is_named,
        coalesce(
            contains(facts.quote_key, corrections.quote_key)
            or contains(corrections.quote_key, facts.quote_key),
            false
        ) as is_quoted,
        coalesce(facts.obs_value = corrections.obs_value_read, corrections.obs_value_read is null)
            as is_figure,
        (
            corrections.field = ''
            or facts.value_key is not distinct from corrections.wrong_value
        ) as is_wrong,
        (
            corrections.decision = 'corrected'
            and facts.value_key is not distinct from corrections.right_value
        ) as is_right
    from quoted_facts as facts
    inner join quoted_corrections as corrections on facts.correction_id = corrections.correction_id
    inner join revisions
        on
            facts.revision_id = revisions.revision_id
            and facts.fact_reader = revisions.fact_reader
),

meant as (
    select
        *,
        count(*) filter (where not is_named) over (
            partition by correction_id, revision_id, is_wrong
        ) as alike_count,
        bool_or(is_named) over (partition by correction_id, revision_id) as has_named
    from compared
    where
        (is_wrong and (is_named or (is_quoted and is_figure)))
        or (is_right and is_quoted and (is_figure or field = 'obs_value'))
),

matched as (
    select
        correction_id,
        fact,
        fact_id,
        fact_reader,
        field,
        decision,
        value_read,
        right_value,
        decided_on,
        case
            when is_right then 'settled'
            when is_named or (alike_count = 1 and not has_named) then 'applied'
            else 'ambiguous'
        end as status
    from meant
    where is_named or not has_named
)

select * from matched
