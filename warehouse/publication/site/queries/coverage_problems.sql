-- What was not understood, by portal, stage and kind, with the newest example.
select
    problems.stage,
    problems.kind,
    portals.portal_name,
    count(*) as number,
    max(problems.occurred_at) as latest,
    arg_max(problems.detail, (problems.occurred_at, problems.problem_id)) as detail,
    arg_max(problems.quote, (problems.occurred_at, problems.problem_id)) as quote,
    arg_max(problems.url, (problems.occurred_at, problems.problem_id)) as url
from problems
left join portals on problems.portal = portals.portal
group by problems.stage, problems.kind, portals.portal_name
order by number desc, latest desc
limit $most
