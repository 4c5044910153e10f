{# A share in percent with two decimals; null where there is no whole. #}
{% macro percent_of(part, whole) -%}
    cast(100 * {{ part }} / nullif({{ whole }}, 0) as decimal(5, 2))
{%- endmacro %}
