/** A fresh database, tenants with users and conversations made through the real parts, and what must hold of whatever a log holds. */
import { memoryBus } from '../../src/bus/memory.ts'
import { loadConfig } from '../../src/config.ts'
import type { Parts } from '../../src/context.ts'
import type { Db } from '../../src/db.ts'
import type { ChatEvent } from '../../src/events.ts'
import { newUuid } from '../../src/lib/ids.ts'
import { limitsOf } from '../../src/limits.ts'
import { createLog } from '../../src/log.ts'
import type { Append, MessageDraft } from '../../src/messages/append.ts'
import { type DraftInput, draft } from '../../src/messages/draft.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { Uuid } from '../../src/model.ts'
import { openDatabase } from '../../src/open-database.ts'
import { createParts } from '../../src/parts.ts'
import { freshDatabase } from './database.ts'

const SECRET = 'a secret of tests, long enough for all'

export interface LogFixture extends AsyncDisposable {
  /** null on the embedded database. */
  url: string | null
  db: Db
  parts: Parts
  /** A new tenant with so many users. */
  tenant(users: number): Promise<{ tenantId: Uuid; users: Uuid[] }>
}

export async function openLog(): Promise<LogFixture> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const { db } = await openDatabase(loadConfig({ ...database.env, SECRETS_KEY: SECRET }), opened)
  const own = { bus: memoryBus(), metrics: createMetrics(), logger: createLog('silent'), secretsKey: SECRET }
  const parts = createParts({ db, ...own })
  const all = opened.move()
  return {
    url: database.env.DATABASE_URL ?? null,
    db,
    parts,
    async tenant(count) {
      const tenantId = await parts.tenants.create({ slug: newUuid(), name: 'Test' })
      const names = Array.from({ length: count }, (_, i) => ({ externalId: `user-${i}`, name: `User ${i}` }))
      const users = await parts.users.upsert(tenantId, names)
      const idOf = new Map(users.map(({ externalId, id }) => [externalId, id]))
      return { tenantId, users: names.map(({ externalId }) => idOf.get(externalId)!) }
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

/** A group that the first of them begins and owns. */
export async function beginGroup(append: Append, tenantId: Uuid, members: readonly Uuid[]): Promise<Uuid> {
  const conversationId = newUuid()
  await append.changes({
    tenantId,
    conversationId,
    actorId: members[0]!,
    create: { kind: 'GROUP', title: null, directKey: null },
    changes: members.map((userId, i) => ({ change: 'JOINED', userId, role: i ? 'MEMBER' : 'OWNER' })),
  })
  return conversationId
}

export type Place = Pick<MessageDraft, 'tenantId' | 'conversationId' | 'authorId'>

/** As the API would hand it to append. */
export function draftOf(place: Place, input: Partial<DraftInput>): MessageDraft {
  return { ...place, ...draft({ text: 'hello', clientMessageId: newUuid(), ...input }, limitsOf(null)) }
}

/** A draft that the database itself refuses, and the whole batch with it: what draft.ts would never let pass. */
export function poisoned(place: Place, clientMessageId: string = newUuid()): MessageDraft {
  return { ...draftOf(place, { clientMessageId }), text: 'a NUL \0 that PostgreSQL cannot store' }
}

// ---------------------------------------------------------------------------------------------------- what is stored

export interface StoredEvent {
  streamId: Uuid
  seq: number
  position: bigint
  kind: ChatEvent['kind']
  actorId: Uuid
  /** A message's, user's or conversation's id. */
  subjectId: Uuid
  /** In the order of their keys. */
  detail: string
}

export interface StoredMessage {
  id: Uuid
  conversationId: Uuid
  seq: number
  authorId: Uuid | null
  clientMessageId: string
  text: string
  replyToId: Uuid | null
}

export interface Stored {
  events: StoredEvent[]
  messages: StoredMessage[]
}

/** All of a tenant's log, by stream and seq. */
export async function storedOf(db: Db, tenantId: Uuid): Promise<Stored> {
  const events = await db.logEvent.findMany({ where: { tenantId }, orderBy: [{ streamId: 'asc' }, { seq: 'asc' }] })
  const messages = await db.message.findMany({
    where: { tenantId },
    orderBy: [{ conversationId: 'asc' }, { id: 'asc' }],
  })
  return {
    events: events.map(({ streamId, seq, position, kind, actorId, subjectId, detail }) => ({
      streamId,
      seq: Number(seq),
      position,
      kind: kind as ChatEvent['kind'],
      actorId: actorId!,
      subjectId: subjectId!,
      detail: JSON.stringify(Object.entries(detail ?? {}).sort()),
    })),
    messages: messages.map(({ id, conversationId, seq, authorId, clientMessageId, text, replyToId }) => {
      return { id, conversationId, seq: Number(seq), authorId, clientMessageId, text, replyToId }
    }),
  }
}

/** Whatever is wrong with a tenant's log, in words; nothing, as it should be. */
export async function logFaults(db: Db, tenantId: Uuid): Promise<string[]> {
  const { events, messages } = await storedOf(db, tenantId)
  const streams = Map.groupBy(events, ({ streamId }) => streamId)
  const sent = events.filter(({ kind }) => kind === 'MESSAGE_SENT')
  return [
    ...[...streams].flatMap(([streamId, own]) => streamFaults(streamId, own)),
    ...idFaults(messages),
    ...differences(
      'a message without its event',
      messages.map(({ conversationId, seq, id, authorId }) => `${conversationId} ${seq} ${id} ${authorId}`),
      sent.map(({ streamId, seq, subjectId, actorId }) => `${streamId} ${seq} ${subjectId} ${actorId}`),
    ),
    ...differences(
      'a message without its key',
      messages.map((each) => `${each.conversationId} ${each.authorId} ${each.clientMessageId} ${each.id} ${each.seq}`),
      (await db.sent.findMany({ where: { tenantId } })).map(
        (each) => `${each.conversationId} ${each.authorId} ${each.clientMessageId} ${each.messageId} ${each.seq}`,
      ),
    ),
    ...differences(
      'a stream whose head is not its newest event',
      [...streams].map(([id, own]) => `${id} ${own.at(-1)!.seq} ${own.at(-1)!.position}`),
      (await db.stream.findMany({ where: { tenantId, lastSeq: { gt: 0 } } })).map(
        (each) => `${each.id} ${each.lastSeq} ${each.lastPosition}`,
      ),
    ),
    ...(await membershipFaults(db, tenantId, events)),
  ]
}

function streamFaults(streamId: Uuid, events: StoredEvent[]): string[] {
  const seqs = events.map(({ seq }) => seq)
  const falls = events.filter(({ position }, i) => i > 0 && position < events[i - 1]!.position)
  return [
    ...(seqs.every((seq, i) => seq === i + 1) ? [] : [`stream ${streamId} is not gapless: ${seqs}`]),
    ...falls.map(({ seq }) => `stream ${streamId}: the position falls at seq ${seq}`),
  ]
}

/** Given in order of ids: then seq must rise too. */
function idFaults(messages: StoredMessage[]): string[] {
  return messages.flatMap(({ id, conversationId, seq }, i) => {
    const before = messages[i - 1]
    const isSwapped = before?.conversationId === conversationId && before.seq >= seq
    return isSwapped
      ? [`conversation ${conversationId}: message ${id} of seq ${seq} has an id above its next one's`]
      : []
  })
}

/** Windows are what the conversation's own events tell, and so is every user's own stream. */
async function membershipFaults(db: Db, tenantId: Uuid, events: StoredEvent[]): Promise<string[]> {
  const windows = await db.membership.findMany({ where: { tenantId } })
  const ofKind = (kind: ChatEvent['kind']) => events.filter((event) => event.kind === kind)
  const inConversation = ({ streamId, subjectId, seq }: StoredEvent) => `${streamId} ${subjectId} ${seq}`
  const onOwnStream = ({ streamId, subjectId, detail }: StoredEvent) =>
    `${subjectId} ${streamId} ${Object.fromEntries(JSON.parse(detail)).seq}`
  const joined = ofKind('MEMBER_JOINED').map(inConversation)
  const left = ofKind('MEMBER_LEFT').map(inConversation)
  const closed = windows.filter(({ leftSeq }) => leftSeq !== null)
  return [
    ...differences(
      'a window without its joining',
      windows.map(({ conversationId, userId, joinedSeq }) => `${conversationId} ${userId} ${joinedSeq}`),
      joined,
    ),
    ...differences(
      'a closed window without its leaving',
      closed.map(({ conversationId, userId, leftSeq }) => `${conversationId} ${userId} ${leftSeq}`),
      left,
    ),
    ...differences(
      'a joining that the own stream tells otherwise',
      joined,
      ofKind('CONVERSATION_JOINED').map(onOwnStream),
    ),
    ...differences('a leaving that the own stream tells otherwise', left, ofKind('CONVERSATION_LEFT').map(onOwnStream)),
  ]
}

/** As multisets. */
function differences(what: string, some: string[], others: string[]): string[] {
  const counts = new Map<string, number>()
  for (const each of some) counts.set(each, (counts.get(each) ?? 0) + 1)
  for (const each of others) counts.set(each, (counts.get(each) ?? 0) - 1)
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([each, count]) => `${what} (${count > 0 ? '+' : ''}${count}): ${each}`)
}
