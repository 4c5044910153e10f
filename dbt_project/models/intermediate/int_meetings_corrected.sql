-- The meetings as they were read, but where a person decided otherwise.
with meetings as (
    select * from {{ ref('stg_meetings') }}
),

matches as (
    select * from {{ ref('int_corrections_matched') }}
    where fact = 'meeting' and status = 'applied'
),

-- Of two decisions about one field the later one counts.
decisions as (
    select
        fact_id,
        fact_reader,
        field,
        any_value(value_read) as value_read,
        last(right_value order by decided_on asc, correction_id asc) as value_decided,
        bool_or(decision = 'no_fact') as is_rejected
    from matches
    where decision != 'confirmed'
    group by fact_id, fact_reader, field
),

decided as (
    select
        fact_id,
        fact_reader,
        list(field order by field) as fields,
        list(value_decided order by field) as values_decided,
        bool_or(is_rejected) as is_rejected,
        cast(
            to_json(map(list(field order by field), list(value_read order by field))) as varchar
        ) as values_read
    from decisions
    group by fact_id, fact_reader
),

corrected as (
    select
        meetings.* replace (
            {{ corrected('meetings.meeting_name', 'name', 'varchar') }}
                as meeting_name,
            {{ corrected('meetings.classification', 'classification', 'varchar') }}
                as classification,
            {{ corrected('meetings.organization', 'organization', 'varchar') }}
                as organization,
            {{ corrected('meetings.ordinal', 'ordinal', 'integer') }}
                as ordinal,
            {{ corrected('meetings.start_date', 'start_date', 'date') }}
                as start_date,
            {{ corrected('meetings.end_date', 'end_date', 'date') }}
                as end_date,
            {{ corrected('meetings.part_of_day', 'part_of_day', 'varchar') }}
                as part_of_day,
            {{ corrected('meetings.location', 'location', 'varchar') }}
                as location,
            {{ corrected('meetings.ref_area', 'ref_area', 'varchar') }}
                as ref_area,
            {{ corrected('meetings.status', 'status', 'varchar') }}
                as status
        ),
        decided.fact_id is not null as is_corrected,
        decided.values_read
    from meetings
    left join decided
        on
            meetings.mention_id = decided.fact_id
            and meetings.fact_reader = decided.fact_reader
    where not coalesce(decided.is_rejected, false)
)

select * from corrected
