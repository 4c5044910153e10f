with source as (
    select * from {{ source('raw', 'fetch') }}
),

renamed as (
    select
        ---------- ids
        fetch_id,
        portal,
        article_id,

        ---------- text
        url,
        kind,
        outcome,
        content_type,
        payload_digest,
        warc_file,

        ---------- numbers
        http_status,
        payload_bytes,
        warc_offset,
        warc_length,

        ---------- dates
        {{ local_date('fetched_at') }} as fetched_date,

        ---------- timestamps
        fetched_at
    from source
)

select * from renamed
