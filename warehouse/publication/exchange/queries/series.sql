-- The series as SDMX have them: one row an observation, dimensions first, then the value and its attributes.
select
    'dataflow' as "STRUCTURE",
    'CITYLEDGER:REPORTED_INDICATORS(1.0)' as "STRUCTURE_ID",
    'I' as "ACTION",
    ref_area as "REF_AREA",
    upper(indicator) as "INDICATOR",
    case when indicator = 'other' then indicator_name else '_Z' end as "PRINTED_NAME",
    coalesce(breakdown, '_T') as "BREAKDOWN",
    upper(measure) as "MEASURE",
    upper(coalesce(base, '_Z')) as "BASE",
    -- A counted noun is its own unit; codes are ASCII.
    regexp_replace(upper(replace(strip_accents(lower(base_unit)), 'đ', 'd')), '[^A-Z0-9]+', '_', 'g')
        as "UNIT_MEASURE",
    obs_status as "REPORT_STATUS",
    case when is_year_to_date then 'Y' else 'N' end as "CUMULATIVE",
    time_period as "TIME_PERIOD",
    rtrim(rtrim(value::varchar, '0'), '.') as "OBS_VALUE",
    case when is_contradicted then 'D' when obs_status = 'E' then 'E' else 'A' end as "OBS_STATUS",
    '0' as "UNIT_MULT",
    upper(bound) as "BOUND",
    rtrim(rtrim(value_upper::varchar, '0'), '.') as "OBS_VALUE_UPPER",
    first_reported_at::date as "FIRST_REPORTED",
    last_reported_at::date as "LAST_REPORTED",
    report_count as "REPORTS",
    indicator_name as "INDICATOR_NAME",
    area_name as "AREA_NAME",
    base_unit as "UNIT_NAME",
    quote as "QUOTE",
    article_url as "SOURCE",
    point_id as "POINT_ID"
from published.marts.indicator_series
where not is_retracted and value is not null
order by "POINT_ID"
