/** Many users in many conversations, by whole statements: each in as many, scattered, so that hardly two of them share two. Nothing was said yet. */
import { onServer } from '../../scripts/services/postgres-databases.ts'
import { encodeId, newUuid } from '../../src/lib/ids.ts'
import type { Uuid } from '../../src/model.ts'

/** Primes: so that the users' first conversations differ, and those of each. */
const [APART, STEP] = [7_919, 2_503]

const SEATS = `
  create temp table place as select nth - 1 as nth, id from unnest($1::uuid[]) with ordinality as p(id, nth);
  create temp table seat as
  select u.id as user_id, p.id as conversation_id, row_number() over (partition by p.id order by u.nth) as seq, row_number() over (partition by u.id order by p.id) as own_seq
  from unnest($2::uuid[]) with ordinality as u(id, nth) cross join generate_series(0, $3::integer - 1) k
  join place p on p.nth = ((u.nth - 1) * ${APART} + k * ${STEP}) % cardinality($1::uuid[])`

/** Positions below the epoch's base: of the past. */
const ROWS = `
  insert into conversation (tenant_id, id, kind, title, created_by, member_count)
  select $1::uuid, s.conversation_id, 'GROUP', 'A conversation', (array_agg(s.user_id order by s.seq))[1], count(*) from seat s group by s.conversation_id;
  insert into membership (tenant_id, conversation_id, user_id, joined_seq, role, joined_at, read_seq, delivered_seq)
  select $1::uuid, conversation_id, user_id, seq, case seq when 1 then 'OWNER' else 'MEMBER' end, now(), seq, seq from seat;
  insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
  select $1::uuid, conversation_id, seq, log_base() - 1, 'MEMBER_JOINED', now(), user_id, user_id, jsonb_build_object('role', case seq when 1 then 'OWNER' else 'MEMBER' end) from seat;
  insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
  select $1::uuid, user_id, own_seq, log_base() - 1, 'CONVERSATION_JOINED', now(), user_id, conversation_id, jsonb_build_object('seq', seq) from seat;
  insert into stream (tenant_id, id, last_seq, last_position) select $1::uuid, conversation_id, max(seq), log_base() - 1 from seat group by 1, 2;
  update stream set last_seq = s.own, last_position = log_base() - 1 from (select user_id, max(own_seq) as own from seat group by 1) s where stream.id = s.user_id;
  insert into consumer_checkpoint (consumer, shard, position) values ('count-messages', 0, log_base()) on conflict (consumer, shard) do update set position = excluded.position`

interface Scale {
  tenantId: Uuid
  users: readonly { id: Uuid }[]
  conversations: number
  /** Of each user. */
  memberships: number
}

/** Answers for each user one conversation, of nobody else's. */
export async function seed(
  databaseUrl: string,
  { tenantId, users, conversations, memberships }: Scale,
): Promise<string[]> {
  const ids = Array.from({ length: conversations }, newUuid)
  const userIds = users.map(({ id }) => id)
  await onServer(databaseUrl, async (client) => {
    await client.query(`set synchronous_commit = off; set work_mem = '256MB'`)
    for (const statement of SEATS.split(';'))
      await client.query(statement, parametersOf(statement, [ids, userIds, memberships]))
    for (const statement of ROWS.split(';')) await client.query(statement, parametersOf(statement, [tenantId]))
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
  })
  return users.map((_, nth) => encodeId('conv', ids[(nth * APART) % conversations] ?? ''))
}

/** A statement takes no parameter that it does not name. */
const parametersOf = (statement: string, all: readonly unknown[]): unknown[] =>
  all.filter((_, nth) => statement.includes(`$${nth + 1}`))
