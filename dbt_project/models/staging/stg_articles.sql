with source as (
    select * from {{ source('raw', 'article') }}
),

renamed as (
    select
        ---------- ids
        article_id,
        revision_id,
        fetch_id,
        portal,
        native_id,

        ---------- text
        url,
        canonical_url,
        headline,
        description,
        body_text,
        captions,
        authors,
        source as source_name,
        section,
        attachments,
        date_published as date_published_printed,
        date_source,
        date_modified as date_modified_printed,
        content_kind,
        layout,
        districts,
        text_hash,

        ---------- numbers
        article_reader,
        fact_reader,
        date_confidence,

        ---------- dates
        try_cast(left(date_published, 10) as date) as published_date,

        ---------- timestamps
        try_cast(
            date_published || if(length(date_published) = 10, 'T00:00:00+07:00', '') as timestamptz
        ) as reported_at,
        first_seen,
        last_seen
    from source
)

select * from renamed
