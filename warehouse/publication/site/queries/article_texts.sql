-- Every text of articles that had more than one.
select
    revisions.article_id,
    revisions.revision_number,
    revisions.first_seen,
    revisions.archived_copy,
    revisions.headline,
    revisions.description,
    revisions.body_text,
    revisions.captions
from article_revisions as revisions
inner join articles on revisions.article_id = articles.article_id
where articles.is_edited and md5(articles.article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], articles.article_id))
order by revisions.article_id, revisions.revision_number
