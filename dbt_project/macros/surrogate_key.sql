{% macro surrogate_key(prefix, columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as varchar), chr(30))") -%}
    {%- endfor -%}
    '{{ prefix }}-' || left(md5(concat_ws(chr(31), {{ parts | join(", ") }})), 16)
{%- endmacro %}
