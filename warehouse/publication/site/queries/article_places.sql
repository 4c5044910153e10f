-- Where the texts of articles, and the attached documents that figures were read from, lie in the archive.
select
    revisions.article_id,
    revisions.revision_number as number,
    revisions.first_seen,
    revisions.portal || '/archive/' || revisions.warc_file as file,
    revisions.warc_offset as byte,
    revisions.text_hash as digest,
    revisions.archived_copy
from article_revisions as revisions
where md5(revisions.article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], revisions.article_id)) and revisions.warc_file is not null
union all
select distinct
    reports.article_id,
    null as number,
    null::timestamptz as first_seen,
    reports.portal || '/archive/' || reports.warc_file as file,
    reports.warc_offset as byte,
    null as digest,
    reports.archived_copy
from indicator_reports as reports
where
    md5(reports.article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], reports.article_id))
    and starts_with(reports.field, 'attachment')
    and reports.warc_file is not null
order by article_id, number nulls last, file, byte
