{# The day in Viet Nam at a moment. #}
{% macro local_date(moment) -%}
    cast(timezone('Asia/Ho_Chi_Minh', {{ moment }}) as date)
{%- endmacro %}
