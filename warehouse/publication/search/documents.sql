-- What can be found: areas, articles, meetings and points of series, with the text that they are found by.
with spoken_of as (
    select meeting_id, string_agg(distinct person_name, ' ' order by person_name) as persons
    from published.marts.meeting_participants
    group by all
),

reported as (
    select
        meeting_id,
        arg_min(article_url, (is_retracted, reported_at, mention_id)) as article_url,
        arg_min(quote, (is_retracted, reported_at, mention_id)) as quote
    from published.marts.meeting_articles
    group by all
),

found as (
    select
        'area' as kind,
        districts.unit_id as id,
        districts.full_name as title,
        parents.full_name as excerpt,
        districts.code as ref_area,
        districts.valid_from as date,
        null as url,
        concat_ws(' ', districts.full_name, districts.code, parents.full_name) as words
    from published.marts.districts as districts
    left join published.marts.districts as parents
        on districts.parent_code = parents.code and parents.is_current
    where districts.is_current or districts.valid_to is not null

    union all by name

    select
        'article' as kind,
        articles.article_id as id,
        articles.headline as title,
        articles.description as excerpt,
        null as ref_area,
        articles.published_date as date,
        articles.article_url as url,
        concat_ws(
            ' ',
            articles.headline,
            articles.description,
            array_to_string(articles.authors, ' '),
            articles.section,
            revisions.body_text,
            array_to_string(articles.captions, ' ')
        ) as words
    from published.marts.articles as articles
    left join published.marts.article_revisions as revisions on articles.revision_id = revisions.revision_id
    where articles.copy_of is null

    union all by name

    select
        'meeting' as kind,
        meetings.meeting_id as id,
        meetings.meeting_name as title,
        reported.quote as excerpt,
        meetings.ref_area,
        meetings.start_date as date,
        reported.article_url as url,
        concat_ws(
            ' ',
            meetings.meeting_name,
            meetings.organization,
            meetings.area_name,
            meetings.location,
            spoken_of.persons,
            reported.quote
        ) as words
    from published.marts.meetings as meetings
    left join spoken_of on meetings.meeting_id = spoken_of.meeting_id
    left join reported on meetings.meeting_id = reported.meeting_id

    union all by name

    select
        'figure' as kind,
        series.point_id as id,
        concat_ws(', ', series.indicator_name, series.breakdown, series.area_name, series.time_period) as title,
        series.quote as excerpt,
        series.ref_area,
        series.reported_at::date as date,
        series.article_url as url,
        concat_ws(
            ' ',
            series.indicator_name,
            indicators.label_vi,
            series.breakdown,
            series.area_name,
            series.time_period,
            series.quote
        ) as words
    from published.marts.indicator_series as series
    left join published.marts.indicators as indicators on series.indicator = indicators.indicator
)

select
    kind || ':' || id as document_id,
    kind,
    id,
    title,
    excerpt,
    ref_area,
    date,
    url,
    replace(strip_accents(lower(words)), 'đ', 'd') as folded
from found
where title is not null
order by document_id
