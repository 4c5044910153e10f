-- key: built_at. One row while the marts are those of a whole build that passed, none else: it is removed before dbt touches them and
-- written after the last test. `built_from` is the mark of the loads that they were built from.
create table raw.build (
    built_at timestamptz not null,
    version varchar not null,
    built_from varchar not null
);
