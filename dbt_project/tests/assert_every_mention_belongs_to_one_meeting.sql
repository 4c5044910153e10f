select mentions.mention_id
from {{ ref('int_meeting_mentions_selected') }} as mentions
left join {{ ref('meeting_articles') }} as links on mentions.mention_id = links.mention_id
group by mentions.mention_id
having count(links.mention_id) != 1
