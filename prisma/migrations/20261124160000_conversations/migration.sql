-- Conversations and messages as people expect them, what each member has read, and every mutation done once.

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

-- `counted`: how many messages of the conversation have ever counted as something to read: not the silent ones, and not what is said in threads only.
alter table stream add column counted bigint not null default 0;

-- What a member set for himself: hidden until something newer than hidden_seq is said, pinned in the order of pin_order. And how far he has come:
-- read_ordinal is `counted` at read_seq, so that what is unread is one subtraction; own_unread is how many of his own stand behind a mark that he set back.
-- No index may hold the marks, and pages keep room: so every move of a mark stays HOT.
alter table membership
  add column pin_order     double precision,
  add column hidden_seq    bigint,
  add column muted_until   timestamptz,
  add column read_seq      bigint  not null default 0,
  add column read_ordinal  bigint  not null default 0,
  add column own_unread    integer not null default 0,
  add column delivered_seq bigint  not null default 0,
  add column joined_ordinal bigint not null default 0;
alter table membership set (fillfactor = 80);
create index membership_members_idx on membership (tenant_id, conversation_id, joined_seq) where left_seq is null;

alter table "user"
  add column deactivated_at timestamptz,
  add column receipts       boolean not null default true;

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

-- ------------------------------------------------------------------------------------------------- messages

-- What the system says has no author. `ordinal` is the conversation's `counted` with this message, thread_ordinal its thread's.
-- mentions: [{kind: USER | HERE | ALL, userId, start, length}], ranges of the text. The last four spare a look at other tables.
alter table message
  alter column author_id drop not null,
  add column thread_id            uuid,
  add column also_in_conversation boolean  not null default false,
  add column silent               boolean  not null default false,
  add column urgency              text     not null default 'NORMAL',
  add column mentions             jsonb,
  add column ordinal              bigint   not null default 0,
  add column thread_ordinal       bigint,
  add column revision             integer  not null default 0,
  add column edited_at            timestamptz,
  add column deleted_at           timestamptz,
  add column deleted_by           uuid,
  add column pinned_at            timestamptz,
  add column pinned_by            uuid,
  add column has_thread           boolean  not null default false,
  add column reaction_kinds       integer  not null default 0,
  add column hidden_count         integer  not null default 0,
  add constraint message_urgency check (urgency in ('LOW', 'NORMAL', 'HIGH', 'URGENT'));
-- A conversation's own messages; what is said in threads only stands in the thread's index.
drop index message_tenant_id_conversation_id_seq_idx;
create index message_main_idx on message (tenant_id, conversation_id, seq) where thread_id is null or also_in_conversation;
create index message_thread_idx on message (tenant_id, thread_id, seq) where thread_id is not null;
create index message_pinned_idx on message (tenant_id, conversation_id, pinned_at) where pinned_at is not null;
-- What no longer counts as unread though it did: all that the count asks stands in the index, so that it reads no message.
create index message_deleted_idx on message (tenant_id, conversation_id, seq) include (author_id)
  where deleted_at is not null and not silent and (thread_id is null or also_in_conversation);
create index message_thread_deleted_idx on message (tenant_id, thread_id, seq) where deleted_at is not null and thread_id is not null;

update message m set ordinal = n.n from (select tenant_id, id, row_number() over (partition by tenant_id, conversation_id order by seq) as n from message) n
  where n.tenant_id = m.tenant_id and n.id = m.id;
update stream s set counted = n.n from (select tenant_id, conversation_id, count(*) as n from message group by 1, 2) n
  where n.tenant_id = s.tenant_id and n.conversation_id = s.id;
update membership m set read_seq = m.joined_seq, delivered_seq = m.joined_seq, read_ordinal = coalesce((
  select max(x.ordinal) from message x where x.tenant_id = m.tenant_id and x.conversation_id = m.conversation_id and x.seq < m.joined_seq), 0);
update membership set joined_ordinal = read_ordinal;

-- What a timeline shows between messages.
create index log_event_notice_idx on log_event (tenant_id, stream_id, seq) where kind in
  ('MEMBER_JOINED', 'MEMBER_LEFT', 'MEMBER_ROLE_CHANGED', 'CONVERSATION_UPDATED', 'CONVERSATION_ARCHIVED', 'CONVERSATION_UNARCHIVED', 'MESSAGE_PINNED');

