-- Values in base units, and the least and greatest value that the printed form allows: half a unit
-- of the last printed digit, 5 % for "about", an open end for "at least" and "at most".
with observations as (
    select
        report_id,
        obs_value,
        obs_value_upper,
        unit_measure,
        unit_mult,
        bound,
        {{ printed_decimals('obs_value') }} as decimals
    from {{ ref('int_observations_dated') }}
),

unit_conversions as (
    select * from {{ ref('unit_conversions') }}
),

units as (
    select distinct
        unit_measure,
        unit_mult,
        decimals
    from observations
),

scaled as (
    select
        units.unit_measure,
        units.unit_mult,
        units.decimals,
        coalesce(unit_conversions.base_unit, units.unit_measure) as base_unit,
        cast(
            {{ power_of_ten('units.unit_mult') }}
            * coalesce(unit_conversions.factor, 1.000000) as decimal(24, 6)
        ) as scale,
        cast('5e-' || (units.decimals + 1) as decimal(28, 7)) as half_step
    from units
    left join unit_conversions on units.unit_measure = unit_conversions.unit_measure
),

scales as (
    select
        unit_measure,
        unit_mult,
        decimals,
        base_unit,
        scale,
        if(scale % 1 = 0, cast(scale as decimal(18, 0)), null) as whole_scale,
        cast(half_step * scale as decimal(38, 6)) as tolerance
    from scaled
),

converted as (
    select
        observations.report_id,
        observations.bound,
        observations.decimals,
        scales.base_unit,
        scales.tolerance,
        {{ in_base_units('observations.obs_value', 'scales.scale', 'scales.whole_scale') }}
            as value,
        {{ in_base_units('observations.obs_value_upper', 'scales.scale', 'scales.whole_scale') }}
            as value_upper
    from observations
    inner join scales
        on
            observations.unit_measure = scales.unit_measure
            and observations.unit_mult = scales.unit_mult
            and observations.decimals = scales.decimals
),

bounded as (
    select
        report_id,
        base_unit,
        decimals,
        value,
        value_upper,
        case
            when bound = 'exact' then value - tolerance
            when bound = 'at_least' then value - tolerance
            when bound = 'range' then least(value, coalesce(value_upper, value)) - tolerance
            when bound = 'about'
                then value - greatest(tolerance, cast(try(abs(value) * 0.05) as decimal(38, 6)))
        end as value_low,
        case
            when bound = 'exact' then value + tolerance
            when bound = 'at_most' then value + tolerance
            when bound = 'range' then greatest(value, coalesce(value_upper, value)) + tolerance
            when bound = 'about'
                then value + greatest(tolerance, cast(try(abs(value) * 0.05) as decimal(38, 6)))
        end as value_high
    from converted
)

select * from bounded
