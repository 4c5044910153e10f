with source as (
    select * from {{ source('raw', 'problem') }}
),

renamed as (
    select
        ---------- ids
        problem_id,
        portal,
        article_id,
        fetch_id,

        ---------- text
        stage,
        kind,
        detail,
        quote,
        url,

        ---------- numbers
        article_reader,
        fact_reader,

        ---------- dates
        {{ local_date('occurred_at') }} as occurred_date,

        ---------- timestamps
        occurred_at
    from source
)

select * from renamed
