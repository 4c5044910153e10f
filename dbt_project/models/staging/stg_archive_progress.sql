with source as (
    select * from {{ source('raw', 'archive_progress') }}
),

renamed as (
    select
        ---------- ids
        portal,
        warc_file,

        ---------- numbers
        article_reader,
        fact_reader,
        read_to,
        records,

        ---------- timestamps
        loaded_at
    from source
)

select * from renamed
