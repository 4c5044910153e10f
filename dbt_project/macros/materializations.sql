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
    {% if existing_relation is not none %}
        {% do adapter.drop_relation(existing_relation) %}
    {% endif %}
    {% call statement("main") -%}
        {{ create_table_as(False, target_relation, sql) }}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_relation, model) %}
    {{ adapter.commit() }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}
