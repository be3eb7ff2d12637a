import { expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { openReader, type Reader } from './support/reader.ts'
import { test } from './support/test-app.ts'

/** More than a reader's queue holds and the kernel's buffers take: 1,024 events and some megabytes. */
const EVENTS = 1_600
const TEXT = 'x'.repeat(16_000)

/** Only what the event itself holds: so many events would cost as many queries. */
const SAID = '{ __typename cursor ... on MessageSent { seq message { text } } }'
const LISTEN = `subscription ($conversationId: ID!) { conversationEvents(conversationId: $conversationId) ${SAID} }`
const FEED = `subscription { feed ${SAID} }`

const listen = async (actor: Actor, conversationId: string) =>
  openReader(await actor.socket(), LISTEN, { conversationId })
const seqsOf = async (reader: Reader, count: number) =>
  (await reader.take(count)).map((event) => 'seq' in event && event.seq)

test('a reader who does not read loses nothing, and nobody waits for him', async ({
  app,
  tenant,
  alice,
  bob,
  carol,
}) => {
  const conversation = await alice.begin([bob, carol])
  const slow = await listen(bob, conversation)
  const slowFeed = await openReader(await bob.socket(), FEED, {})
  const quick = await listen(carol, conversation)
  for (const { socket } of [slow, slowFeed]) socket.pause()

  const expected = Array.from({ length: EVENTS }, (_, i) => i + 4)
  await tenant.fill(conversation, alice, EVENTS, () => TEXT)
  expect(await seqsOf(quick, EVENTS)).toEqual(expected)
  // Full buffers stand before both of them: most of it has not been given to either.
  const { values } = await app.parts.metrics.deliveries.get()
  expect(values[0]?.value).toBeLessThan(EVENTS + 2 * (EVENTS - 1_024))

  for (const { socket } of [slow, slowFeed]) socket.resume()
  expect(await seqsOf(slow, EVENTS)).toEqual(expected)
  expect(await seqsOf(slowFeed, EVENTS)).toEqual(expected)
  await alice.send(conversation, 'live again')
  for (const reader of [slow, slowFeed])
    expect(await reader.take(1)).toMatchObject([{ seq: EVENTS + 4, message: { text: 'live again' } }])
})

test('all subscriptions on the socket of a slow reader go on when he does', async ({ tenant, alice, bob }) => {
  const conversation = await alice.begin([bob])
  const on = await bob.socket()
  const readers: Reader[] = []
  for (let i = 0; i < 5; i++) readers.push(await openReader(on, LISTEN, { conversationId: conversation }))
  on.pause()
  await tenant.fill(conversation, alice, 200, () => TEXT)
  on.resume()
  const expected = Array.from({ length: 200 }, (_, i) => i + 3)
  for (const reader of readers) expect(await seqsOf(reader, 200)).toEqual(expected)
})
