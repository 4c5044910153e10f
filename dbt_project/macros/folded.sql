{# Lower case, runs of anything but letters, digits and % as one space, and the tone mark of oa, oe
   and uy on their first letter, so that "Thuỷ" equals "Thủy". Diacritics stay: "hưng" is not "hùng". #}
{% macro folded(expression) -%}
    {%- set folding = namespace(sql="lower(" ~ expression ~ ")") -%}
    {%- set pairs = [
        ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
        ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
        ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
    ] -%}
    {%- for second, first in pairs -%}
        {%- set folding.sql = "replace(" ~ folding.sql ~ ", '" ~ second ~ "', '" ~ first ~ "')" -%}
    {%- endfor -%}
    trim(regexp_replace({{ folding.sql }}, '[^\p{L}\p{N}%‰]+', ' ', 'g'))
{%- endmacro %}
