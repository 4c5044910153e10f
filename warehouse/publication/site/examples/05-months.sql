-- Số bài viết từng tháng
-- Articles month by month
select
    date_trunc('month', published_date)::date as month,
    count(*) as articles
from articles
where published_date is not null
group by month
order by month;
