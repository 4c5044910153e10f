-- What kind of page an article is: news, press_digest, roundup, attachment_only, image_only or empty. Null: read before there were kinds.
alter table raw.article add column kind varchar;
