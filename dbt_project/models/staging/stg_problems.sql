with removed_articles as (
    select article_id from {{ source('raw', 'removal') }}
    where kind = 'article'
),

source as (
    select problems.*
    from {{ source('raw', 'problem') }} as problems
    left join removed_articles on problems.article_id = removed_articles.article_id
    where removed_articles.article_id is null
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
