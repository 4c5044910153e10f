with source as (
    select * from {{ source('raw', 'run') }}
),

renamed as (
    select
        ---------- ids
        run_id,

        ---------- text
        command,
        version,
        status,
        message,
        stage,

        ---------- numbers
        exit_code,

        ---------- timestamps
        started_at,
        finished_at
    from source
)

select * from renamed
