{# First day of one SDMX period: 2023, 2023-S1, 2023-Q1, 2023-04 or 2023-04-11; else null. #}
{% macro period_start(token) -%}
    case
        when regexp_full_match({{ token }}, '\d{4}') then try_cast({{ token }} || '-01-01' as date)
        when regexp_full_match({{ token }}, '\d{4}-S[12]')
            then try_cast(left({{ token }}, 4) || if(right({{ token }}, 1) = '1', '-01-01', '-07-01') as date)
        when regexp_full_match({{ token }}, '\d{4}-Q[1-4]')
            then try_cast(
                left({{ token }}, 4) || '-' || lpad(
                    cast(3 * cast(right({{ token }}, 1) as integer) - 2 as varchar), 2, '0'
                ) || '-01' as date
            )
        when regexp_full_match({{ token }}, '\d{4}-\d{2}') then try_cast({{ token }} || '-01' as date)
        when regexp_full_match({{ token }}, '\d{4}-\d{2}-\d{2}') then try_cast({{ token }} as date)
    end
{%- endmacro %}

{# Last day of the same, given its first day. #}
{% macro period_end(token, start) -%}
    case
        when length({{ token }}) = 4 then cast({{ start }} + interval 1 year - interval 1 day as date)
        when {{ token }} like '%-S_' then cast({{ start }} + interval 6 months - interval 1 day as date)
        when {{ token }} like '%-Q_' then cast({{ start }} + interval 3 months - interval 1 day as date)
        when length({{ token }}) = 7 then cast({{ start }} + interval 1 month - interval 1 day as date)
        else {{ start }}
    end
{%- endmacro %}

{# Last day of a duration such as P9M, P28D, P2W, P1Y or P1Y6M that begins on a day. #}
{% macro duration_end(duration, start) -%}
    {%- set form = "'P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?'" -%}
    {%- set parts = [] -%}
    {%- for unit in ["to_years", "to_months", "to_weeks", "to_days"] -%}
        {%- do parts.append(
            unit ~ "(coalesce(try_cast(regexp_extract(" ~ duration ~ ", " ~ form ~ ", " ~ loop.index
            ~ ") as integer), 0))"
        ) -%}
    {%- endfor -%}
    case
        when regexp_full_match({{ duration }}, {{ form }})
            then try_cast({{ start }} + {{ parts | join(" + ") }} - interval 1 day as date)
    end
{%- endmacro %}
