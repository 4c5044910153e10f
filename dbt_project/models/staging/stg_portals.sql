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

        ---------- booleans
        is_verified,

        ---------- dates
        retired_on
    from source
)

select * from renamed
