-- Meetings a month and kind, kinds beyond $kinds as other, with up to three of them by name.
with told as (
    select
        meetings.meeting_id,
        meetings.meeting_name,
        meetings.start_date,
        if(list_contains($kinds, meetings.classification), meetings.classification, 'other') as kind,
        arg_max(mentions.article_id, mentions.last_seen) as article_id,
        arg_max(mentions.headline, mentions.last_seen) as headline,
        arg_max(mentions.article_url, mentions.last_seen) as article_url
    from meetings
    inner join meeting_articles as mentions on meetings.meeting_id = mentions.meeting_id
    where meetings.start_date is not null and not meetings.is_retracted and meetings.status != 'cancelled'
    group by all
)

select
    cast(date_trunc('month', start_date) as date) as month,
    kind,
    count(*) as meetings,
    array_agg(
        struct_pack(
            day := strftime(start_date, '%d/%m/%Y'),
            meeting_id := meeting_id,
            name := meeting_name,
            article_id := article_id,
            headline := headline,
            url := article_url
        )
        order by start_date, meeting_name
    )[:3] as examples
from told
group by month, kind
order by month, kind
