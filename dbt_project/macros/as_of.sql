{# Table macros that answer "what did we know at the end of day D", or at a moment of it, kept
   beside the marts and published with them: `from marts.series_as_of(date '2024-06-30')`. #}
{% macro create_as_of() %}
    {%- set after -%}
        case
            when length(cast(known_on as varchar)) <= 10
                then timezone('Asia/Ho_Chi_Minh', cast(known_on as date) + interval 1 day)
            else cast(known_on as timestamptz) + interval 1 microsecond
        end
    {%- endset -%}
    {%- set is_known -%}
        known_from < {{ after }} and coalesce(known_to >= {{ after }}, true)
    {%- endset -%}
    {%- set history = adapter.get_relation(
        database=target.database, schema="marts", identifier="indicator_series_history"
    ) -%}
    {%- if execute and history is not none and flags.WHICH in ["build", "run"] -%}
        create or replace macro marts.articles_as_of(known_on) as table
        select article_revisions.*, article_history.known_from, article_history.known_to
        from marts.article_history
        inner join marts.article_revisions on article_history.revision_id = article_revisions.revision_id
        where {{ is_known }};

        create or replace macro marts.reports_as_of(known_on) as table
        select indicator_reports.*, article_history.known_from, article_history.known_to
        from marts.article_history
        inner join marts.indicator_reports on article_history.revision_id = indicator_reports.revision_id
        where {{ is_known }};

        create or replace macro marts.series_as_of(known_on) as table
        select
            indicator_reports.* replace (indicator_series_history.is_retracted as is_retracted),
            indicator_series_history.known_from, indicator_series_history.known_to
        from marts.indicator_series_history
        inner join marts.indicator_reports
            on indicator_series_history.report_id = indicator_reports.report_id
        where {{ is_known }};
    {%- endif -%}
{% endmacro %}
