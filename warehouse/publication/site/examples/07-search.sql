-- Tìm không dấu, xếp theo độ khớp
-- Search blind to diacritics, best first
select kind, title, excerpt, date, score
from search('thu ngan sach quan le chan')
limit 20;
