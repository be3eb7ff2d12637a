-- Users who are forgotten: one row each, for good. It says nothing of who he was.
alter table "user" add column erased_at timestamptz;

create table erasure (
  tenant_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  -- Of the customer's id for him: tokens of before must not make him anew.
  name_hash text not null,
  requested_at timestamptz not null,
  by_user boolean not null,
  -- How far it has come: the conversation and the seq in it.
  place_id uuid,
  place_seq bigint not null default 0,
  -- By table, how many rows.
  receipt jsonb not null default '{}',
  claimed_until timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, user_id)
);
create unique index erasure_id on erasure (tenant_id, id);
create index erasure_name on erasure (tenant_id, name_hash);
create index erasure_waiting on erasure (requested_at) where finished_at is null;
