select conversions.unit_measure
from {{ ref('unit_conversions') }} as conversions
inner join {{ ref('unit_conversions') }} as others
    on conversions.base_unit = others.unit_measure
where others.base_unit != others.unit_measure
