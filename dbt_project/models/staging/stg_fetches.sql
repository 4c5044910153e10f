with loaded as (
    select * from {{ source('raw', 'fetch') }}
),

holds as (
    select
        portal,
        max(kept_to) as kept_to
    from {{ source('raw', 'hold') }}
    where released_at is null
    group by portal
),

source as (
    select loaded.*
    from loaded
    left join holds on loaded.portal = holds.portal
    where holds.portal is null or loaded.fetched_at <= holds.kept_to
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
