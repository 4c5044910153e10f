-- The meetings as they were read, but where a person decided otherwise.
with meetings as (
    select * from {{ ref('stg_meetings') }}
),

{{ decided_facts('meeting') }},

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
