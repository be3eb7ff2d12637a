/** Readers that are cut, slow and moved between nodes, on a bus that loses and a database that forgets: what each has in the end is what is stored. */
import { describe, expect, test, vi } from 'vitest'
import { environment } from '../../scripts/environment.ts'
import { badBus, forgetCommits, type Random, random } from '../../tests/support/adversary.ts'
import { beginConversation, type Nodes, openNodes, say } from '../../tests/support/nodes.ts'
import { connect, cut, newReader, type Reader } from '../../tests/support/readers.ts'
import type { Parts } from '../context.ts'
import type { UserCaller, Uuid } from '../model.ts'

/** More with `RUNS=60 npm test -- src/delivery`. */
const RUNS = environment.runs ?? 5
const STEPS = 250

async function play(
  { next, pick, chance, below }: Random,
  { db, nodes, users }: Nodes,
  options: { forgets: boolean },
): Promise<Reader[]> {
  const conversations = [
    await beginConversation(nodes[0] as Parts, users),
    await beginConversation(nodes[0] as Parts, users),
    await beginConversation(nodes[0] as Parts, users.slice(0, 1)),
  ]
  const readers = [
    ...[true, false].flatMap((isPushed) => [
      newReader(users[0] as UserCaller, { conversationId: conversations[0] as Uuid, isPushed }),
      newReader(users[1] as UserCaller, { conversationId: conversations[1] as Uuid, isPushed }),
      ...users.map((viewer) => newReader(viewer, { conversationId: null, isPushed })),
    ]),
  ]
  for (const reader of readers) {
    connect(reader, pick(nodes))
    await vi.waitUntil(() => reader.cursor !== null) // its cursor is its beginning
    reader.began = new Map((await db.stream.findMany()).map(({ id, lastSeq }) => [id, Number(lastSeq)]))
  }
  const writes = new Set<Promise<unknown>>()
  const write = (work: Promise<unknown>) => {
    const settled = work.catch(() => undefined).finally(() => writes.delete(settled)) // a stranger's send is refused, and that is right
    writes.add(settled)
  }
  let n = 0
  for (let i = 0; i < STEPS; i++) {
    const what = next()
    const reader = pick(readers)
    if (what < 0.5) write(say(pick(nodes), pick(users), pick(conversations), `message ${n++}`))
    else if (what < 0.58) write(toggle(pick(nodes), pick(users), pick(conversations)))
    else if (what < 0.66) await Promise.all([...writes])
    else if (what < 0.72) await pick(nodes).hubs.tailPass()
    else if (what < 0.8) cut(reader)
    else if (what < 0.9) {
      if (!reader.iterator && !reader.isRevoked) connect(reader, pick(nodes))
    } else if (what < 0.98) {
      reader.isSlow = !reader.isSlow
      reader.wake()
    } else if (options.forgets && chance(0.5)) {
      await Promise.all([...writes])
      await forgetCommits(db, below(5))
    }
  }
  await Promise.all([...writes])
  for (const reader of readers) {
    reader.isSlow = false
    reader.wake()
  }
  return readers
}

/** In and out again, as access.ts would allow it. */
async function toggle(
  { append, memberships }: Parts,
  { tenantId, userId }: UserCaller,
  conversationId: Uuid,
): Promise<void> {
  const { membership } = await memberships.facts({ tenantId, userId, conversationId })
  const change = membership
    ? ({ change: 'LEFT', userId, reason: 'LEFT' } as const)
    : ({ change: 'JOINED', userId, role: 'MEMBER' } as const)
  await append.changes({ tenantId, conversationId, actorId: userId, changes: [change] })
}

interface Stored {
  streamId: Uuid
  seq: number
  position: bigint
  kind: string
  subjectId: Uuid
}

const storedEvents = async (db: Nodes['db']): Promise<Stored[]> =>
  (await db.logEvent.findMany({ orderBy: [{ streamId: 'asc' }, { seq: 'asc' }] })).map((row) => ({
    streamId: row.streamId,
    seq: Number(row.seq),
    position: row.position,
    kind: row.kind,
    subjectId: row.subjectId ?? '',
  }))

