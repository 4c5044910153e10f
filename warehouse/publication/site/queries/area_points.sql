-- What the small multiples of a share of the areas choose among, area by area: totals by level, share and percent
-- of the plan.
select * exclude (reported_at, point_id)
from points
where
    md5(ref_area)[:2] between $first and $last
    and (measure in ('level', 'share') or (measure = 'plan_ratio' and is_year_to_date))
order by ref_area, indicator, name_key, period_end, obs_status, reported_at, point_id
