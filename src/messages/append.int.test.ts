/** What append promises, one promise a test; append-random.int.test.ts asks for all of it at once. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  beginGroup,
  draftOf,
  type LogFixture,
  logFaults,
  openLog,
  type Place,
  poisoned,
  storedOf,
} from '../../tests/support/log-fixture.ts'
import { draftsJson } from '../../tests/support/positions.ts'
import type { Bus } from '../bus/bus.ts'
import { memoryBus } from '../bus/memory.ts'
import { directKey } from '../conversations/conversations.ts'
import type { Transaction } from '../db.ts'
import type { ChatEvent } from '../events.ts'
import { newUuid } from '../lib/ids.ts'
import { createMetrics } from '../metrics.ts'
import type { Uuid } from '../model.ts'
import { type Append, createAppend } from './append.ts'
import type { Changes } from './membership-changes.ts'

let log: LogFixture
let append: Append
let tenantId: Uuid
let [ann, ben, cleo]: Uuid[] = []
let conversationId: Uuid
/** Ann, who owns the conversation; ben is a member, cleo a stranger. */
let here: Place

beforeAll(async () => {
  log = await openLog()
  append = log.parts.append
})
beforeEach(async () => {
  const tenant = await log.tenant(3)
  tenantId = tenant.tenantId
  ;[ann, ben, cleo] = tenant.users
  conversationId = await beginGroup(append, tenantId, [ann!, ben!])
  here = { tenantId, conversationId, authorId: ann! }
})
afterAll(() => log[Symbol.asyncDispose]())

const withBus = (bus: Bus): Append => createAppend({ db: log.db, bus, metrics: createMetrics() })
const texts = async () => (await storedOf(log.db, tenantId)).messages.map(({ text }) => text)
const code = (error: unknown) => (error as { code?: string }).code
const change = (changes: Changes['changes'], more: Partial<Changes> = {}): Changes => {
  return { tenantId, conversationId, actorId: ann!, changes, ...more }
}

test('a repeat answers the original, also after its author has left', async () => {
  const draft = draftOf({ ...here, authorId: ben! }, { text: 'once' })
  const first = await append.message(draft)
  await append.changes(change([{ change: 'LEFT', userId: ben!, reason: 'REMOVED' }]))
  expect(await append.message(draft)).toEqual({ message: first.message, deduplicated: true })
  expect(await texts()).toEqual(['once'])
})

test('the same key is another one in another conversation, and of another author', async () => {
  const other = await beginGroup(append, tenantId, [ann!])
  const places = [here, { ...here, authorId: ben! }, { ...here, conversationId: other }]
  const answers = await Promise.all(
    places.map((place, i) => append.message(draftOf(place, { clientMessageId: 'same', text: `${i}` }))),
  )
  expect(answers.map(({ deduplicated }) => deduplicated)).toEqual([false, false, false])
  expect(await logFaults(log.db, tenantId)).toEqual([])
})

test('twins in one batch are one message, and a twin with another text is a conflict', async () => {
  const twins = ['one', 'one', 'other', 'one'].map((text) => draftOf(here, { clientMessageId: 'twin', text }))
  const answers = await Promise.allSettled(twins.map(append.message))
  const [first] = answers
  const original = first?.status === 'fulfilled' ? first.value.message : null
  expect(answers).toMatchObject([
    { value: { message: { text: 'one', seq: 3 }, deduplicated: false } },
    { value: { message: original, deduplicated: true } },
    { reason: { code: 'IDEMPOTENCY_CONFLICT' } },
    { value: { message: original, deduplicated: true } },
  ])
  expect(await texts()).toEqual(['one'])
})

