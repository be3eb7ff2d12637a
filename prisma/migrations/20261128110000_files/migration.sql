-- A file that somebody sends. It is the uploader's alone until a message claims it (append_messages_3, in the message's own transaction).
create table attachment (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  -- AWAITED: it may be sent to us; STORED: it was checked; REMOVING: its objects are being removed; REMOVED: they are gone.
  state text not null default 'AWAITED',
  scan text not null default 'PENDING',
  name text not null,
  content_type text not null,
  bytes bigint not null,
  width integer,
  height integer,
  -- Under which its checked content is kept.
  object_id uuid,
  has_thumbnail boolean not null default false,
  created_at timestamptz not null,
  upload_expires_at timestamptz not null,
  -- Whether what was sent under the signed URL, and perhaps sent again, is gone.
  is_upload_swept boolean not null default false,
  message_id uuid,
  place integer,
  -- When the next step of its removal is due; null: it stays.
  remove_at timestamptz,
  primary key (tenant_id, id)
);
create index attachment_of_message on attachment (tenant_id, message_id, place) where message_id is not null;
create index attachment_of_owner on attachment (tenant_id, owner_id, created_at);
create index attachment_to_remove on attachment (remove_at) where remove_at is not null;
create index attachment_to_sweep on attachment (upload_expires_at) where not is_upload_swept;

alter table message add column attachment_count integer not null default 0;
alter table message add column expires_at timestamptz;

-- append_messages_2, and with files and a time at which the message is to go.
-- p_drafts: [{ord, tenant, conversation, author, sender, client_id, hash, text, reply_to, metadata, thread, also, silent, urgency, mentions, attachments, expires}];
-- `attachments`, the ids of files in their order, is not even named in a draft without any.
-- Outcomes that are new: UNREACHABLE (is_unreachable, of the migration of safety) and NO_ATTACHMENT (not all of them are files of the author that are uploaded, not quarantined and in no message yet).
create function append_messages_3(p_drafts jsonb)
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
  -- Two who claim one file, or a claim and the file's removal, wait for each other here. Drafts without files pay nothing for it.
  if jsonb_path_exists(p_drafts, '$[*].attachments') then
    perform 1 from (
      select distinct d.tenant, x.id from jsonb_to_recordset(p_drafts) as d(tenant uuid, attachments uuid[]) cross join lateral unnest(d.attachments) as x(id) order by 1, 2) d
      cross join lateral (select 1 from attachment a where a.tenant_id = d.tenant and a.id = d.id limit 1 for no key update) a;
  end if;
  v_position := pg_current_xact_id()::text::bigint + v_epoch;
  v_now := clock_timestamp();
  v_tick := tick_of(v_now);
  return query
  with draft as (
    select * from jsonb_to_recordset(p_drafts) as d(ord integer, tenant uuid, conversation uuid, author uuid, sender uuid, client_id text, hash text, text text,
      reply_to uuid, metadata jsonb, thread uuid, also boolean, silent boolean, urgency text, mentions jsonb, attachments uuid[], expires timestamptz)
  ),
  by_itself as (
    select d.*, s.last_seq, s.last_position, s.last_tick, s.counted as last_counted, o.message_id as old_id, o.seq as old_seq, o.created_at as old_at,
      root.author_id as root_author, root.seq as root_seq, t.counted as thread_counted,
      case
        when o.payload_hash = d.hash then 'REPEAT'
        when o.payload_hash is not null then 'CONFLICT'
        when c.id is null then 'GONE'
        when d.author is not null and m.user_id is null then coalesce((
          select 'FORBIDDEN' from membership w where w.tenant_id = d.tenant and w.conversation_id = d.conversation and w.user_id = d.author limit 1), 'GONE')
        when c.archived_at is not null then 'ARCHIVED'
        when d.author is not null and c.kind = 'DIRECT' and is_unreachable(d.tenant, d.conversation, d.author) then 'UNREACHABLE'
        when d.reply_to is not null and not coalesce((
          select r.conversation_id = d.conversation and (c.history = 'ALL' or d.author is null or r.seq >= m.joined_seq)
          from message r where r.tenant_id = d.tenant and r.id = d.reply_to limit 1), false) then 'NO_REPLY'
        when d.thread is not null and not coalesce(root.conversation_id = d.conversation and root.thread_id is null and (root.deleted_at is null or root.has_thread)
          and (c.history = 'ALL' or d.author is null or root.seq >= m.joined_seq), false) then 'NO_THREAD'
        when d.attachments is not null and not (
          select bool_and(coalesce((
            select a.owner_id = d.author and a.state = 'STORED' and a.scan <> 'QUARANTINED' and a.message_id is null
            from attachment a where a.tenant_id = d.tenant and a.id = x.id limit 1), false))
          from unnest(d.attachments) as x(id)) then 'NO_ATTACHMENT'
        else 'SENT'
      end as by_itself
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
  -- Of drafts of one author that ask for the same file the first one has it.
  alone as (
    select b.*, case
      when b.attachments is not null and b.by_itself = 'SENT' and exists (
        select from by_itself e where e.ord < b.ord and e.by_itself = 'SENT' and e.author = b.author and e.attachments && b.attachments
          and (e.conversation, e.sender, e.client_id) <> (b.conversation, b.sender, b.client_id)) then 'NO_ATTACHMENT'
      else b.by_itself
    end as alone from by_itself b
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
      thread_id, also_in_conversation, silent, urgency, mentions, ordinal, thread_ordinal, attachment_count, expires_at)
    select f.tenant, f.new_id, f.conversation, f.new_seq, f.author, f.client_id, f.text, f.reply_to, f.metadata, v_now,
      f.thread, f.also, f.silent, f.urgency, f.mentions, f.ordinal, f.thread_ordinal, coalesce(cardinality(f.attachments), 0), f.expires from fresh f
  ),
  events as (
    insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id)
    select f.tenant, f.conversation, f.new_seq, f.new_position, 'MESSAGE_SENT', v_now, f.author, f.new_id from fresh f
  ),
  -- The rows are there: to insert them anew is how each is found by its key, whatever the planner believes.
  claimed as (
    insert into attachment as a (tenant_id, id, owner_id, name, content_type, bytes, created_at, upload_expires_at, message_id, place)
    select f.tenant, x.id, f.author, '', '', 0, v_now, v_now, f.new_id, x.place
    from fresh f cross join lateral unnest(f.attachments) with ordinality as x(id, place) where f.attachments is not null
    on conflict (tenant_id, id) do update set message_id = excluded.message_id, place = excluded.place, remove_at = null
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
