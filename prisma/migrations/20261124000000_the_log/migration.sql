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

-- ------------------------------------------------------------------------------------------------- the one append
-- Called by src/messages/append.ts only. Two statements inside: first all locks in one order, then, with a snapshot newer
-- than the locks, one statement that judges, numbers and stores. A changed function gets the next number, since old and new nodes run side by side.

-- Many messages of many senders at once. p_drafts: [{ord, tenant, conversation, author, client_id, hash, text, reply_to, metadata}].
-- One row a draft. outcome: SENT | REPEAT (the row is the original's) | CONFLICT (same key, other payload)
--   | GONE (no such conversation for this author) | FORBIDDEN (author is no longer a member) | NO_REPLY (reply_to is not in the conversation).
create function append_messages_1(p_drafts jsonb)
returns table (ord integer, outcome text, message_id uuid, seq bigint, "position" bigint, at timestamptz, epoch bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  v_epoch bigint := log_epoch_now();
  v_position bigint;
  v_now timestamptz;
begin
  perform 1 from stream s
    where (s.tenant_id, s.id) in (select d.tenant, d.conversation from jsonb_to_recordset(p_drafts) as d(tenant uuid, conversation uuid))
    order by s.tenant_id, s.id for no key update;
  v_position := pg_current_xact_id()::text::bigint + v_epoch;
  v_now := clock_timestamp();
  return query
  with draft as (
    select * from jsonb_to_recordset(p_drafts) as d(ord integer, tenant uuid, conversation uuid, author uuid, client_id text, hash text, text text, reply_to uuid, metadata jsonb)
  ),
  alone as (
    select d.*, s.last_seq, s.last_position, s.last_tick, o.message_id as old_id, o.seq as old_seq, o.created_at as old_at,
      case
        when o.payload_hash = d.hash then 'REPEAT'
        when o.payload_hash is not null then 'CONFLICT'
        when c.id is null then 'GONE'
        when m.user_id is null then case when exists (
          select from membership w where w.tenant_id = d.tenant and w.conversation_id = d.conversation and w.user_id = d.author) then 'FORBIDDEN' else 'GONE' end
        when d.reply_to is not null and not exists (
          select from message r where r.tenant_id = d.tenant and r.id = d.reply_to and r.conversation_id = d.conversation) then 'NO_REPLY'
        else 'SENT'
      end as alone
    from draft d
    left join stream s on s.tenant_id = d.tenant and s.id = d.conversation
    left join conversation c on c.tenant_id = d.tenant and c.id = d.conversation
    left join membership m on m.tenant_id = d.tenant and m.conversation_id = d.conversation and m.user_id = d.author and m.left_seq is null
    left join sent o on o.tenant_id = d.tenant and o.conversation_id = d.conversation and o.author_id = d.author and o.client_message_id = d.client_id
  ),
  -- Of drafts of one key the first that may be sent is; a refused one claims no key.
  judged as (
    select a.*,
      first_value(a.ord) over same_key as first_ord,
      case
        when a.alone <> 'SENT' or a.ord = first_value(a.ord) over same_key then a.alone
        when a.hash = first_value(a.hash) over same_key then 'TWIN'
        else 'CONFLICT'
      end as verdict
    from alone a
    window same_key as (partition by a.tenant, a.conversation, a.author, a.client_id, a.alone = 'SENT' order by a.ord)
  ),
  numbered as (
    select j.*, j.last_seq + n.n as new_seq, greatest(v_position, j.last_position) as new_position,
      greatest(tick_of(v_now), j.last_tick + 1) + n.n - 1 as new_tick
    from judged j
    join (select k.ord, row_number() over (partition by k.tenant, k.conversation order by k.ord) as n from judged k where k.verdict = 'SENT') n on n.ord = j.ord
  ),
  fresh as (
    select n.*, uuid_of_tick(n.new_tick, substr(replace(gen_random_uuid()::text, '-', ''), 17)) as new_id from numbered n
  ),
  keys as (
    insert into sent (tenant_id, conversation_id, author_id, client_message_id, payload_hash, message_id, seq, created_at)
    select f.tenant, f.conversation, f.author, f.client_id, f.hash, f.new_id, f.new_seq, v_now from fresh f
  ),
  messages as (
    insert into message (tenant_id, id, conversation_id, seq, author_id, client_message_id, text, reply_to_id, metadata, created_at)
    select f.tenant, f.new_id, f.conversation, f.new_seq, f.author, f.client_id, f.text, f.reply_to, f.metadata, v_now from fresh f
  ),
  events as (
    insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id)
    select f.tenant, f.conversation, f.new_seq, f.new_position, 'MESSAGE_SENT', v_now, f.author, f.new_id from fresh f
  ),
  heads as (
    update stream s set last_seq = h.seq, last_position = h.position, last_tick = h.tick
    from (select f.tenant, f.conversation, max(f.new_seq) as seq, max(f.new_position) as position, max(f.new_tick) as tick from fresh f group by 1, 2) h
    where s.tenant_id = h.tenant and s.id = h.conversation
  )
  select j.ord, case j.verdict when 'TWIN' then 'REPEAT' else j.verdict end,
    coalesce(f.new_id, t.new_id, j.old_id), coalesce(f.new_seq, t.new_seq, j.old_seq), coalesce(f.new_position, t.new_position),
    coalesce(case when f.ord is not null or t.ord is not null then v_now end, j.old_at), v_epoch
  from judged j
  left join fresh f on f.ord = j.ord
  left join fresh t on j.verdict = 'TWIN' and t.ord = j.first_ord
  order by j.ord;
end $$;

-- One conversation's beginning or a change of its members, whole or not at all. p_create: null, or {kind, title, direct_key}.
-- p_changes: [{ord, change: JOINED | LEFT, user_id, role, reason}], each user once; what is already so is passed over.
-- p_actor_role is the fact on which conversations/access.ts decided (null: the actor need not be a member): it must still hold.
-- A row an event, in order; or one row with outcome STALE (the fact no longer holds) or EXISTS (stream_id is the direct conversation there is).
create function append_changes_1(p_tenant uuid, p_conversation uuid, p_actor uuid, p_actor_role text, p_create jsonb, p_changes jsonb)
returns table (outcome text, stream_id uuid, seq bigint, "position" bigint, kind text, at timestamptz, subject_id uuid, detail jsonb, epoch bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  v_epoch bigint := log_epoch_now();
  v_position bigint;
  v_now timestamptz;
  v_existing uuid;
begin
  perform 1 from stream s
    where s.tenant_id = p_tenant and (s.id = p_conversation or s.id in (select c.user_id from jsonb_to_recordset(p_changes) as c(user_id uuid)))
    order by s.tenant_id, s.id for no key update;
  if p_create is not null then
    insert into conversation (tenant_id, id, kind, title, direct_key, created_by)
    values (p_tenant, p_conversation, p_create ->> 'kind', p_create ->> 'title', p_create ->> 'direct_key', p_actor)
    on conflict (tenant_id, direct_key) do nothing;
    if not found then
      select c.id into v_existing from conversation c where c.tenant_id = p_tenant and c.direct_key = p_create ->> 'direct_key';
      return query select 'EXISTS', v_existing, null::bigint, null::bigint, null::text, null::timestamptz, null::uuid, null::jsonb, v_epoch;
      return;
    end if;
    insert into stream (tenant_id, id) values (p_tenant, p_conversation);
  elsif p_actor_role is not null and not exists (
    select from membership m where m.tenant_id = p_tenant and m.conversation_id = p_conversation and m.user_id = p_actor and m.left_seq is null and m.role = p_actor_role
  ) then
    return query select 'STALE', p_conversation, null::bigint, null::bigint, null::text, null::timestamptz, null::uuid, null::jsonb, v_epoch;
    return;
  end if;
  v_position := pg_current_xact_id()::text::bigint + v_epoch;
  v_now := clock_timestamp();
  return query
  with change as (
    select c.*, row_number() over (order by c.ord) as n, s.last_seq, greatest(v_position, s.last_position) as own_position
    from jsonb_to_recordset(p_changes) as c(ord integer, change text, user_id uuid, role text, reason text)
    join stream s on s.tenant_id = p_tenant and s.id = c.user_id
    left join membership m on m.tenant_id = p_tenant and m.conversation_id = p_conversation and m.user_id = c.user_id and m.left_seq is null
    where (c.change = 'JOINED') = (m.user_id is null)
  ),
  head as (
    select s.last_seq, greatest(v_position, s.last_position) as position from stream s where s.tenant_id = p_tenant and s.id = p_conversation
  ),
  joined as (
    insert into membership (tenant_id, conversation_id, user_id, joined_seq, role, joined_at)
    select p_tenant, p_conversation, c.user_id, h.last_seq + c.n, c.role, v_now from change c, head h where c.change = 'JOINED'
  ),
  gone as (
    update membership m set left_seq = h.last_seq + c.n, left_position = h.position, left_at = v_now
    from change c, head h
    where c.change = 'LEFT' and m.tenant_id = p_tenant and m.conversation_id = p_conversation and m.user_id = c.user_id and m.left_seq is null
  ),
  event as (
    select 1 as part, c.n, p_conversation as stream_id, h.last_seq + c.n as seq, h.position, 'MEMBER_' || c.change as kind, c.user_id as subject_id,
      case c.change when 'JOINED' then jsonb_build_object('role', c.role) else jsonb_build_object('reason', c.reason) end as detail
    from change c, head h
    union all
    select 2, c.n, c.user_id, c.last_seq + 1, c.own_position, 'CONVERSATION_' || c.change, p_conversation,
      jsonb_build_object('seq', h.last_seq + c.n) || case c.change when 'LEFT' then jsonb_build_object('reason', c.reason) else '{}' end
    from change c, head h
  ),
  events as (
    insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
    select p_tenant, e.stream_id, e.seq, e.position, e.kind, v_now, p_actor, e.subject_id, e.detail from event e
  ),
  heads as (
    update stream s set last_seq = t.seq, last_position = t.position
    from (select e.stream_id, max(e.seq) as seq, max(e.position) as position from event e group by 1) t
    where s.tenant_id = p_tenant and s.id = t.stream_id
  )
  select 'DONE', e.stream_id, e.seq, e.position, e.kind, v_now, e.subject_id, e.detail, v_epoch from event e order by e.part, e.n;
end $$;
