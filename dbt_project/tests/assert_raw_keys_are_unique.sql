-- The raw schema declares no keys, so that a lake can hold it; they are held here.
select 'article' as raw_table
from {{ ref('stg_articles') }}
group by article_id, revision_id, article_reader
having count(*) > 1

union all

select 'meeting' as raw_table
from {{ ref('stg_meetings') }}
group by mention_id, fact_reader
having count(*) > 1

union all

select 'meeting_participant' as raw_table
from {{ ref('stg_meeting_participants') }}
group by mention_id, fact_reader, person_name
having count(*) > 1

union all

select 'observation' as raw_table
from {{ ref('stg_observations') }}
group by report_id, fact_reader
having count(*) > 1

union all

select 'area_mention' as raw_table
from {{ ref('stg_area_mentions') }}
group by revision_id, fact_reader, ref_area
having count(*) > 1

union all

select 'attachment' as raw_table
from {{ ref('stg_attachments') }}
group by article_id, url
having count(*) > 1

union all

select 'archive_progress' as raw_table
from {{ ref('stg_archive_progress') }}
group by portal, warc_file, article_reader, fact_reader
having count(*) > 1

union all

select 'portal' as raw_table
from {{ ref('stg_portals') }}
group by portal
having count(*) > 1

union all

select 'run' as raw_table
from {{ ref('stg_runs') }}
group by run_id
having count(*) > 1

union all

select 'fetch' as raw_table
from {{ ref('stg_fetches') }}
group by fetch_id
having count(*) > 1

union all

select 'article_state' as raw_table
from {{ ref('stg_article_states') }}
group by article_id
having count(*) > 1

union all

select 'problem' as raw_table
from {{ ref('stg_problems') }}
group by problem_id
having count(*) > 1

union all

select 'sighting' as raw_table
from {{ ref('stg_sightings') }}
group by fetch_id, article_reader
having count(*) > 1
