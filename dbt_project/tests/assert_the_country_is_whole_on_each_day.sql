-- How many units of each level were valid: before and after the mergers of 2020 and 2021, on the
-- last day of the district level, and on the first without it.
with expected as (
    select
        unnest([
            '2019-12-31', '2019-12-31', '2023-01-01', '2023-01-01', '2025-06-30', '2025-06-30',
            '2025-06-30', '2025-07-01', '2025-07-01', '2025-07-01'
        ])::date as day,
        unnest([
            'province', 'district', 'province', 'district', 'province', 'district',
            'commune', 'province', 'district', 'commune'
        ]) as level,
        unnest([63, 713, 63, 705, 63, 696, 0, 34, 0, 3321]) as units
),

districts as (
    select * from {{ ref('districts') }}
),

counted as (
    select
        expected.day,
        expected.level,
        expected.units,
        count(districts.unit_id) as found
    from expected
    left join districts
        on
            expected.level = districts.level
            and coalesce(expected.day >= districts.valid_from, true)
            and coalesce(expected.day < districts.valid_to, true)
    group by expected.day, expected.level, expected.units
)

select * from counted
where found != units
