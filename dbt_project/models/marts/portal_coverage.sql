with weeks as (
    select * from {{ ref('int_portal_weeks_counted') }}
),

rated as (
    select
        ---------- ids
        {{ surrogate_key('w', ['portal', 'week_start']) }} as portal_week_id,
        portal,

        ---------- numbers
        found_count,
        fetch_count,
        fetched_count,
        not_modified_count,
        gone_count,
        failed_count,
        payload_bytes,
        read_count,
        new_article_count,
        edited_count,
        problem_count,
        {{ percent_of('with_date', 'read_count') }} as date_filled_pct,
        {{ percent_of('with_description', 'read_count') }} as description_filled_pct,
        {{ percent_of('with_body', 'read_count') }} as body_filled_pct,
        {{ percent_of('with_authors', 'read_count') }} as authors_filled_pct,
        {{ percent_of('with_source', 'read_count') }} as source_filled_pct,
        {{ percent_of('with_section', 'read_count') }} as section_filled_pct,
        {{ percent_of('with_captions', 'read_count') }} as captions_filled_pct,
        {{ percent_of('with_districts', 'read_count') }} as districts_filled_pct,
        {{ percent_of('with_meetings', 'read_count') }} as meetings_filled_pct,
        {{ percent_of('with_indicators', 'read_count') }} as indicators_filled_pct,

        ---------- dates
        week_start
    from weeks
)

select * from rated
