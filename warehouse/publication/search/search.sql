-- Okapi BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75) over the tables of DuckDB's fts index; its own
-- macro would need the extension where the file is read.
with phrase as (
    select
        trim(regexp_replace(replace(strip_accents(lower(words)), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g')) as folded
),

asked as (
    select distinct term
    from (select unnest(string_split(folded, ' ')) as term from phrase)
    where term != ''
),

known as (
    select dictionary.termid, dictionary.df
    from fts_search_documents.dict as dictionary
    inner join asked on dictionary.term = asked.term
),

counted as (
    select occurrences.docid, occurrences.termid, count(*) as tf
    from fts_search_documents.terms as occurrences
    where occurrences.termid in (select termid from known)
    group by all
),

scored as (
    select
        counted.docid,
        count(*) as words_found,
        sum(
            ln((stats.num_docs - known.df + 0.5) / (known.df + 0.5) + 1)
            * counted.tf * 2.2 / (counted.tf + 1.2 * (0.25 + 0.75 * lengths.len / stats.avgdl))
        ) as score
    from counted
    inner join known on counted.termid = known.termid
    inner join fts_search_documents.docs as lengths on counted.docid = lengths.docid
    cross join fts_search_documents.stats as stats
    group by all
)

select
    documents.kind,
    documents.id,
    documents.title,
    documents.excerpt,
    documents.ref_area,
    documents.date,
    documents.url,
    round(scored.score, 4) as score,
    scored.words_found
from scored
inner join fts_search_documents.docs as names on scored.docid = names.docid
inner join search.documents as documents on names.name = documents.document_id
where kind_asked is null or documents.kind = kind_asked
qualify scored.words_found = max(scored.words_found) over ()
order by
    contains(
        regexp_replace(replace(strip_accents(lower(documents.title)), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g'),
        (select folded from phrase)
    ) desc,
    scored.score desc,
    documents.date desc,
    documents.document_id