-- What a message said before each of its edits.
create table message_revision (
  tenant_id  uuid        not null,
  message_id uuid        not null,
  revision   integer     not null,
  text       text        not null,
  mentions   jsonb,
  metadata   jsonb,
  written_at timestamptz not null,
  constraint message_revision_pkey primary key (tenant_id, message_id, revision)
);

-- Deleted by one for himself alone.
create table message_hidden (
  tenant_id       uuid        not null,
  user_id         uuid        not null,
  conversation_id uuid        not null,
  seq             bigint      not null,
  message_id      uuid        not null,
  at              timestamptz not null,
  constraint message_hidden_pkey primary key (tenant_id, user_id, conversation_id, seq)
);

create table reaction (
  tenant_id  uuid        not null,
  message_id uuid        not null,
  emoji      text        not null,
  user_id    uuid        not null,
  seq        bigint      not null,
  at         timestamptz not null,
  constraint reaction_pkey primary key (tenant_id, message_id, emoji, user_id)
);
create index reaction_seq_idx on reaction (tenant_id, message_id, emoji, seq);
create table reaction_count (
  tenant_id  uuid    not null,
  message_id uuid    not null,
  emoji      text    not null,
  count      integer not null,
  first_seq  bigint  not null,
  constraint reaction_count_pkey primary key (tenant_id, message_id, emoji)
);

-- A thread has its root message's id, and a row from its first reply on.
create table thread (
  tenant_id       uuid        not null,
  message_id      uuid        not null,
  conversation_id uuid        not null,
  root_seq        bigint      not null,
  reply_count     integer     not null,
  counted         bigint      not null,
  constraint thread_pkey primary key (tenant_id, message_id)
) with (fillfactor = 80);
create table thread_member (
  tenant_id    uuid    not null,
  thread_id    uuid    not null,
  user_id      uuid    not null,
  conversation_id uuid not null,
  is_following boolean not null,
  replies      integer not null default 0,
  first_seq    bigint  not null,
  read_seq     bigint  not null,
  read_ordinal bigint  not null,
  own_unread   integer not null default 0,
  constraint thread_member_pkey primary key (tenant_id, thread_id, user_id)
);
create index thread_member_participants_idx on thread_member (tenant_id, thread_id, first_seq) where replies > 0;
create index thread_member_of_user_idx on thread_member (tenant_id, user_id, conversation_id) where is_following;

-- Who is mentioned in what still counts. user_id is the nil UUID where everybody is.
create table mention (
  tenant_id       uuid    not null,
  conversation_id uuid    not null,
  user_id         uuid    not null,
  seq             bigint  not null,
  message_id      uuid    not null,
  author_id       uuid,
  thread_id       uuid,
  is_in_conversation boolean not null,
  constraint mention_pkey primary key (tenant_id, conversation_id, user_id, seq)
);

