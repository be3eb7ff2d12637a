-- The tables of the trunk and the functions that give positions. schema.prisma says who owns each table.
-- `message` and `log_event` carry no foreign keys: the one append judges every row under the stream's lock,
-- and a key check for each would cost more than the insert.

create table tenant (
  id          uuid        not null,
  slug        text        not null,
  name        text        not null,
  settings    jsonb       not null default '{}',
  created_at  timestamptz not null default now(),
  constraint tenant_pkey primary key (id),
  constraint tenant_slug_key unique (slug)
);

create table tenant_key (
  id          uuid        not null,
  tenant_id   uuid        not null,
  kid         text        not null,
  issuer      text        not null,
  audience    text        not null,
  secret      text,
  jwks_url    text,
  created_at  timestamptz not null default now(),
  revoked_at  timestamptz,
  constraint tenant_key_pkey primary key (id),
  constraint tenant_key_kid_key unique (kid),
  constraint tenant_key_tenant_id_fkey foreign key (tenant_id) references tenant (id),
  constraint tenant_key_one_kind check ((secret is null) <> (jwks_url is null))
);
-- An issuer with a JWKS belongs to one tenant: it is how the tenant is found when a token names no key of ours.
create unique index tenant_key_issuer_key on tenant_key (issuer) where jwks_url is not null;

create table api_key (
  id          uuid        not null,
  tenant_id   uuid        not null,
  name        text        not null,
  hash        text        not null,
  scopes      text[]      not null,
  created_at  timestamptz not null default now(),
  revoked_at  timestamptz,
  constraint api_key_pkey primary key (id),
  constraint api_key_hash_key unique (hash),
  constraint api_key_tenant_id_fkey foreign key (tenant_id) references tenant (id)
);

create table "user" (
  tenant_id   uuid        not null,
  id          uuid        not null,
  external_id text        not null,
  name        text        not null,
  avatar_url  text,
  role        text        not null default 'USER',
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  constraint user_pkey primary key (tenant_id, id),
  constraint user_tenant_id_external_id_key unique (tenant_id, external_id),
  constraint user_tenant_id_fkey foreign key (tenant_id) references tenant (id),
  constraint user_role check (role in ('USER', 'MODERATOR', 'ADMIN'))
);
create index user_tenant_id_name_idx on "user" (tenant_id, lower(name) text_pattern_ops, id);

-- No index may hold last_seq, last_position or last_tick, and pages keep room: so every update of a stream stays HOT.
create table stream (
  tenant_id     uuid   not null,
  id            uuid   not null,
  last_seq      bigint not null default 0,
  last_position bigint not null default 0,
  last_tick     bigint not null default 0,
  constraint stream_pkey primary key (tenant_id, id)
) with (fillfactor = 60);

create table conversation (
  tenant_id   uuid        not null,
  id          uuid        not null,
  kind        text        not null,
  title       text,
  direct_key  text,
  created_by  uuid,
  created_at  timestamptz not null default now(),
  constraint conversation_pkey primary key (tenant_id, id),
  constraint conversation_tenant_id_direct_key_key unique (tenant_id, direct_key),
  constraint conversation_tenant_id_fkey foreign key (tenant_id) references tenant (id),
  constraint conversation_kind check (kind in ('DIRECT', 'GROUP', 'CHANNEL', 'BROADCAST')),
  constraint conversation_direct check ((kind = 'DIRECT') = (direct_key is not null))
);

-- A row a window: from the seq of `joined` to the seq of `left`. Who comes back gets a second row.
create table membership (
  tenant_id       uuid        not null,
  conversation_id uuid        not null,
  user_id         uuid        not null,
  joined_seq      bigint      not null,
  role            text        not null,
  joined_at       timestamptz not null,
  left_seq        bigint,
  left_position   bigint,
  left_at         timestamptz,
  constraint membership_pkey primary key (tenant_id, conversation_id, user_id, joined_seq),
  constraint membership_tenant_id_conversation_id_fkey foreign key (tenant_id, conversation_id) references conversation (tenant_id, id),
  constraint membership_tenant_id_user_id_fkey foreign key (tenant_id, user_id) references "user" (tenant_id, id),
  constraint membership_role check (role in ('OWNER', 'MANAGER', 'MODERATOR', 'MEMBER', 'GUEST'))
);
create unique index membership_open_key on membership (tenant_id, conversation_id, user_id) where left_seq is null;
create index membership_of_user_idx on membership (tenant_id, user_id, left_position);

create table sent (
  tenant_id         uuid        not null,
  conversation_id   uuid        not null,
  author_id         uuid        not null,
  client_message_id text        not null,
  payload_hash      text        not null,
  message_id        uuid        not null,
  seq               bigint      not null,
  created_at        timestamptz not null,
  constraint sent_pkey primary key (tenant_id, conversation_id, author_id, client_message_id)
);
create index sent_created_at_idx on sent using brin (created_at);

-- A month is a range of UUIDv7 ids. The key leads with the tenant only, so that node(id:) meets one index of one partition.
create table message (
  tenant_id         uuid        not null,
  id                uuid        not null,
  conversation_id   uuid        not null,
  seq               bigint      not null,
  author_id         uuid        not null,
  client_message_id text        not null,
  text              text        not null,
  reply_to_id       uuid,
  metadata          jsonb,
  created_at        timestamptz not null,
  constraint message_pkey primary key (tenant_id, id)
) partition by range (id);
create index message_tenant_id_conversation_id_seq_idx on message (tenant_id, conversation_id, seq);

