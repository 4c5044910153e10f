{# A table macro that leads from a figure, a point of a series or a meeting to the sentences
   and the archived bytes behind it, kept beside the marts and published with them:
   `from marts.evidence('p-…')`. #}
{% macro create_evidence() %}
    {%- set meetings = adapter.get_relation(
        database=target.database, schema="marts", identifier="meeting_articles"
    ) -%}
    {%- set reports = adapter.get_relation(
        database=target.database, schema="marts", identifier="indicator_reports"
    ) -%}
    {%- set place -%}
        portal, article_id, revision_id, article_url, headline, field, quote, quote_start,
        quote_end, confidence, reported_at, first_seen as captured_at,
        portal || '/archive/' || warc_file as archive_file, warc_offset as archive_offset,
        archived_copy
    {%- endset -%}
    {%- set is_built = meetings is not none and reports is not none -%}
    {%- if execute and is_built and flags.WHICH in ["build", "run"] -%}
        create or replace macro marts.evidence(id) as table
        select 'figure' as fact, report_id as fact_id, {{ place }}
        from marts.indicator_reports
        where report_id = id or point_id = id
        union all
        select 'meeting' as fact, mention_id as fact_id, {{ place }}
        from marts.meeting_articles
        where mention_id = id or meeting_id = id
        order by reported_at, fact_id;
    {%- endif -%}
{% endmacro %}
