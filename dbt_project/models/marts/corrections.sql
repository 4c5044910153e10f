with corrections as (
    select * from {{ ref('int_corrections_judged') }}
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
        corrections.status,
        corrections.reason,
        articles.article_url,

        ---------- numbers
        corrections.fact_count,

        ---------- dates
        corrections.decided_on
    from corrections
    inner join articles on corrections.article_id = articles.article_id
)

select * from described