-- The one append, called by src/messages/append.ts only. Two statements inside: first all locks in one order, then, with a snapshot newer
-- than the locks, one statement that judges, numbers and stores. A changed function gets the next number, since old and new nodes run side by side.
-- Many messages of many senders at once. p_drafts: [{ord, tenant, conversation, author, sender, client_id, hash, text, reply_to, metadata, thread, also, silent, urgency, mentions}].
-- `sender` is the author, or the server key that speaks as the system (author null), which needs no membership.
-- One row a draft. outcome: SENT | REPEAT (the row is the original's) | CONFLICT (same key, other payload)
--   | GONE (no such conversation for this author) | FORBIDDEN (author is no longer a member) | ARCHIVED
--   | NO_REPLY, NO_THREAD (the message answered, or the thread's root, is not one of the conversation that the author sees).
create function append_messages_2(p_drafts jsonb)
returns table (ord integer, outcome text, message_id uuid, seq bigint, "position" bigint, at timestamptz, epoch bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  v_epoch bigint := log_epoch_now();
  v_position bigint;
  v_now timestamptz;
  v_tick bigint;
begin
  perform 1 from (select distinct d.tenant, d.conversation from jsonb_to_recordset(p_drafts) as d(tenant uuid, conversation uuid) order by 1, 2) d
    cross join lateral (select 1 from stream s where s.tenant_id = d.tenant and s.id = d.conversation limit 1 for no key update) s;
  v_position := pg_current_xact_id()::text::bigint + v_epoch;
  v_now := clock_timestamp();
  v_tick := tick_of(v_now);
  return query
  with draft as (
    select * from jsonb_to_recordset(p_drafts) as d(ord integer, tenant uuid, conversation uuid, author uuid, sender uuid, client_id text, hash text, text text,
      reply_to uuid, metadata jsonb, thread uuid, also boolean, silent boolean, urgency text, mentions jsonb)
  ),
  alone as (
    select d.*, s.last_seq, s.last_position, s.last_tick, s.counted as last_counted, o.message_id as old_id, o.seq as old_seq, o.created_at as old_at,
      root.author_id as root_author, root.seq as root_seq, t.counted as thread_counted,
      case
        when o.payload_hash = d.hash then 'REPEAT'
        when o.payload_hash is not null then 'CONFLICT'
        when c.id is null then 'GONE'
        when d.author is not null and m.user_id is null then coalesce((
          select 'FORBIDDEN' from membership w where w.tenant_id = d.tenant and w.conversation_id = d.conversation and w.user_id = d.author limit 1), 'GONE')
        when c.archived_at is not null then 'ARCHIVED'
        when d.reply_to is not null and not coalesce((
          select r.conversation_id = d.conversation and (c.history = 'ALL' or d.author is null or r.seq >= m.joined_seq)
          from message r where r.tenant_id = d.tenant and r.id = d.reply_to limit 1), false) then 'NO_REPLY'
        when d.thread is not null and not coalesce(root.conversation_id = d.conversation and root.thread_id is null and (root.deleted_at is null or root.has_thread)
          and (c.history = 'ALL' or d.author is null or root.seq >= m.joined_seq), false) then 'NO_THREAD'
        else 'SENT'
      end as alone
    from draft d
    -- Each by its key, whatever the planner believes of the tables: a plan that was made while they were empty read all of "sent" for every batch.
    left join lateral (select * from stream s where s.tenant_id = d.tenant and s.id = d.conversation limit 1) s on true
    left join lateral (select * from conversation c where c.tenant_id = d.tenant and c.id = d.conversation limit 1) c on true
    left join lateral (
      select * from membership m where m.tenant_id = d.tenant and m.conversation_id = d.conversation and m.user_id = d.author and m.left_seq is null limit 1) m on true
    left join lateral (
      select * from sent o where o.tenant_id = d.tenant and o.conversation_id = d.conversation and o.author_id = d.sender and o.client_message_id = d.client_id limit 1) o on true
    left join lateral (select * from message r where r.tenant_id = d.tenant and r.id = d.thread limit 1) root on true
    left join lateral (select * from thread t where t.tenant_id = d.tenant and t.message_id = d.thread limit 1) t on true
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
    select j.*, j.last_seq + n.n as new_seq, greatest(v_position, j.last_position) as new_position, greatest(v_tick, j.last_tick + 1) + n.n - 1 as new_tick,
      j.last_counted + n.counted as ordinal, case when j.thread is not null then coalesce(j.thread_counted, 0) + n.thread_counted end as thread_ordinal
    from judged j
    join (
      select k.ord, row_number() over of_conversation as n,
        count(*) filter (where (k.thread is null or k.also) and not k.silent) over of_conversation as counted,
        count(*) filter (where not k.silent) over (partition by k.tenant, k.thread order by k.ord) as thread_counted
      from judged k where k.verdict = 'SENT' window of_conversation as (partition by k.tenant, k.conversation order by k.ord)
    ) n on n.ord = j.ord
  ),
  fresh as (
    select n.*, uuid_of_tick(n.new_tick, substr(replace(gen_random_uuid()::text, '-', ''), 17)) as new_id from numbered n
  ),
  keys as (
    insert into sent (tenant_id, conversation_id, author_id, client_message_id, payload_hash, message_id, seq, created_at)
    select f.tenant, f.conversation, f.sender, f.client_id, f.hash, f.new_id, f.new_seq, v_now from fresh f
  ),
  messages as (
    insert into message (tenant_id, id, conversation_id, seq, author_id, client_message_id, text, reply_to_id, metadata, created_at,
      thread_id, also_in_conversation, silent, urgency, mentions, ordinal, thread_ordinal)
    select f.tenant, f.new_id, f.conversation, f.new_seq, f.author, f.client_id, f.text, f.reply_to, f.metadata, v_now,
      f.thread, f.also, f.silent, f.urgency, f.mentions, f.ordinal, f.thread_ordinal from fresh f
  ),
  events as (
    insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id)
    select f.tenant, f.conversation, f.new_seq, f.new_position, 'MESSAGE_SENT', v_now, f.author, f.new_id from fresh f
  ),
  -- Who says something has read what stands before it.
  marks as (
    update membership m set read_seq = h.seq, delivered_seq = h.seq, read_ordinal = h.ordinal, own_unread = 0
    from (
      select f.tenant, f.conversation, f.author, max(f.new_seq) as seq, max(f.ordinal) as ordinal from fresh f
      where f.author is not null and (f.thread is null or f.also) group by 1, 2, 3
    ) h
    where m.tenant_id = h.tenant and m.conversation_id = h.conversation and m.user_id = h.author and m.left_seq is null and m.read_seq < h.seq
  ),
  mentioned as (
    insert into mention (tenant_id, conversation_id, user_id, seq, message_id, author_id, thread_id, is_in_conversation)
    select distinct f.tenant, f.conversation, coalesce(x."userId", '00000000-0000-0000-0000-000000000000'), f.new_seq, f.new_id, f.author, f.thread, f.thread is null or f.also
    from fresh f cross join lateral jsonb_to_recordset(f.mentions) as x("userId" uuid) where f.mentions is not null and not f.silent
  ),
  threads as (
    insert into thread (tenant_id, message_id, conversation_id, root_seq, reply_count, counted)
    select f.tenant, f.thread, f.conversation, max(f.root_seq), count(*), max(f.thread_ordinal) from fresh f where f.thread is not null group by 1, 2, 3
    on conflict (tenant_id, message_id) do update set reply_count = thread.reply_count + excluded.reply_count, counted = excluded.counted
  ),
  roots as (
    update message r set has_thread = true from (select distinct f.tenant, f.thread from fresh f where f.thread is not null and f.thread_counted is null) h
    where r.tenant_id = h.tenant and r.id = h.thread
  ),
  -- Whoever replies follows; so do the root's author and who is mentioned, unless they have said otherwise before.
  followers as (
    select f.tenant, f.thread, f.conversation, f.author as user_id, 1 as replies, f.new_seq as seq, f.thread_ordinal as ordinal from fresh f where f.thread is not null and f.author is not null
    union all
    select f.tenant, f.thread, f.conversation, f.root_author, 0, 0, 0 from fresh f where f.thread is not null and f.thread_counted is null and f.root_author is not null
    union all
    select f.tenant, f.thread, f.conversation, x."userId", 0, f.new_seq - 1, f.thread_ordinal - (not f.silent)::integer
    from fresh f cross join lateral jsonb_to_recordset(f.mentions) as x("userId" uuid) where f.thread is not null and f.mentions is not null and x."userId" is not null
  ),
  thread_marks as (
    insert into thread_member (tenant_id, thread_id, user_id, conversation_id, is_following, replies, first_seq, read_seq, read_ordinal)
    select w.tenant, w.thread, w.user_id, w.conversation, true, sum(w.replies), coalesce(min(w.seq) filter (where w.replies > 0), 0),
      coalesce(max(w.seq) filter (where w.replies > 0), min(w.seq)), coalesce(max(w.ordinal) filter (where w.replies > 0), min(w.ordinal))
    from followers w group by 1, 2, 3, 4
    on conflict (tenant_id, thread_id, user_id) do update set
      is_following = thread_member.is_following or excluded.replies > 0,
      replies = thread_member.replies + excluded.replies,
      first_seq = case when thread_member.replies = 0 then excluded.first_seq else thread_member.first_seq end,
      read_seq = case when excluded.replies > 0 then greatest(thread_member.read_seq, excluded.read_seq) else thread_member.read_seq end,
      read_ordinal = case when excluded.replies > 0 then greatest(thread_member.read_ordinal, excluded.read_ordinal) else thread_member.read_ordinal end,
      own_unread = case when excluded.replies > 0 then 0 else thread_member.own_unread end
  ),
  heads as (
    update stream s set last_seq = h.seq, last_position = h.position, last_tick = h.tick, counted = h.counted
    from (select f.tenant, f.conversation, max(f.new_seq) as seq, max(f.new_position) as position, max(f.new_tick) as tick, max(f.ordinal) as counted from fresh f group by 1, 2) h
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

-- The forms of before the first release, where a database still holds them: no node calls them.
drop function if exists append_messages_1(jsonb);
drop function if exists append_changes_1(uuid, uuid, uuid, text, jsonb, jsonb);

