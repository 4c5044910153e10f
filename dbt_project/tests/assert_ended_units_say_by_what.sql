-- What ended is known to have ended by a law, resolution or decree; what is valid is ended by none.
select unit_id
from {{ ref('districts') }}
where (valid_to is null) != (ended_by is null)
