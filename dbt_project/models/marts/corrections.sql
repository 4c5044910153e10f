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

articles as (
    select * from {{ ref('articles') }}
),

described as (
    select
        ---------- ids
        corrections.correction_id,
        corrections.fact_id,
        corrections.article_id,

        ---------- text
        corrections.fact,
        corrections.quote,
        nullif(corrections.field, '') as field,
        corrections.wrong_value,
        corrections.right_value,
        corrections.decision,
        case
            when matches.fact_count > 0 and corrections.decision = 'confirmed' then 'confirmed'
            when matches.fact_count > 0 then 'applied'
            when matches.is_ambiguous then 'ambiguous'
            when matches.is_settled then 'settled'
            else 'unmatched'
        end as status,
        corrections.reason,
        articles.article_url,

        ---------- numbers
        coalesce(matches.fact_count, 0) as fact_count,

        ---------- dates
        corrections.decided_on
    from corrections
    inner join articles on corrections.article_id = articles.article_id
    left join matches on corrections.correction_id = matches.correction_id
)

select * from described
