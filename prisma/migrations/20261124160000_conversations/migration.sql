-- Conversations as people expect them, and every mutation idempotent.

alter table conversation
  add column topic        text,
  add column avatar_url   text,
  add column metadata     jsonb,
  add column visibility   text    not null default 'PRIVATE',
  add column history      text    not null default 'ALL',
  add column archived_at  timestamptz,
  add column member_count integer not null default 0,
  add constraint conversation_visibility check (visibility in ('PRIVATE', 'PUBLIC')),
  add constraint conversation_history check (history in ('ALL', 'FROM_JOIN'));
update conversation c set member_count = (select count(*) from membership m where m.tenant_id = c.tenant_id and m.conversation_id = c.id and m.left_seq is null);
create index conversation_public_idx on conversation (tenant_id, lower(title) text_pattern_ops, id) where visibility = 'PUBLIC' and archived_at is null;

-- What a member set for himself. Hidden until something newer than hidden_seq is said; pinned in the order of pin_order.
alter table membership
  add column pin_order   double precision,
  add column hidden_seq  bigint,
  add column muted_until timestamptz;
create index membership_members_idx on membership (tenant_id, conversation_id, joined_seq) where left_seq is null;

alter table "user" add column deactivated_at timestamptz;

create table invite (
  tenant_id       uuid        not null,
  id              uuid        not null,
  conversation_id uuid        not null,
  code_hash       text        not null,
  created_by      uuid        not null,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz,
  max_uses        integer,
  uses            integer     not null default 0,
  revoked_at      timestamptz,
  constraint invite_pkey primary key (tenant_id, id),
  constraint invite_tenant_id_code_hash_key unique (tenant_id, code_hash),
  constraint invite_tenant_id_conversation_id_fkey foreign key (tenant_id, conversation_id) references conversation (tenant_id, id)
);
create index invite_conversation_idx on invite (tenant_id, conversation_id, id);

-- What a mutation answered under its client id: written in the transaction that did the work.
create table mutation_done (
  tenant_id          uuid        not null,
  caller_id          uuid        not null,
  client_mutation_id text        not null,
  payload_hash       text        not null,
  result             jsonb       not null,
  created_at         timestamptz not null default now(),
  constraint mutation_done_pkey primary key (tenant_id, caller_id, client_mutation_id)
);
create index mutation_done_created_at_idx on mutation_done using brin (created_at);

-- Locks streams in the one order and answers their heads, the position and the epoch of this transaction.
create function lock_streams_1(p_tenant uuid, p_streams uuid[])
returns table (id uuid, last_seq bigint, "position" bigint, epoch bigint, at timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
  v_epoch bigint := log_epoch_now();
begin
  perform 1 from stream s where s.tenant_id = p_tenant and s.id = any(p_streams) order by s.tenant_id, s.id for no key update;
  return query
    select s.id, s.last_seq, greatest(pg_current_xact_id()::text::bigint + v_epoch, s.last_position), v_epoch, clock_timestamp()
    from stream s where s.tenant_id = p_tenant and s.id = any(p_streams);
end $$;

-- The end of such a transaction: its events, numbered by the caller from the heads that it holds, and the new heads.
-- p_events: [{stream, seq, position, kind, at, actor, subject, detail}].
create function write_events_1(p_tenant uuid, p_events jsonb) returns void language sql as $$
  with event as (
    select * from jsonb_to_recordset(p_events) as e(stream uuid, seq bigint, "position" bigint, kind text, at timestamptz, actor uuid, subject uuid, detail jsonb)
  ),
  stored as (
    insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
    select p_tenant, e.stream, e.seq, e.position, e.kind, e.at, e.actor, e.subject, e.detail from event e
  )
  update stream s set last_seq = h.seq, last_position = h.position
  from (select e.stream, max(e.seq) as seq, max(e.position) as position from event e group by 1) h
  where s.tenant_id = p_tenant and s.id = h.stream
$$;

-- What the system says has no author.
alter table message alter column author_id drop not null;

-- Many messages of many senders at once. p_drafts: [{ord, tenant, conversation, author, sender, client_id, hash, text, reply_to, metadata}].
-- `sender` is the author, or the server key that speaks as the system (author null), which needs no membership.
-- One row a draft. outcome: SENT | REPEAT (the row is the original's) | CONFLICT (same key, other payload)
--   | GONE (no such conversation for this author) | FORBIDDEN (author is no longer a member) | NO_REPLY (reply_to is not in the conversation) | ARCHIVED.
create function append_messages_2(p_drafts jsonb)
returns table (ord integer, outcome text, message_id uuid, seq bigint, "position" bigint, at timestamptz, epoch bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  v_epoch bigint := log_epoch_now();
  v_position bigint;
  v_now timestamptz;
begin
  perform 1 from (select distinct d.tenant, d.conversation from jsonb_to_recordset(p_drafts) as d(tenant uuid, conversation uuid) order by 1, 2) d
    cross join lateral (select 1 from stream s where s.tenant_id = d.tenant and s.id = d.conversation limit 1 for no key update) s;
  v_position := pg_current_xact_id()::text::bigint + v_epoch;
  v_now := clock_timestamp();
  return query
  with draft as (
    select * from jsonb_to_recordset(p_drafts) as d(ord integer, tenant uuid, conversation uuid, author uuid, sender uuid, client_id text, hash text, text text, reply_to uuid, metadata jsonb)
  ),
  alone as (
    select d.*, s.last_seq, s.last_position, s.last_tick, o.message_id as old_id, o.seq as old_seq, o.created_at as old_at,
      case
        when o.payload_hash = d.hash then 'REPEAT'
        when o.payload_hash is not null then 'CONFLICT'
        when c.id is null then 'GONE'
        when d.author is not null and m.user_id is null then case when exists (
          select from membership w where w.tenant_id = d.tenant and w.conversation_id = d.conversation and w.user_id = d.author) then 'FORBIDDEN' else 'GONE' end
        when c.archived_at is not null then 'ARCHIVED'
        when d.reply_to is not null and not exists (
          select from message r where r.tenant_id = d.tenant and r.id = d.reply_to and r.conversation_id = d.conversation) then 'NO_REPLY'
        else 'SENT'
      end as alone
    from draft d
    left join stream s on s.tenant_id = d.tenant and s.id = d.conversation
    left join conversation c on c.tenant_id = d.tenant and c.id = d.conversation
    left join membership m on m.tenant_id = d.tenant and m.conversation_id = d.conversation and m.user_id = d.author and m.left_seq is null
    left join sent o on o.tenant_id = d.tenant and o.conversation_id = d.conversation and o.author_id = d.sender and o.client_message_id = d.client_id
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
    window same_key as (partition by a.tenant, a.conversation, a.sender, a.client_id, a.alone = 'SENT' order by a.ord)
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
    select f.tenant, f.conversation, f.sender, f.client_id, f.hash, f.new_id, f.new_seq, v_now from fresh f
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

-- Old nodes go on calling append_messages_1 and append_changes_1 while they are replaced; a later migration drops the two.
