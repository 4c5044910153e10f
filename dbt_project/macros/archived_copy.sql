{# Where `replay` shows the capture of that moment, below the address that it serves at. #}
{% macro archived_copy(portal, fetched_at, url) -%}
    '/' || {{ portal }} || '/' || strftime(timezone('UTC', {{ fetched_at }}), '%Y%m%d%H%M%S') || '/' || {{ url }}
{%- endmacro %}
