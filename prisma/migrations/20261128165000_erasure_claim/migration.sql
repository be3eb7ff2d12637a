-- By which a run of an erasure is known from the one that takes over from it when its lease is over.
alter table erasure add column claim uuid;
