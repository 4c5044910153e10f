-- What people decided, brought up from the home's files at each build (see warehouse/decisions/): never written by hand, never made by a
-- reader, so that a rebuild gives them again.

-- key: correction_id. One row a field of a fact that a person looked at: what is right in its place, or that the fact is none.
create table raw.correction (
    correction_id varchar not null,
    fact varchar not null,
    fact_id varchar,
    article_id varchar not null,
    quote varchar,
    obs_value varchar,
    field varchar not null,
    wrong_value varchar,
    right_value varchar,
    decision varchar not null,
    reason varchar not null,
    decided_on date not null,
    decided_by varchar not null,
    place varchar not null
);

-- key: removal_id. One row an article or a person that no publication may show; of a person only hashes.
create table raw.removal (
    removal_id varchar not null,
    kind varchar not null,
    article_id varchar,
    salt varchar,
    words integer,
    name_hash varchar,
    slug_hash varchar,
    reason varchar not null,
    decided_on date not null,
    decided_by varchar not null
);
