{# Ten to an integer power as an exact decimal; null outside of -6..17. #}
{% macro power_of_ten(exponent) -%}
    case when {{ exponent }} between -6 and 17 then cast('1e' || {{ exponent }} as decimal(24, 6)) end
{%- endmacro %}

{# A product in base units, exact to six decimals; null where it has more digits than fit. A whole
   scale keeps the type of the product, which spares a slow cast of 128-bit numbers. #}
{% macro in_base_units(value, scale, whole_scale) -%}
    case
        when {{ whole_scale }} is not null then try({{ value }} * {{ whole_scale }})
        else cast(try({{ value }} * {{ scale }}) as decimal(38, 6))
    end
{%- endmacro %}

{# How many decimals a value was printed with, at least: trailing zeros are not known. #}
{% macro printed_decimals(value) -%}
    length(rtrim(split_part(cast({{ value }} as varchar), '.', 2), '0'))
{%- endmacro %}
