-- Có những bảng và cột nào
-- Which tables and columns there are
select table_name, column_name, data_type, comment
from duckdb_columns()
where database_name = 'cityledger' and schema_name = 'marts'
order by table_name, column_index;
