with readings as (
    select * from {{ source('raw', 'document_reading') }}
),

documents as (
    select * from {{ source('raw', 'document') }}
),

attached as (
    select distinct on (readings.revision_id, readings.fact_reader, readings.position)
        ---------- ids
        readings.revision_id,
        documents.document_id,

        ---------- text
        'attachment:' || readings.position as field,
        documents.url,
        documents.kind,
        documents.warc_file,
        {{ archived_copy(
            'documents.portal', 'documents.fetched_at', 'documents.fetched_url'
        ) }} as archived_copy,

        ---------- numbers
        readings.fact_reader,
        documents.pages,
        documents.warc_offset
    from readings
    inner join documents on readings.document_id = documents.document_id
    order by
        readings.revision_id asc,
        readings.fact_reader asc,
        readings.position asc,
        documents.article_reader desc
)

select * from attached
