select meeting_id
from {{ ref('meetings') }}
where end_date < start_date
