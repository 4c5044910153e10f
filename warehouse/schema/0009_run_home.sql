-- Which of the homes that share a lake a run was of; null where the warehouse is the home's own.
alter table raw.run add column home varchar;
