"""What was read of a portal's archived pages, told once more: for a frontier that is made anew."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from warehouse.connect import has_warehouse, in_our_words, open_warehouse, warehouse_path
from warehouse.load import Verdict

# A page of which nothing was read and nothing is wrong (404, a redirect) was judged by the crawl itself.
_READ = """
with newest_sighting as (
    select fetch_id, article_id, revision_id, article_reader
    from raw.sighting
    qualify row_number() over (partition by fetch_id order by article_reader desc) = 1
),
first_problem as (
    select fetch_id, min(kind) as kind from raw.problem where fetch_id is not null group by fetch_id
)
select
    answer.portal,
    answer.url,
    article.text_hash,
    case
        when article.article_id is not null then 'article'
        when answer.outcome = 'gone' then 'gone'
        else first_problem.kind
    end as kind,
    article.date_published,
    answer.fetched_at
from raw.fetch as answer
left join newest_sighting using (fetch_id)
left join raw.article as article
    on article.article_id = newest_sighting.article_id
    and article.revision_id = newest_sighting.revision_id
    and article.article_reader = newest_sighting.article_reader
left join first_problem using (fetch_id)
where answer.portal = ? and (article.article_id is not null or first_problem.kind is not null)
order by answer.fetched_at, answer.fetch_id
"""


def verdicts_of(home: Path, portal: str) -> list[Verdict]:
    """Return every verdict on a portal's archived pages, oldest first; none where nothing was loaded yet.

    Raises what `open_warehouse` raises.
    """
    if not has_warehouse(home):
        return []
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        rows = connection.execute(_READ, [portal]).fetchall()
    return [Verdict(*row) for row in rows]
