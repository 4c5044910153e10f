-- What the charts of a share of the indicators choose among, indicator by indicator, area by area.
select * exclude (reported_at, point_id)
from points
where
    md5(indicator)[:2] between $first and $last
    and (
        measure in ('level', 'share')
        or (measure = 'plan_ratio' and is_year_to_date)
        or (measure = 'change_rate' and base in ('same_period', 'previous_year'))
    )
order by indicator, name_key, ref_area, period_end, obs_status, reported_at, point_id
