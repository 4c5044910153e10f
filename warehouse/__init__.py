"""The half that takes records and gives tables and files: DuckDB, dbt, publications."""
