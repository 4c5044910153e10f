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

{# A text with its white space evened out, as the files of decisions are read. #}
{% macro squeezed(expression) -%}
    trim(regexp_replace({{ expression }}, '\s+', ' ', 'g'))
{%- endmacro %}
