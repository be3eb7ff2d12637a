-- When a user was here last, and what he lets others see of it. No index may hold last_seen_at: so that each note of it stays HOT.

alter table "user"
  add column last_seen_at    timestamptz,
  add column shows_last_seen boolean not null default true,
  add column is_invisible    boolean not null default false;
alter table "user" set (fillfactor = 80);
