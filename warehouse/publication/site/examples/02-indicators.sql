-- Chỉ tiêu nào được báo cáo nhiều nhất
-- Which indicators are reported most
select label_vi as indicator, count(*) as figures
from indicator_reports
inner join indicators using (indicator)
where is_standing and indicator != 'other'
group by label_vi
order by figures desc
limit 20;
