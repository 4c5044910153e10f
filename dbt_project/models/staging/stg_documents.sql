with source as (
    select * from {{ source('raw', 'document') }}
),

renamed as (
    select
        ---------- ids
        document_id,
        portal,

        ---------- text
        url,
        kind,
        warc_file,
        {{ archived_copy('portal', 'fetched_at', 'fetched_url') }} as archived_copy,

        ---------- numbers
        article_reader,
        pages,
        warc_offset
    from source
)

select * from renamed
