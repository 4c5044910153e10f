-- The figures as they were read, but where a person decided otherwise.
with observations as (
    select * from {{ ref('stg_observations') }}
),

{{ decided_facts('observation') }},

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
