with observations as (
    select * from {{ ref('int_observations_dated') }}
),

conversions as (
    select * from {{ ref('int_observations_converted') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

copies as (
    select * from {{ ref('int_article_copies_matched') }}
),

documents as (
    select * from {{ ref('int_attachments_located') }}
),

areas as (
    select * from {{ ref('int_areas_resolved') }}
),

folded_names as (
    select
        observations.*,
        {{ folded('observations.ref_area') }} as ref_area_key,
        {{ folded('observations.indicator_name') }} as name_key,
        {{ folded('observations.breakdown') }} as breakdown_key
    from observations
),

named as (
    select
        *,
        if(indicator = 'other', name_key, null) as other_name
    from folded_names
),

reports as (
    select
        ---------- ids
        named.report_id,
        {{ surrogate_key('i', [
            'named.ref_area_key', 'named.indicator', 'named.other_name', 'named.breakdown_key',
            'named.measure', 'named.base', 'conversions.base_unit', 'named.obs_status',
            'named.period_kind'
        ]) }} as series_id,
        {{ surrogate_key('p', [
            'named.ref_area_key', 'named.indicator', 'named.other_name', 'named.breakdown_key',
            'named.measure', 'named.base', 'conversions.base_unit', 'named.obs_status',
            'named.time_period'
        ]) }} as point_id,
        {{ surrogate_key('c', [
            'coalesce(areas.territory_id, named.ref_area_key)', 'named.indicator',
            'named.other_name', 'named.breakdown_key', 'named.measure', 'named.base',
            'conversions.base_unit', 'named.obs_status', 'named.period_kind'
        ]) }} as continued_series_id,
        named.article_id,
        named.revision_id,
        revisions.portal,
        copies.copy_of,
        named.ref_area,
        areas.unit_id,
        areas.territory_id,

        ---------- text
        areas.area_name,
        areas.area_match,
        named.indicator,
        named.indicator_name,
        named.name_key,
        named.breakdown,
        named.measure,
        named.base,
        conversions.base_unit,
        named.unit_measure,
        named.bound,
        named.obs_status,
        named.time_period,
        named.time_period_reported,
        named.period_kind,
        revisions.headline,
        revisions.canonical_url as article_url,
        named.field,
        named.quote,
        named.rule,
        named.values_read,
        coalesce(documents.warc_file, revisions.warc_file) as warc_file,
        coalesce(documents.archived_copy, revisions.archived_copy) as archived_copy,

        ---------- numbers
        conversions.value,
        conversions.value_upper,
        conversions.value_low,
        conversions.value_high,
        named.obs_value,
        named.obs_value_upper,
        named.unit_mult,
        conversions.decimals,
        named.position,
        named.quote_start,
        named.quote_end,
        named.confidence,
        coalesce(documents.warc_offset, revisions.warc_offset) as warc_offset,
        revisions.article_reader,
        revisions.fact_reader,

        ---------- booleans
        named.is_year_to_date,
        named.is_corrected,
        revisions.is_current,
        revisions.is_retracted,
        copies.copy_of is not null as is_copy,
        revisions.is_current
        and not revisions.is_retracted
        and copies.copy_of is null as is_standing,

        ---------- dates
        named.period_start,
        named.period_end,
        revisions.published_date,

        ---------- timestamps
        revisions.reported_at,
        revisions.first_seen,
        revisions.last_seen,
        revisions.superseded_at
    from named
    inner join revisions on named.revision_id = revisions.revision_id
    inner join conversions on named.report_id = conversions.report_id
    left join copies on named.article_id = copies.article_id
    left join documents
        on
            named.revision_id = documents.revision_id
            and named.field = documents.field
    left join areas
        on
            named.ref_area = areas.ref_area
            and named.area_date is not distinct from areas.area_date
            and named.published_date is not distinct from areas.published_date
)

select * from reports
