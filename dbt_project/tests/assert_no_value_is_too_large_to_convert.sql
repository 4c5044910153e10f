-- Such a number is a misreading; it stays in the reports without a value and is worth a look.
{{ config(severity='warn') }}

select report_id
from {{ ref('indicator_reports') }}
where value is null
