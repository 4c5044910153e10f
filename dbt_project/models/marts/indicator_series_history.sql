-- What was known of each point of the series at which time: every moment at which a text that
-- reports it was first seen, changed or was taken down may give another answer, by the same
-- precedence as `indicator_series`.
with reports as (
    select * from {{ ref('indicator_reports') }}
    where not is_copy and value is not null
),

spells as (
    select * from {{ ref('int_revision_spells_found') }}
),

revisions as (
    select * from {{ ref('int_article_revisions_selected') }}
),

statements as (
    select
        reports.*,
        spells.known_from as stated_from,
        spells.known_to as stated_to,
        if(reports.is_retracted, revisions.gone_at, null) as taken_down_at
    from reports
    inner join spells on reports.revision_id = spells.revision_id
    inner join revisions on reports.revision_id = revisions.revision_id
),

moments as (
    select
        point_id,
        stated_from as moment
    from statements

    union

    select
        point_id,
        stated_to as moment
    from statements
    where stated_to is not null

    union

    select
        point_id,
        taken_down_at as moment
    from statements
    where taken_down_at is not null
),

answers as (
    select
        moments.point_id,
        moments.moment,
        statements.report_id,
        coalesce(statements.taken_down_at <= moments.moment, false) as was_taken_down
    from moments
    left join statements
        on
            moments.point_id = statements.point_id
            and moments.moment >= statements.stated_from
            -- A bare comparison: any other would hold every moment against every statement.
            and moments.moment < coalesce(statements.stated_to, timestamptz 'infinity')
    qualify
        row_number() over (
            partition by moments.point_id, moments.moment
            order by
                was_taken_down asc,
                statements.report_id is null,
                statements.reported_at desc nulls last,
                statements.bound != 'exact',
                statements.decimals desc,
                statements.confidence desc,
                statements.position asc,
                statements.report_id asc
        ) = 1
),

turns as (
    select *
    from answers
    qualify
        lag(report_id, 1, '') over (partition by point_id order by moment)
        is distinct from report_id
        or lag(was_taken_down) over (partition by point_id order by moment)
        is distinct from was_taken_down
),

history as (
    select
        ---------- ids
        {{ surrogate_key('h', ['turns.point_id', 'turns.moment']) }} as history_id,
        turns.point_id,
        turns.report_id,
        reports.article_id,

        ---------- text
        reports.obs_status,
        reports.bound,
        reports.quote,
        reports.article_url,

        ---------- numbers
        reports.value,
        reports.value_upper,

        ---------- booleans
        turns.was_taken_down as is_retracted,

        ---------- timestamps
        reports.reported_at,
        turns.moment as known_from,
        lead(turns.moment) over (partition by turns.point_id order by turns.moment) as known_to
    from turns
    left join reports on turns.report_id = reports.report_id
)

select * from history
