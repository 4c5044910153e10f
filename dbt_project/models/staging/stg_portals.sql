with source as (
    select * from {{ source('raw', 'portal') }}
),

renamed as (
    select
        ---------- ids
        portal,

        ---------- text
        name as portal_name,
        base_url,
        family,
        ref_area,
        notice,

        ---------- numbers
        precedence,

        ---------- booleans
        is_verified,
        coalesce(is_paused, false) as is_paused,

        ---------- dates
        retired_on,
        paused_until
    from source
)

select * from renamed
