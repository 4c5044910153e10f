{# A column of a fact, or what a person decided in its place: of the lists `fields` and
   `values_decided` of the CTE `decided`. #}
{% macro corrected(column, field, type) -%}
    case
        when list_contains(decided.fields, '{{ field }}')
            then cast(
                decided.values_decided[list_position(decided.fields, '{{ field }}')] as {{ type }}
            )
        else {{ column }}
    end
{%- endmacro %}

{# The CTEs up to `decided`: what was decided of the facts of one kind, a fact's fields together. #}
{% macro decided_facts(fact) -%}
matches as (
    select * from {{ ref('int_corrections_matched') }}
    where fact = '{{ fact }}' and status = 'applied'
),

-- Of two decisions about one field the later one counts.
decisions as (
    select
        fact_id,
        fact_reader,
        field,
        any_value(value_read) as value_read,
        last(right_value order by decided_on asc, correction_id asc) as value_decided,
        bool_or(decision = 'no_fact') as is_rejected
    from matches
    where decision != 'confirmed'
    group by fact_id, fact_reader, field
),

decided as (
    select
        fact_id,
        fact_reader,
        list(field order by field) as fields,
        list(value_decided order by field) as values_decided,
        bool_or(is_rejected) as is_rejected,
        cast(
            to_json(map(list(field order by field), list(value_read order by field))) as varchar
        ) as values_read
    from decisions
    group by fact_id, fact_reader
)
{%- endmacro %}

{# A text with its white space evened out, as the files of decisions are read. #}
{% macro squeezed(expression) -%}
    trim(regexp_replace({{ expression }}, '\s+', ' ', 'g'))
{%- endmacro %}
