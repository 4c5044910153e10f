-- How many checks of each kind there were, and how they ended.
select
    audit,
    count(*) as checks,
    count(*) filter (where is_consistent) as agreeing,
    count(*) filter (where not is_consistent) as differing,
    count(*) filter (where likely_misprint is not null) as misprints
from indicator_audits
group by audit
order by checks desc, audit
