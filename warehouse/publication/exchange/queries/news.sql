-- What a feed tells of: meetings, figures and contradictions, the newest first.
with told as (
    select
        meeting_id,
        arg_min({'url': article_url, 'quote': quote}, (reported_at, mention_id)) as source
    from published.marts.meeting_articles
    group by all
),

news as (
    select
        'meeting' as kind,
        meetings.meeting_id as id,
        meetings.meeting_name as subject,
        meetings.area_name,
        meetings.ref_area,
        strftime(meetings.start_date, '%Y-%m-%d') as time_period,
        null::decimal(38, 6) as value,
        null as base_unit,
        null as obs_status,
        null as measure,
        null as base,
        null as bound,
        null::decimal(38, 6) as value_upper,
        told.source.quote as quote,
        told.source.url as url,
        coalesce(meetings.first_reported_at, meetings.first_seen) as published_at,
        coalesce(meetings.last_reported_at, meetings.first_seen) as updated_at
    from published.marts.meetings as meetings
    inner join told on meetings.meeting_id = told.meeting_id
    where not meetings.is_retracted

    union all by name

    select
        'figure' as kind,
        point_id as id,
        concat_ws(', ', indicator_name, breakdown) as subject,
        area_name,
        ref_area,
        time_period,
        value,
        base_unit,
        obs_status,
        measure,
        base,
        bound,
        value_upper,
        quote,
        article_url as url,
        coalesce(first_reported_at, first_seen) as published_at,
        coalesce(last_reported_at, first_seen) as updated_at
    from published.marts.indicator_series
    where not is_retracted

    union all by name

    select
        'contradiction' as kind,
        contradiction_id as id,
        concat_ws(', ', indicator_name, breakdown) as subject,
        area_name,
        ref_area,
        time_period,
        later_value as value,
        base_unit,
        obs_status,
        measure,
        base,
        null as bound,
        null::decimal(38, 6) as value_upper,
        concat_ws(' ≠ ', earlier_quote, later_quote) as quote,
        later_article_url as url,
        coalesce(later_reported_at, earlier_reported_at) as published_at,
        coalesce(later_reported_at, earlier_reported_at) as updated_at
    from published.marts.indicator_contradictions
    where coalesce(later_reported_at, earlier_reported_at) is not null
)

-- No feed holds more: they are of a kind, of an area, or of all.
from news
qualify
    row_number() over (partition by kind order by published_at desc, kind, id) <= $entries
    or row_number() over (partition by ref_area order by published_at desc, kind, id) <= $entries
order by published_at desc, kind, id
