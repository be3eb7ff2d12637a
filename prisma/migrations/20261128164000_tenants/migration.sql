-- A secret that was replaced ends by itself.
alter table tenant_key add column expires_at timestamptz;
create index tenant_key_expires_at on tenant_key (expires_at) where expires_at is not null;

-- Tenants that are being deleted, and that were: a row each, for good. It says how much there was, and nothing of what.
create table tenant_deletion (
  tenant_id uuid not null primary key,
  slug text not null,
  began_at timestamptz not null default now(),
  receipt jsonb not null default '{"rows": {}, "objects": 0, "bytes": 0, "jobs": 0}',
  finished_at timestamptz
);
create index tenant_deletion_slug on tenant_deletion (slug, began_at);
