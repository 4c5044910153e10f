-- How sure the figures are, and what became of them.
select
    count(*) as figures,
    count(*) filter (where confidence >= 0.9) as sure,
    count(*) filter (where indicator != 'other') as named,
    count(*) filter (where area_match = 'valid') as placed,
    count(*) filter (where is_corrected) as corrected,
    (select count(*) from indicator_series where is_revised) as revised,
    (select count(*) from indicator_series where is_contradicted) as contradicted,
    (select count(*) from indicator_series) as points,
    (select count(*) from articles) as articles,
    (select count(*) from articles where published_date is not null) as dated,
    (select count(*) from articles where is_copy) as copies,
    (select count(*) from articles where is_edited) as edited,
    (select count(*) from articles where is_retracted) as retracted
from indicator_reports
where is_standing
