-- `unverified` where the portal's file says `verify_tls = false`: nobody vouched for who answered. Null everywhere else.
alter table raw.fetch add column tls varchar;
