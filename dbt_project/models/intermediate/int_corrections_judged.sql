-- What became of each correction among the current readings.
with corrections as (
    select * from {{ ref('stg_corrections') }}
),

matches as (
    select
        correction_id,
        count(*) filter (where status = 'applied') as fact_count,
        bool_or(status = 'settled') as is_settled,
        bool_or(status = 'ambiguous') as is_ambiguous
    from {{ ref('int_corrections_matched') }}
    group by correction_id
),

judged as (
    select
        corrections.*,
        coalesce(matches.fact_count, 0) as fact_count,
        case
            when matches.fact_count > 0 and corrections.decision = 'confirmed' then 'confirmed'
            when matches.fact_count > 0 then 'applied'
            when matches.is_ambiguous then 'ambiguous'
            when matches.is_settled then 'settled'
            else 'unmatched'
        end as status
    from corrections
    left join matches on corrections.correction_id = matches.correction_id
)

select * from judged
