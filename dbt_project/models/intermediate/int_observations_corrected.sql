-- The figures as they were read, but where a person decided otherwise.
with observations as (
    select * from {{ ref('stg_observations') }}
),

matches as (
    select * from {{ ref('int_corrections_matched') }}
    where fact = 'observation' and status = 'applied'
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
        observations.* replace (
            {{ corrected('observations.indicator_name', 'indicator_name', 'varchar') }}
                as indicator_name,
            {{ corrected('observations.indicator', 'indicator', 'varchar') }}
                as indicator,
            {{ corrected('observations.breakdown', 'breakdown', 'varchar') }}
                as breakdown,
            {{ corrected('observations.measure', 'measure', 'varchar') }}
                as measure,
            {{ corrected('observations.base', 'base', 'varchar') }}
                as base,
            {{ corrected('observations.obs_value', 'obs_value', 'decimal(28, 6)') }}
                as obs_value,
            {{ corrected('observations.obs_value_upper', 'obs_value_upper', 'decimal(28, 6)') }}
                as obs_value_upper,
            {{ corrected('observations.unit_measure', 'unit_measure', 'varchar') }}
                as unit_measure,
            {{ corrected('observations.unit_mult', 'unit_mult', 'integer') }}
                as unit_mult,
            {{ corrected('observations.bound', 'bound', 'varchar') }}
                as bound,
            {{ corrected('observations.obs_status', 'obs_status', 'varchar') }}
                as obs_status,
            {{ corrected('observations.time_period_reported', 'time_period', 'varchar') }}
                as time_period_reported,
            {{ corrected('observations.ref_area', 'ref_area', 'varchar') }}
                as ref_area
        ),
        decided.fact_id is not null as is_corrected,
        decided.values_read
    from observations
    left join decided
        on
            observations.report_id = decided.fact_id
            and observations.fact_reader = decided.fact_reader
    where not coalesce(decided.is_rejected, false)
)

select * from corrected
