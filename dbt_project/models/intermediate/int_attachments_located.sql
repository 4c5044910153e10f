with readings as (
    select * from {{ ref('stg_document_readings') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

located as (
    select distinct on (readings.revision_id, readings.position)
        readings.revision_id,
        readings.fact_reader,
        readings.field,
        documents.document_id,
        documents.url,
        documents.kind,
        documents.warc_file,
        documents.archived_copy,
        documents.pages,
        documents.warc_offset
    from readings
    inner join documents on readings.document_id = documents.document_id
    inner join revisions
        on
            readings.revision_id = revisions.revision_id
            and readings.fact_reader = revisions.fact_reader
    order by
        readings.revision_id asc,
        readings.position asc,
        documents.article_reader desc
)

select * from located
