with problems as (
    select * from {{ ref('int_problems_selected') }}
),

selected as (
    select
        ---------- ids
        problem_id,
        portal,
        article_id,

        ---------- text
        stage,
        kind,
        detail,
        quote,
        url,

        ---------- numbers
        article_reader,
        fact_reader,

        ---------- timestamps
        occurred_at
    from problems
)

select * from selected
