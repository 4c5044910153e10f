-- Problems of the current readings, and those that no reading of an article raised.
with problems as (
    select * from {{ ref('stg_problems') }}
),

newest_readers as (
    select
        article_id,
        max(article_reader) as article_reader,
        max(fact_reader) as fact_reader
    from problems
    group by article_id
),

revisions as (
    select
        article_id,
        max(article_reader) as article_reader,
        max(fact_reader) as fact_reader
    from {{ ref('int_article_revisions_selected') }}
    group by article_id
),

selected as (
    select problems.*
    from problems
    left join newest_readers on problems.article_id = newest_readers.article_id
    left join revisions on problems.article_id = revisions.article_id
    where
        coalesce(
            problems.article_reader
            >= coalesce(revisions.article_reader, newest_readers.article_reader),
            true
        )
        and coalesce(
            problems.fact_reader >= coalesce(revisions.fact_reader, newest_readers.fact_reader),
            true
        )
)

select * from selected
