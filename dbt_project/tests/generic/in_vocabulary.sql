-- Every code of a column is one of the facts standard, by the seed `vocabulary`.
{% test in_vocabulary(model, column_name, of) %}

select distinct {{ column_name }}
from {{ model }}
where
    {{ column_name }} is not null
    and {{ column_name }} not in (
        select vocabulary.code
        from {{ ref('vocabulary') }} as vocabulary
        where vocabulary.field = '{{ of }}'
    )

{% endtest %}
