select article_id
from {{ ref('article_revisions') }}
group by article_id
having count(*) filter (where is_current) != 1
