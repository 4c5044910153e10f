-- What the pages of articles begin with; `article_pages._Article` names the columns.
select
    articles.article_id,
    articles.headline,
    articles.description,
    revisions.body_text,
    articles.captions,
    portals.portal_name,
    articles.article_url,
    articles.archived_copy,
    articles.published_date,
    articles.authors,
    articles.source_name,
    articles.section,
    articles.content_kind,
    articles.attachments,
    articles.copy_of,
    originals.headline as original_headline,
    articles.is_edited,
    articles.is_retracted,
    articles.gone_at,
    articles.first_seen
from articles
inner join article_revisions as revisions on articles.revision_id = revisions.revision_id
inner join portals on articles.portal = portals.portal
left join articles as originals on articles.copy_of = originals.article_id
where md5(articles.article_id)[:2] between $first and $last
    and ($keys is null or list_contains($keys::varchar[], articles.article_id))
order by articles.article_id
