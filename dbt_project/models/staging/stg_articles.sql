with loaded as (
    select * from {{ source('raw', 'article') }}
),

held_articles as (
    select * from {{ ref('stg_held_articles') }}
),

removed_articles as (
    select article_id from {{ source('raw', 'removal') }}
    where kind = 'article'
),

source as (
    select
        loaded.* replace (
            if(
                loaded.last_seen > held_articles.kept_to,
                greatest(loaded.first_seen, held_articles.last_seen),
                loaded.last_seen
            ) as last_seen
        )
    from loaded
    left join held_articles on loaded.article_id = held_articles.article_id
    left join removed_articles on loaded.article_id = removed_articles.article_id
    where
        removed_articles.article_id is null
        and (held_articles.article_id is null or loaded.first_seen <= held_articles.kept_to)
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
        coalesce(kind, if(content_kind = 'text', 'news', content_kind)) as kind,
        layout,
        districts,
        text_hash,
        sketch,

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