test('a refused draft claims no key: its twin in the batch is refused alike, and another one is stored', async () => {
  const drafts = [newUuid(), null].flatMap((replyToId) => {
    const draft = draftOf(here, { clientMessageId: 'key', replyToId })
    return [draft, draft]
  })
  expect(await Promise.allSettled(drafts.map(append.message))).toMatchObject([
    { reason: { code: 'INVALID_INPUT' } },
    { reason: { code: 'INVALID_INPUT' } },
    { value: { deduplicated: false } },
    { value: { deduplicated: true } },
  ])
})

test.each([
  ['no conversation', (): Partial<Place> => ({ conversationId: newUuid() }), 'NOT_FOUND'],
  ["a user's own stream", (): Partial<Place> => ({ conversationId: ann! }), 'NOT_FOUND'],
  ["another tenant's conversation", (): Partial<Place> => ({ tenantId: newUuid() }), 'NOT_FOUND'],
  ['a stranger', (): Partial<Place> => ({ authorId: cleo! }), 'NOT_FOUND'],
  ['a former member', (): Partial<Place> => ({ authorId: ben! }), 'FORBIDDEN'],
])('a message to or of %s is refused and leaves no trace', async (_, other, expected) => {
  await append.changes(change([{ change: 'LEFT', userId: ben!, reason: 'LEFT' }]))
  const before = await storedOf(log.db, tenantId)
  expect(await append.message(draftOf({ ...here, ...other() }, {})).catch(code)).toBe(expected)
  expect(await storedOf(log.db, tenantId)).toEqual(before)
  expect(await logFaults(log.db, tenantId)).toEqual([])
})

test('a reply is to a message of the same conversation, else it is refused', async () => {
  const other = await beginGroup(append, tenantId, [ann!])
  const [own, foreign] = await Promise.all(
    [conversationId, other].map((id) => append.message(draftOf({ ...here, conversationId: id }, {}))),
  )
  const reply = (replyToId: Uuid) => append.message(draftOf(here, { replyToId, text: 'reply' }))
  expect(await reply(foreign!.message.id).catch((error) => error.details)).toMatchObject({ path: 'input.replyToId' })
  expect((await reply(own!.message.id)).message).toMatchObject({ seq: 4, replyToId: own!.message.id })
})

test('a draft that the database itself refuses fails alone', async () => {
  const batch = Array.from({ length: 20 }, (_, i) => (i % 7 === 3 ? poisoned(here) : draftOf(here, { text: `${i}` })))
  const answers = await Promise.allSettled(batch.map(append.message))
  expect(answers.map(({ status }) => status === 'rejected')).toEqual(batch.map((_, i) => i % 7 === 3))
  expect(await texts()).toHaveLength(17)
  expect(await logFaults(log.db, tenantId)).toEqual([])
})

test('the pair that opens a direct conversation twice at the same time has one', async () => {
  const appenders = [append, withBus(memoryBus())]
  const openings = Array.from({ length: 6 }, (_, i): Changes => {
    const [actorId, other] = i % 2 ? [ann!, cleo!] : [cleo!, ann!]
    const create = { kind: 'DIRECT', title: null, directKey: directKey(actorId, other) } as const
    const changes = [actorId, other].map((userId) => ({ change: 'JOINED', userId, role: 'MEMBER' }) as const)
    return { tenantId, conversationId: newUuid(), actorId, create, changes }
  })
  const answers = await Promise.all(openings.map((opening, i) => appenders[i % 2]!.changes(opening)))
  const ids = answers.map(({ conversationId }) => conversationId)
  expect(new Set(ids).size).toBe(1)
  expect(answers.filter(({ existed }) => !existed)).toHaveLength(1)
  expect(await log.db.conversation.count({ where: { tenantId, kind: 'DIRECT' } })).toBe(1)
  const { events } = await storedOf(log.db, tenantId)
  expect(events.filter(({ subjectId }) => subjectId === ids[0]).map(({ kind }) => kind)).toEqual([
    'CONVERSATION_JOINED',
    'CONVERSATION_JOINED',
  ])
  expect(await logFaults(log.db, tenantId)).toEqual([])
})