/** What this reader should have of a stream: for a feed, what happened while he was a member; for a conversation, all. */
function expected(reader: Reader, events: Stored[], streamId: Uuid): string[] {
  const { userId } = reader.viewer
  let isMember = streamId === userId || reader.conversationId !== null
  const { start } = reader
  const isAfterStart = ({ seq, position }: Stored) =>
    start?.kind === 'FEED'
      ? position >= start.watermark && seq > (reader.began.get(streamId) ?? 0)
      : seq > (start?.seq ?? 0)
  return events
    .filter((event) => event.streamId === streamId)
    .flatMap((event) => {
      const isOwn = event.subjectId === userId && !reader.conversationId
      if (isOwn && event.kind === 'MEMBER_JOINED') isMember = true
      const hears = isMember && isAfterStart(event)
      if (isOwn && event.kind === 'MEMBER_LEFT') isMember = false
      return hears ? [`${event.seq}@${event.position}`] : []
    })
}

const got = (reader: Reader, streamId: Uuid): string[] =>
  reader.got
    .filter((event) => event.streamId === streamId && event.seq > (reader.began.get(streamId) ?? 0))
    .map(({ seq, position }) => `${seq}@${position}`)

async function settleAndJudge({ db, nodes }: Nodes, readers: Reader[]): Promise<void> {
  const events = await storedEvents(db)
  const memberships = await db.membership.findMany()
  const wasEverIn = ({ viewer, conversationId }: Reader) =>
    memberships.some((each) => each.userId === viewer.userId && each.conversationId === conversationId)
  const streams = (reader: Reader) =>
    reader.conversationId
      ? [reader.conversationId]
      : [
          reader.viewer.userId,
          ...new Set(events.filter(({ kind }) => kind === 'MEMBER_JOINED').map(({ streamId }) => streamId)),
        ]
  const complaints = () =>
    readers.flatMap((reader) => [
      ...reader.faults,
      ...(reader.isUnknown && wasEverIn(reader) ? [`${reader.viewer.externalId} is not let in, and was a member`] : []),
      ...streams(reader).flatMap((streamId) => {
        if (reader.conversationId && (reader.isRevoked || reader.isUnknown)) return []
        const [want, have] = [expected(reader, events, streamId).join(), got(reader, streamId).join()]
        return want === have
          ? []
          : [
              `${reader.conversationId ? 'conversation' : 'feed'} of ${reader.viewer.externalId}, stream ${streamId}: has ${have}, stored ${want}`,
            ]
      }),
    ])
  await vi.waitFor(
    async () => {
      for (const reader of readers) if (!reader.iterator && !reader.isRevoked) connect(reader, nodes[0] as Parts)
      for (const node of nodes) await node.hubs.tailPass()
      expect(complaints()).toEqual([])
    },
    { timeout: 15_000, interval: 100 },
  )
}

describe.each(Array.from({ length: RUNS }, (_, i) => i + 1))('seed %i', (seed) => {
  test('a bad bus, cuts and slow readers: every reader has exactly what is stored', async () => {
    const dice = random(seed)
    await using system = await openNodes({
      count: 2,
      users: ['ann', 'ben', 'cleo'],
      bus: badBus(dice, { loss: 0.15, late: 0.2, lateMs: 80 }),
    })
    const readers = await play(dice, system, { forgets: false })
    await settleAndJudge(system, readers)
    expect(readers.map(({ resyncs }) => resyncs)).toEqual(readers.map(() => 0))
    readers.forEach(cut)
    await Promise.all(readers.map(({ pump }) => pump))
  })

  test('a database that forgets commits: readers are told to resync, and end with what is stored', async () => {
    const dice = random(seed + 1_000)
    await using system = await openNodes({
      count: 2,
      users: ['ann', 'ben', 'cleo'],
      bus: badBus(dice, { loss: 0.15, late: 0.2, lateMs: 80 }),
    })
    const readers = await play(dice, system, { forgets: true })
    await settleAndJudge(system, readers)
    readers.forEach(cut)
    await Promise.all(readers.map(({ pump }) => pump))
  })
})
