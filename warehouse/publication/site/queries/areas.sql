-- Units that anything was reported on, in their last state, with those that took them over.
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
    select * from districts
    qualify row_number() over (partition by code order by coalesce(valid_to, date '9999-12-31') desc) = 1
),

successors as (
    select
        from_code,
        array_agg(distinct to_name order by to_name) as names
    from district_successions
    where to_name is not null and to_code != from_code
    group by from_code
)

select
    units.code,
    units.full_name,
    totals.articles,
    totals.meetings,
    totals.figures,
    units.valid_to,
    coalesce(successors.names, []) as successors
from totals
inner join units on totals.ref_area = units.code
left join successors on units.code = successors.from_code
order by totals.articles desc, totals.figures desc, units.code
limit $most
