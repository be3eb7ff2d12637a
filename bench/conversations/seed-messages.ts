/** The seed's messages: by their number, so that big and small have the same share of everything. None of a number that ends in 0 is deleted or a thread's. */

/** Of each fifty the tenth is a thread's root, the eleventh and the thirteenth its replies, which stand nowhere else: what is before that counts. */
const COUNTED = (nth: string) =>
  `(${nth} - 2 * (${nth} / 50) - (${nth} % 50 >= 11)::integer - (${nth} % 50 >= 13)::integer)`

/** One in five answers another, one in two hundred is deleted, one in a hundred mentions a member and one in ten thousand all. */
export const MESSAGES = `
  insert into message (tenant_id, id, conversation_id, seq, author_id, client_message_id, text, reply_to_id, created_at, thread_id, mentions, ordinal, thread_ordinal,
    deleted_at, deleted_by, pinned_at, pinned_by, has_thread, reaction_kinds)
  select p.tenant, k.id, p.id, p.members + k.i, a.user_id, 'sent ' || k.i,
    case when k.is_deleted then '' when k.mentions is null then '' else '@someone ' end || case when k.is_deleted then '' else 'message ' || k.i || repeat(' and some more words', k.i % 8) end,
    case when k.i % 5 = 0 and k.i > 3 then pg_temp.message_id(p.n, p.first_tick + p.step * (k.i - 3), k.i - 3) end, k.at,
    case when k.reply > 0 then pg_temp.message_id(p.n, p.first_tick + p.step * k.root, k.root) end,
    k.mentions, ${COUNTED('k.i')}, nullif(k.reply, 0),
    case when k.is_deleted then k.at end, case when k.is_deleted then a.user_id end,
    case when k.is_pinned then k.at end, case when k.is_pinned then a.user_id end,
    k.i % 50 = 10 and k.i < p.messages, (k.i % 10 = 3)::integer + (k.i % 20 = 13)::integer + (p.reactors > 0 and k.i = p.messages / 2)::integer
  from place p
  cross join lateral (
    select i, pg_temp.message_id(p.n, p.first_tick + p.step * i, i) as id, pg_temp.moment(p.first_tick + p.step * i) as at,
      i % 200 = 7 as is_deleted, p.messages >= 1000 and i % (p.messages / 10) = 40 as is_pinned, i / 50 * 50 + 10 as root, case i % 50 when 11 then 1 when 13 then 2 else 0 end as reply,
      case when i % 10000 = 500 then '[{"kind": "ALL", "userId": null, "start": 0, "length": 8}]'::jsonb
        when i % 100 = 20 then jsonb_build_array(jsonb_build_object('kind', 'USER', 'start', 0, 'length', 8, 'userId',
          (select s.user_id from seat s where s.place = p.n and s.nth = 1 + (i / 100) % p.members))) end as mentions
    from generate_series(1, p.messages) i
  ) k
  join seat a on a.place = p.n and a.nth = 1 + k.i % p.authors
  order by p.n, k.i;
  analyze message`

/** What append writes beside each. */
export const SAID_BESIDE = `
  insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id)
  select m.tenant_id, m.conversation_id, m.seq, pg_temp.position_of(p.base, m.created_at), 'MESSAGE_SENT', m.created_at, m.author_id, m.id
  from message m join place p on p.id = m.conversation_id;
  insert into sent (tenant_id, conversation_id, author_id, client_message_id, payload_hash, message_id, seq, created_at)
  select tenant_id, conversation_id, author_id, client_message_id, md5(client_message_id), id, seq, created_at from message;

  insert into mention (tenant_id, conversation_id, user_id, seq, message_id, author_id, thread_id, is_in_conversation)
  select m.tenant_id, m.conversation_id, coalesce((m.mentions -> 0 ->> 'userId')::uuid, '00000000-0000-0000-0000-000000000000'), m.seq, m.id, m.author_id, m.thread_id, m.thread_id is null
  from message m where m.mentions is not null;

  insert into thread (tenant_id, message_id, conversation_id, root_seq, reply_count, counted)
  select m.tenant_id, m.thread_id, m.conversation_id, min(m.seq) - 1, count(*), count(*) from message m where m.thread_id is not null group by 1, 2, 3;
  insert into thread_member (tenant_id, thread_id, user_id, conversation_id, is_following, replies, first_seq, read_seq, read_ordinal)
  select tenant_id, thread_id, author_id, conversation_id, true, count(*), min(seq), max(seq), max(thread_ordinal) from message where thread_id is not null group by 1, 2, 3, 4;
  insert into thread_member (tenant_id, thread_id, user_id, conversation_id, is_following, replies, first_seq, read_seq, read_ordinal)
  select tenant_id, id, author_id, conversation_id, true, 0, 0, 0, 0 from message where has_thread on conflict do nothing`
