-- Values in base units, and the least and greatest value that the printed form allows: half a unit
-- of the last printed digit, 5 % for "about", an open end for "at least" and "at most".
with observations as (
    select * from {{ ref('int_observations_dated') }}
),

unit_conversions as (
    select * from {{ ref('unit_conversions') }}
),

scaled as (
    select
        observations.report_id,
        observations.obs_value,
        observations.obs_value_upper,
        observations.bound,
        coalesce(unit_conversions.base_unit, observations.unit_measure) as base_unit,
        cast(
            {{ power_of_ten('observations.unit_mult') }}
            * coalesce(unit_conversions.factor, 1.000000) as decimal(24, 6)
        ) as scale,
        {{ printed_decimals('observations.obs_value') }} as decimals
    from observations
    left join unit_conversions on observations.unit_measure = unit_conversions.unit_measure
),

converted as (
    select
        report_id,
        base_unit,
        bound,
        decimals,
        {{ in_base_units('obs_value', 'scale') }} as value,
        {{ in_base_units('obs_value_upper', 'scale') }} as value_upper,
        {{ in_base_units("cast('5e-' || (decimals + 1) as decimal(28, 7))", 'scale') }} as tolerance
    from scaled
),

bounded as (
    select
        report_id,
        base_unit,
        decimals,
        value,
        value_upper,
        tolerance,
        case bound
            when 'at_most' then null
            when 'about' then value - greatest(tolerance, cast(abs(value) / 20 as decimal(38, 6)))
            when 'range' then least(value, coalesce(value_upper, value)) - tolerance
            else value - tolerance
        end as value_low,
        case bound
            when 'at_least' then null
            when 'about' then value + greatest(tolerance, cast(abs(value) / 20 as decimal(38, 6)))
            when 'range' then greatest(value, coalesce(value_upper, value)) + tolerance
            else value + tolerance
        end as value_high
    from converted
)

select * from bounded
