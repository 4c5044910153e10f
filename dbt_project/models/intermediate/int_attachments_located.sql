with documents as (
    select * from {{ ref('stg_documents') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

located as (
    select documents.*
    from documents
    inner join revisions
        on
            documents.revision_id = revisions.revision_id
            and documents.fact_reader = revisions.fact_reader
)

select * from located
