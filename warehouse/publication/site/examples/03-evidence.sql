-- Từ con số về câu văn, bài viết và bản lưu
-- From a figure to its sentence, article and archived copy
select
    area_name, indicator_name, time_period,
    value, base_unit, quote, article_url, archived_copy
from indicator_reports
where is_standing and confidence >= 0.9
order by published_date desc
limit 20;
