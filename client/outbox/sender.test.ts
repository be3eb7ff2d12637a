import { describe, expect, test } from 'vitest'
import { fakeClock } from '../../tests/kit/fake-clock.ts'
import { RequestError } from '../errors.ts'
import { memoryStorage } from '../storage/memory.ts'
import type { ClientStorage } from '../storage/storage.ts'
import type { OutboxEntry } from '../types.ts'
import { leaseLocks, noLocks } from './lease.ts'
import { createOutbox } from './outbox.ts'
import type { Done } from './perform.ts'
import { createSender } from './sender.ts'

const DONE: Done = { message: null, error: null }
const text = ({ action }: OutboxEntry) => (action.kind === 'send' ? action.message.text : action.kind)
const offline = new RequestError('OFFLINE', 'cut', { retryable: true })

/** What the server does with each attempt; it is asked until `answer` says otherwise. */
function stage(
  answer: (entry: OutboxEntry) => Promise<Done> = async () => DONE,
  storage: ClientStorage = memoryStorage(),
) {
  const clock = fakeClock()
  const sent: string[] = []
  let isOpen = true
  let ids = 0
  const outbox = createOutbox({ storage, clock, random: () => (++ids % 997) / 997, changed() {}, stored() {} })
  const sender = createSender({
    ...{ outbox, clock, locks: noLocks, name: 'outbox' },
    isOpen: () => isOpen,
    perform(entry) {
      sent.push(`${text(entry)} ${entry.clientId.slice(-4)}`)
      return answer(entry)
    },
  })
  return {
    ...{ clock, outbox, sender, sent, storage },
    texts: () => sent.map((each) => each.split(' ')[0]),
    send: (conversationId: string, words: string) =>
      outbox.add(conversationId, { kind: 'send', message: { text: words } }),
    open(now: boolean) {
      isOpen = now
      sender.wake()
    },
  }
}

test('sent in order in each conversation; one conversation does not wait for another', async () => {
  const waiting = Promise.withResolvers<Done>()
  const { send, open, clock, texts } = stage((entry) =>
    entry.conversationId === 'a' ? waiting.promise : Promise.resolve(DONE),
  )
  for (const [where, words] of ['a1', 'b1', 'a2', 'b2'].map((each) => [each.slice(0, 1), each] as const))
    send(where, words)
  open(true)
  await clock.pass(0)
  expect(texts()).toEqual(['a1', 'b1', 'b2'])
  waiting.resolve(DONE)
  await clock.pass(0)
  expect(texts()).toEqual(['a1', 'b1', 'b2', 'a2'])
})

test('cut off, it is repeated under the same id, and what stands behind it waits', async () => {
  let isCut = true
  const { send, open, clock, sent, outbox } = stage(async () => {
    if (isCut) throw offline
    return DONE
  })
  send('a', 'one')
  send('a', 'two')
  open(true)
  await clock.pass(0)
  isCut = false
  await clock.pass(1_000)
  expect(sent[0]).toBe(sent[1])
  expect(sent.map((each) => each.split(' ')[0])).toEqual(['one', 'one', 'two'])
  expect(outbox.entries.get()).toEqual([])
})

test('not before the server has said', async () => {
  let refusals = 1
  const { send, open, clock, texts } = stage(async () => {
    if (refusals-- > 0) throw new RequestError('RATE_LIMITED', 'later', { retryable: true, retryAfterMs: 7_000 })
    return DONE
  })
  send('a', 'one')
  open(true)
  await clock.pass(6_900)
  open(true) // whatever wakes it
  await clock.pass(0)
  expect(texts()).toEqual(['one'])
  await clock.pass(200)
  expect(texts()).toEqual(['one', 'one'])
})

test('while nothing is taken nothing is sent', async () => {
  const { send, open, clock, texts } = stage()
  open(false)
  send('a', 'one')
  await clock.pass(60_000)
  expect(texts()).toEqual([])
  open(true)
  await clock.pass(0)
  expect(texts()).toEqual(['one'])
})

