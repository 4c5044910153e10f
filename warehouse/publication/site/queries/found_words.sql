-- Each word and where it stands: the steps from document to document, in titles and in what says less of them.
with said as (
    select distinct unnest(words) as word, document, true as is_title from findable
    union
    select distinct unnest(list_distinct(more)) as word, document, false as is_title from findable
),

told as (
    select word, document, bool_or(is_title) as is_title
    from said
    where length(word) <= 20
    group by all
),

stepped as (
    select
        word,
        is_title,
        document,
        document - coalesce(lag(document) over (partition by word, is_title order by document), 0) as step
    from told
)

select
    word,
    coalesce(string_agg(step, ' ' order by document) filter (where is_title), '') as titles,
    coalesce(string_agg(step, ' ' order by document) filter (where not is_title), '') as others
from stepped
group by word
order by word
