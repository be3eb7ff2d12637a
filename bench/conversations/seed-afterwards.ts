/** What the seed lets happen after all was said, so that its events end each log; then the heads and the marks, which are to fit all of it. */

/** One message in ten has a reaction or two. */
export const AFTERWARDS = `
  create temp table afterwards as
  select p.n as place, p.members + p.messages + row_number() over (partition by p.n order by m.seq, x.kind, x.emoji, x.user_id) as seq,
    m.id as message_id, x.kind, x.emoji, x.user_id
  from place p
  join message m on m.conversation_id = p.id
  cross join lateral (
    select 'MESSAGE_DELETED' as kind, null as emoji, m.author_id as user_id where m.deleted_at is not null
    union all select 'MESSAGE_PINNED', null, m.pinned_by where m.pinned_at is not null
    union all select 'REACTION_ADDED', '👍', s.user_id from seat s where s.place = p.n and s.nth <= 2 and (m.seq - p.members) % 10 = 3
    union all select 'REACTION_ADDED', '🎉', s.user_id from seat s where s.place = p.n and s.nth = 2 and (m.seq - p.members) % 20 = 13
    union all select 'REACTION_ADDED', '👍', s.user_id from seat s
      where s.place = p.n and s.nth > p.members - p.reactors and m.seq - p.members = p.messages / 2
  ) x;
  analyze afterwards;
  insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
  select p.tenant, p.id, a.seq, pg_temp.position_of(p.base, p.ended), a.kind, p.ended, a.user_id, a.message_id, case when a.emoji is not null then jsonb_build_object('emoji', a.emoji) end
  from afterwards a join place p on p.n = a.place`

export const REACTIONS = `
  insert into reaction (tenant_id, message_id, emoji, user_id, seq, at)
  select p.tenant, a.message_id, a.emoji, a.user_id, a.seq, p.ended from afterwards a join place p on p.n = a.place where a.emoji is not null;
  insert into reaction_count (tenant_id, message_id, emoji, count, first_seq)
  select tenant_id, message_id, emoji, count(*), min(seq) from reaction group by 1, 2, 3`

/** Authors have read up to what they said last, readers as much as the place says. The consumers have seen all of it. */
export const HEADS_AND_MARKS = `
  insert into stream (tenant_id, id, last_seq, last_position, last_tick, counted)
  select p.tenant, p.id, p.members + p.messages + coalesce(a.count, 0), pg_temp.position_of(p.base, p.ended), p.first_tick + p.step * p.messages, m.ordinal
  from place p
  join message m on m.conversation_id = p.id and m.seq = p.members + p.messages
  left join (select place, count(*) as count from afterwards group by 1) a on a.place = p.n;

  update membership m set read_seq = h.seq, delivered_seq = h.seq, read_ordinal = h.ordinal
  from (select conversation_id, author_id, max(seq) as seq, max(ordinal) as ordinal from message where thread_id is null group by 1, 2) h
  where m.conversation_id = h.conversation_id and m.user_id = h.author_id;
  update membership m set read_seq = x.seq, delivered_seq = x.seq, read_ordinal = x.ordinal
  from place p join message x on x.conversation_id = p.id and x.seq = p.members + floor(p.messages * p.read)
  where p.read > 0 and m.conversation_id = p.id and m.joined_seq > p.authors;
  update membership m set pin_order = p.pin_order, hidden_seq = case when p.is_hidden then s.last_seq end
  from place p join stream s on s.id = p.id where m.conversation_id = p.id and m.joined_seq > p.authors and (p.pin_order is not null or p.is_hidden);

  insert into consumer_checkpoint (consumer, shard, position) values ('count-messages', 0, log_base()) on conflict (consumer, shard) do update set position = excluded.position;
  insert into tenant_usage (tenant_id, messages) select tenant_id, count(*) from message group by 1`
