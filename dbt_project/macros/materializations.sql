{# dbt builds a relation beside the old one and swaps names, for databases where readers look on.
   Here nobody reads while a build runs and DDL is transactional, so a relation is replaced in place:
   a third of the statements. #}
{% materialization view, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="view") -%}
    {%- set existing_relation = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if existing_relation is not none and not existing_relation.is_view %}
        {% do adapter.drop_relation(existing_relation) %}
    {% endif %}
    {% call statement("main") -%}
        create or replace view {{ target_relation }} as ({{ sql }})
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}

{% materialization table, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set existing_relation = load_cached_relation(this) -%}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement("main") -%}
        {% if existing_relation is not none -%}
            drop {{ existing_relation.type }} if exists {{ existing_relation }} cascade;
        {%- endif %}
        {{ create_table_as(False, target_relation, sql) }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}

{# dbt would read every seed into Python to guess types that `column_types` names already. #}
{% materialization seed, adapter="duckdb" %}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set file = adapter.get_seed_file_path(model) | replace("'", "''") -%}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement("main") -%}
        create or replace table {{ target_relation }} as
        from read_csv(
            '{{ file }}', header = true, delim = ',', quote = '"', escape = '"',
            types = {{ config.get("column_types") | tojson | replace('"', "'") }}
        )
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {# What dbt would show of the seed. #}
    {% do store_result("agate_table", response="OK") %}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}

{# A table's comments in one statement: its columns are its contract's, nobody need look. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {%- set comments = [] -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do comments.append(duckdb__alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() -%}
        {%- for column in model.columns.values() -%}
            {%- set words = duckdb_escape_comment(column.description) -%}
            {%- set place = relation ~ "." ~ column.name -%}
            {%- do comments.append("comment on column " ~ place ~ " is " ~ words ~ ";") -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if comments -%}
        {%- call statement("comments") -%}{{ comments | join("\n") }}{%- endcall -%}
    {%- endif -%}
{% endmacro %}