test('who has just lost the role on which it was decided changes nothing', async () => {
  const byBen = change([{ change: 'JOINED', userId: cleo!, role: 'MEMBER' }], { actorId: ben!, actorRole: 'MEMBER' })
  await append.changes(change([{ change: 'LEFT', userId: ben!, reason: 'REMOVED' }]))
  const before = await storedOf(log.db, tenantId)
  expect(await append.changes(byBen).catch(code)).toBe('FORBIDDEN')
  await append.changes(change([{ change: 'JOINED', userId: ben!, role: 'GUEST' }]))
  expect(await append.changes(byBen).catch(code)).toBe('FORBIDDEN')
  expect((await storedOf(log.db, tenantId)).events).toHaveLength(before.events.length + 2)
})

test('an event is published when it can be read, by everybody', async () => {
  const reads: Promise<boolean>[] = []
  const isStored = async ({ streamId, seq, position }: ChatEvent) =>
    (await log.db.logEvent.count({ where: { tenantId, streamId, seq, position } })) === 1
  const publishing = withBus({ ...memoryBus(), publish: (_, event) => void reads.push(isStored(event as ChatEvent)) })
  await Promise.all(Array.from({ length: 5 }, () => publishing.message(draftOf(here, {}))))
  await publishing.changes(change([{ change: 'JOINED', userId: cleo!, role: 'MEMBER' }]))
  expect(await Promise.all(reads)).toEqual([true, true, true, true, true, true, true])
})

test.each([
  ['loses everything', () => {}],
  [
    'throws',
    () => {
      throw new Error('no bus')
    },
  ],
])('a bus that %s changes nothing of what is stored', async (_, publish) => {
  const silent = withBus({ ...memoryBus(), publish })
  const draft = draftOf(here, { text: 'kept' })
  await Promise.allSettled([
    silent.message(draft),
    silent.changes(change([{ change: 'JOINED', userId: cleo!, role: 'MEMBER' }])),
  ])
  expect(await silent.message(draft)).toMatchObject({ message: { text: 'kept' }, deduplicated: true })
  expect(await texts()).toEqual(['kept'])
  expect((await storedOf(log.db, tenantId)).events.map(({ kind }) => kind)).toContain('MEMBER_JOINED')
  expect(await logFaults(log.db, tenantId)).toEqual([])
})

test('whatever was stored before is found by its key: no table is read as a whole', async () => {
  const { id: replyTo } = (await append.message(draftOf(here, {}))).message
  const replies = JSON.parse(draftsJson(here, 20)).map((draft: object) => ({ ...draft, reply_to: replyTo }))
  const strangers = JSON.parse(draftsJson({ ...here, authorId: cleo! }, 5))
  const batch = JSON.stringify([...replies, ...strangers].map((draft, ord) => ({ ...draft, ord })))
  await log.db.$transaction(async (tx) => {
    // A table of some hundred rows may be read as a whole for being small, once it has been analysed: so a row costs as much here as if there were very many.
    for (const cost of ['cpu_tuple_cost', 'cpu_index_tuple_cost']) await tx.$executeRawUnsafe(`set local ${cost} = 10`)
    await tx.$executeRawUnsafe('discard plans')
    const before = await rowsOfWholeReads(tx)
    const rows = await tx.$queryRaw<{ outcome: string }[]>`select outcome from append_messages_3(${batch}::jsonb)`
    expect(rows.map(({ outcome }) => outcome)).toEqual([...replies.map(() => 'SENT'), ...strangers.map(() => 'GONE')])
    expect(await rowsOfWholeReads(tx)).toEqual(before)
  })
})

/** How many rows this session has read by sequential scans of what grows. */
const rowsOfWholeReads = (tx: Transaction) => tx.$queryRaw`
  select relname as "table", seq_tup_read::int as rows from pg_stat_xact_user_tables
  where relname ~ '^(stream|conversation|membership|sent|message_.*|log_event_.*)$' order by 1`
