-- What an article's history needs more: when it came back after it was gone, a sketch by which near copies find each other (see
-- scraper/harvest/sketch.py), and of a portal whether it is paused and which of two portals counts as the origin of one text.
alter table raw.portal add column is_paused boolean;
alter table raw.portal add column paused_until date;
alter table raw.portal add column precedence integer;
alter table raw.article add column sketch integer[];
alter table raw.article_state add column returned_at timestamptz;