create table log_event (
  tenant_id   uuid        not null,
  stream_id   uuid        not null,
  seq         bigint      not null,
  position    bigint      not null,
  kind        text        not null,
  at          timestamptz not null,
  actor_id    uuid,
  subject_id  uuid,
  detail      jsonb,
  constraint log_event_pkey primary key (tenant_id, stream_id, seq, at)
) partition by range (at);
-- The tail and the consumers read by position; a feed's replay reads each of its streams by position.
create index log_event_position_stream_id_seq_idx on log_event (position, stream_id, seq);
create index log_event_tenant_id_stream_id_position_idx on log_event (tenant_id, stream_id, position);

create table log_epoch (
  n                 integer     not null,
  base              bigint      not null,
  system_identifier text        not null,
  timeline          text        not null,
  began_at          timestamptz not null default clock_timestamp(),
  constraint log_epoch_pkey primary key (n)
);

create table consumer_checkpoint (
  consumer   text        not null,
  shard      integer     not null,
  position   bigint      not null,
  updated_at timestamptz not null default now(),
  constraint consumer_checkpoint_pkey primary key (consumer, shard)
);

create table tenant_usage (
  tenant_id uuid   not null,
  messages  bigint not null,
  constraint tenant_usage_pkey primary key (tenant_id),
  constraint tenant_usage_tenant_id_fkey foreign key (tenant_id) references tenant (id)
);

-- ------------------------------------------------------------------------------------------------- time and ids

-- A tick is 1/4096 ms: the 60 time bits of our UUIDv7 ids (48 of the millisecond, 12 of rand_a used as its fraction, RFC 9562 method 3).
create function tick_of(moment timestamptz) returns bigint immutable language sql as
  $$ select floor(extract(epoch from moment) * 1000 * 4096)::bigint $$;

create function uuid_of_tick(tick bigint, tail text) returns uuid immutable language sql as
  $$ select (lpad(to_hex(tick >> 12), 12, '0') || '7' || lpad(to_hex(tick & 4095), 3, '0') || tail)::uuid $$;

-- ------------------------------------------------------------------------------------------------- epochs and positions

-- The server as it can be told apart from another one, its copy after a promotion included.
-- Both calls work as a plain role; pg_control_checkpoint() still told the old timeline after a promotion.
create function server_identity(out system_identifier text, out timeline text) stable language sql as $$
  select (select s.system_identifier::text from pg_control_system() s), left(pg_walfile_name(pg_current_wal_lsn()), 8)
$$;

create function log_epoch_raise(why_n integer) returns void language sql as $$
  insert into log_epoch (n, base, system_identifier, timeline)
  select why_n, why_n * (2::bigint ^ 44)::bigint + floor(random() * 2 ^ 43)::bigint, i.system_identifier, i.timeline from server_identity() i
  on conflict (n) do nothing
$$;

-- The base of this server's epoch, which is also its name. Whoever first meets another server than the newest row tells of begins the next epoch.
create function log_epoch_now() returns bigint language plpgsql as $$
declare
  newest log_epoch;
  server record;
begin
  select * into server from server_identity();
  for attempt in 1..3 loop
    select * into newest from log_epoch order by n desc limit 1;
    if found and newest.system_identifier = server.system_identifier and newest.timeline = server.timeline then return newest.base; end if;
    perform log_epoch_raise(coalesce(newest.n + 1, 0));
  end loop;
  raise exception 'log_epoch does not settle: two servers seem to write to this database';
end $$;

create function log_base() returns bigint stable language sql as
  $$ select base from log_epoch order by n desc limit 1 $$;

-- The epoch's name as every read made for delivery brings it along; null when this server is another than the newest row tells of.
create function log_epoch_seen() returns bigint stable language sql as $$
  select e.base from (select * from log_epoch order by n desc limit 1) e
  join server_identity() i on i.system_identifier = e.system_identifier and i.timeline = e.timeline
$$;

-- Everything below it is committed or gone for ever. STABLE, and never VOLATILE: a volatile one takes a newer snapshot than the rows it stands beside.
create function log_horizon() returns bigint stable language sql as
  $$ select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + log_base() $$;

-- The horizon as it may leave the database: after kill -9 the server hands the ids of rolled-back transactions out again.
create function log_horizon_kept() returns bigint stable language sql as
  $$ select least(log_horizon(), coalesce((select position from log_event order by position desc limit 1), log_base()) + 1) $$;

-- ------------------------------------------------------------------------------------------------- partitions

-- Months from this one to `months` ahead; safe to call by many at once (the caller holds the migration lock or catches duplicate_table).
create function make_partitions(months integer) returns void language plpgsql as $$
declare
  month timestamptz;
  next_month timestamptz;
  name text;
begin
  for i in -1..months loop
    month := date_trunc('month', now() at time zone 'utc') at time zone 'utc' + make_interval(months => i);
    month := date_trunc('month', month at time zone 'utc') at time zone 'utc';
    next_month := date_trunc('month', (month at time zone 'utc') + interval '1 month') at time zone 'utc';
    name := to_char(month at time zone 'utc', 'YYYYMM');
    execute format('create table if not exists %I partition of log_event for values from (%L) to (%L)', 'log_event_' || name, month, next_month);
    execute format('create table if not exists %I partition of message for values from (%L) to (%L)', 'message_' || name,
      uuid_of_tick(tick_of(month), '0000000000000000'), uuid_of_tick(tick_of(next_month), '0000000000000000'));
  end loop;
end $$;
