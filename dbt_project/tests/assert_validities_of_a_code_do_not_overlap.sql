select earlier.unit_id
from {{ ref('districts') }} as earlier
inner join {{ ref('districts') }} as later
    on
        earlier.code = later.code
        and earlier.level = later.level
        and earlier.unit_id != later.unit_id
        and coalesce(earlier.valid_from, date '0001-01-01')
        <= coalesce(later.valid_from, date '0001-01-01')
        and coalesce(earlier.valid_to, date '9999-12-31')
        > coalesce(later.valid_from, date '0001-01-01')
