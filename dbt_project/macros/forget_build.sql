{# Marts that dbt begins to make anew have not passed yet. `cityledger build` says when they have;
   what is built by hand is not published before it did. #}
{% macro forget_build() %}
    {%- set harmless = ["compile", "freshness", "generate", "list", "parse", "show", "test"] -%}
    {%- if execute and flags.WHICH not in harmless -%}
        {%- set build = adapter.get_relation(
            database=target.database, schema="raw", identifier="build"
        ) -%}
        {%- if build is not none -%}
            {# dbt rolls back what its first step leaves open. #}
            delete from {{ build }}; commit
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
