with articles as (
    select * from {{ ref('stg_articles') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

selected as (
    select
        articles.revision_id,
        articles.body_text
    from articles
    inner join revisions
        on
            articles.revision_id = revisions.revision_id
            and articles.article_reader = revisions.article_reader
)

select * from selected
