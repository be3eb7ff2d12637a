/** What can go wrong around delivery, with a seed: a bus that loses, swaps and delays, and a database that forgets its last commits. */
import type { Bus } from '../../src/bus/bus.ts'
import { memoryBus } from '../../src/bus/memory.ts'
import { type Db, sql } from '../../src/db.ts'
import type { Uuid } from '../../src/model.ts'

export function random(seed: number) {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  function next(): number {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    chance: (p: number) => next() < p,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
  }
}

export type Random = ReturnType<typeof random>

/** Loses some of all events, and holds others back for a while, so that neighbours come swapped. */
export function badBus(
  { chance, below }: Random,
  { loss, late, lateMs }: { loss: number; late: number; lateMs: number },
): Bus {
  const good = memoryBus()
  return {
    ...good,
    publish(topic, event) {
      if (chance(loss)) return
      if (chance(late)) setTimeout(() => good.publish(topic, event), below(lateMs)).unref()
      else good.publish(topic, event)
    },
  }
}

/** As after a fail-over to a replica that was behind: the newest commits are gone, and the server is another. */
export async function forgetCommits(db: Db, howMany: number): Promise<void> {
  await db.$transaction(async (tx) => {
    const gone = newest(
      await tx.$queryRaw<Written[]>`select xmin::text as by, stream_id as "streamId", seq, position from log_event`,
      howMany,
    )
    const isGone = sql`e.xmin::text = any(${gone})`
    await tx.$executeRaw`delete from message m using log_event e where ${isGone} and e.kind = 'MESSAGE_SENT' and e.subject_id = m.id`
    await tx.$executeRaw`delete from sent s using log_event e where ${isGone} and e.kind = 'MESSAGE_SENT' and e.subject_id = s.message_id`
    await tx.$executeRaw`delete from membership m using log_event e where ${isGone} and e.kind = 'MEMBER_JOINED' and e.stream_id = m.conversation_id and e.seq = m.joined_seq`
    await tx.$executeRaw`update membership m set left_seq = null, left_position = null, left_at = null from log_event e
      where ${isGone} and e.kind = 'MEMBER_LEFT' and e.stream_id = m.conversation_id and e.subject_id = m.user_id and e.seq = m.left_seq`
    await tx.$executeRaw`delete from log_event e where ${isGone}`
    await tx.$executeRaw`update stream s set last_seq = coalesce(h.seq, 0), last_position = coalesce(h.position, 0)
      from stream t left join (select stream_id, max(seq) as seq, max(position) as position from log_event group by 1) h on h.stream_id = t.id where t.id = s.id`
    await tx.$executeRaw`update log_epoch set timeline = 'gone' where n = (select max(n) from log_epoch)`
  })
}

interface Written {
  /** The transaction that wrote it. */
  by: string
  streamId: Uuid
  seq: bigint
  position: bigint
}

/**
 * The transactions of the newest positions, and all that followed on them in a stream. Whole ones: two that overlap may stand at one position in the stream for
 * which the one waited for the other, and at two in another.
 */
function newest(events: readonly Written[], howMany: number): string[] {
  const positions = [...new Set(events.map(({ position }) => position))].sort((one, other) => (one < other ? 1 : -1))
  const kept = positions[howMany] ?? 0n
  const gone = new Set<string>()
  let found = events.filter(({ position }) => position > kept)
  while (found.length) {
    for (const { by } of found) gone.add(by)
    const followsOnOne = ({ streamId, seq }: Written) =>
      events.some((each) => gone.has(each.by) && each.streamId === streamId && each.seq < seq)
    found = events.filter((event) => !gone.has(event.by) && followsOnOne(event))
  }
  return [...gone]
}
