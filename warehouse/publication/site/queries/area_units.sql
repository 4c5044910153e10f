-- The units that have a page, in their last state, with how much there is of each.
with counted as (
    select
        ref_area,
        count(distinct article_id) as articles,
        0 as meetings,
        0 as figures
    from article_districts
    where is_about
    group by ref_area
    union all
    select
        ref_area,
        0 as articles,
        count(*) as meetings,
        0 as figures
    from meetings
    where not is_retracted
    group by ref_area
    union all
    select
        ref_area,
        0 as articles,
        0 as meetings,
        count(*) as figures
    from indicator_reports
    where is_standing
    group by ref_area
),

totals as (
    select
        ref_area,
        sum(articles) as articles,
        sum(meetings) as meetings,
        sum(figures) as figures
    from counted
    group by ref_area
),

units as (
    select
        *,
        min(valid_from) over (partition by code) as first_day,
        bool_or(valid_from is null) over (partition by code) as is_older_than_records
    from districts
    qualify row_number() over (partition by code order by coalesce(valid_to, date '9999-12-31') desc) = 1
)

select
    units.code,
    coalesce(units.full_name, units.name) as full_name,
    units.level,
    units.kind,
    units.parent_code,
    if(units.is_older_than_records, null, units.first_day) as valid_from,
    units.valid_to,
    units.began_by,
    units.ended_by,
    coalesce(totals.articles, 0) as articles,
    coalesce(totals.meetings, 0) as meetings,
    coalesce(totals.figures, 0) as figures
from units
left join totals on units.code = totals.ref_area
where list_contains($codes, units.code)
order by units.code