describe('what is refused for good', () => {
  const refuse = async (entry: OutboxEntry): Promise<Done> => {
    if (text(entry) === 'bad') throw new RequestError('FORBIDDEN', 'You may not')
    if (text(entry) === 'taken') throw new RequestError('IDEMPOTENCY_CONFLICT', 'This id has another message')
    if (text(entry) === 'other') return { message: null, error: { code: 'ANSWERED_OTHERWISE', explanation: 'another' } }
    return DONE
  }

  test('is told, kept over a restart, and holds nothing up', async () => {
    const { send, open, clock, texts, outbox, storage } = stage(refuse)
    const { id } = send('a', 'bad')
    send('a', 'good')
    open(true)
    await clock.pass(0)
    expect(texts()).toEqual(['bad', 'good'])
    const error = { code: 'FORBIDDEN', explanation: 'You may not' }
    expect(outbox.entries.get()).toMatchObject([{ id, state: 'failed', error }])
    const next = stage(refuse, storage)
    await next.outbox.reload()
    expect(next.outbox.entries.get()).toMatchObject([{ id, state: 'failed', error }])
  })

  test('is sent again under the same id; under a new one where the old one is taken', async () => {
    const { send, open, clock, sent, outbox, sender } = stage(refuse)
    const entries = ['bad', 'taken', 'other'].map((words) => send(words, words))
    open(true)
    await clock.pass(0)
    for (const { id } of entries) outbox.retry(id)
    sender.wake()
    await clock.pass(0)
    const idsOf = (words: string) => sent.filter((each) => each.startsWith(words))
    expect(new Set(idsOf('bad')).size).toBe(1)
    expect(new Set(idsOf('taken')).size).toBe(2)
    expect(new Set(idsOf('other')).size).toBe(2)
    for (const { id } of entries) outbox.discard(id)
    expect(outbox.entries.get()).toEqual([])
  })
})

test('of reads the newest is sent, at most one every two seconds', async () => {
  const read: number[] = []
  const { outbox, open, clock } = stage(async ({ action }) => {
    if (action.kind === 'read') read.push(action.seq)
    return DONE
  })
  for (let seq = 1; seq <= 50; seq++) {
    outbox.add('a', { kind: 'read', messageId: `${seq}`, seq })
    open(true)
    await clock.pass(100)
  }
  await clock.pass(3_000)
  expect(read.at(-1)).toBe(50)
  expect(read.length).toBeLessThanOrEqual(4)
})

test('what an earlier page has kept is sent by the next one', async () => {
  const first = stage()
  first.open(false)
  const { clientId } = first.send('a', 'one')
  await first.outbox.kept()
  const next = stage(undefined, first.storage)
  await next.outbox.reload()
  next.open(true)
  await next.clock.pass(0)
  expect(next.sent).toEqual([`one ${clientId.slice(-4)}`])
  expect(await first.storage.keys()).toEqual([])
})

test('a lease: one at a time, and it ends with who has died holding it', async () => {
  const [clock, storage] = [fakeClock(), memoryStorage()]
  const [one, other] = ['one', 'other'].map((owner) => leaseLocks({ storage, clock, owner }))
  const did: string[] = []
  const dead = Promise.withResolvers<void>()
  void leaseLocks({
    storage,
    clock: { ...clock, setTimeout: (run, ms) => (ms === 2_000 ? 0 : clock.setTimeout(run, ms)) },
    owner: 'dead',
  }).request('x', () => dead.promise)
  await clock.pass(100)
  for (const [name, locks] of [
    ['one', one],
    ['other', other],
  ] as const)
    void locks?.request('x', async () => {
      did.push(`${name} begins`)
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 10_000))
      did.push(`${name} ends`)
    })
  await clock.pass(5_000)
  expect(did).toEqual([])
  await clock.pass(30_000)
  expect(did).toHaveLength(4)
  expect(did[0]?.split(' ')[0]).toBe(did[1]?.split(' ')[0])
})

test('what is added while the storage is read is not taken for what another tab has removed', async () => {
  const memory = memoryStorage()
  const listed = Promise.withResolvers<void>()
  const storage: ClientStorage = {
    ...memory,
    async keys() {
      const keys = await memory.keys()
      await listed.promise
      return keys
    },
  }
  const { outbox, send, clock } = stage(undefined, storage)
  const reloaded = outbox.reload()
  await clock.pass(0)
  send('a', 'new')
  await outbox.kept()
  listed.resolve()
  await reloaded
  expect(outbox.entries.get().map(text)).toEqual(['new'])
})
