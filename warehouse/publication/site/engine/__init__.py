"""DuckDB for the browser: the files that the SQL page runs, and the script that made them."""
