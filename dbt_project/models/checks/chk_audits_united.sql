-- Every arithmetic check, with whether the statement lies within what the other figures allow.
with checks as (
    select * from {{ ref('chk_plans_compared') }}

    union all by name

    select * from {{ ref('chk_growth_compared') }}

    union all by name

    select * from {{ ref('chk_parts_compared') }}

    union all by name

    select * from {{ ref('chk_directions_compared') }}
),

statements as (
    select * from {{ ref('chk_statements_selected') }}
),

united as (
    select
        {{ surrogate_key('a', ['checks.audit', 'checks.report_id']) }} as audit_id,
        checks.*,
        -- Written so that an open end on either side agrees.
        not coalesce(
            stated.value_low > checks.expected_high or stated.value_high < checks.expected_low,
            false
        ) as is_consistent,
        coalesce(
            stated.value > 0 and checks.expected_high <= 0
            or stated.value < 0 and checks.expected_low >= 0,
            false
        ) and checks.audit in ('growth', 'direction') as is_opposite
    from checks
    inner join statements as stated on checks.report_id = stated.report_id
)

select * from united
