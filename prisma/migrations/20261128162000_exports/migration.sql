-- What a user asked to be given of himself, and the parts it is made of. A part is an object; the archive is put together when it is downloaded.
create table export (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  by_user boolean not null,
  requested_at timestamptz not null,
  -- WAITING, RUNNING, READY; FAILED and EXPIRED: its objects are gone, or go.
  state text not null default 'WAITING',
  -- What is to be read next; kept with the parts that were written before, and counted up each time, so that of two who write only one goes on.
  place jsonb,
  kept integer not null default 0,
  -- Seqs of his conversations that were looked through, of so many.
  seen bigint not null default 0,
  to_see bigint not null default 0,
  messages bigint not null default 0,
  bytes bigint not null default 0,
  -- In a row, without a part between them.
  failures integer not null default 0,
  finished_at timestamptz,
  expires_at timestamptz,
  primary key (tenant_id, id)
);
create index export_of_user on export (tenant_id, user_id, requested_at);

create table export_part (
  tenant_id uuid not null,
  export_id uuid not null,
  user_id uuid not null,
  -- In the archive.
  name text not null,
  object_id uuid not null,
  is_deflated boolean not null,
  bytes bigint not null,
  plain_bytes bigint not null,
  crc bigint not null,
  primary key (tenant_id, export_id, name)
);
create index export_part_of_user on export_part (tenant_id, user_id);
