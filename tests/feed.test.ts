import { describe, expect, inject } from 'vitest'
import type { Actor } from './support/actor.ts'
import { FEED } from './support/documents.ts'
import type { Heard, Reader } from './support/reader.ts'
import { test } from './support/test-app.ts'

/** `General#3`: an event by the name of its conversation; `own#1`: of the user's own log. */
function named(events: readonly Heard[], names: Record<string, string>): string[] {
  return events.map((event) => {
    if (event.__typename === 'Subscribed' || event.__typename === 'ResyncRequired') return event.__typename
    if (event.__typename === 'ReceiptsAdvanced') return event.__typename
    if (event.__typename === 'AccessRevoked') return `AccessRevoked ${names[event.conversationId]}`
    const isOwn = 'conversationId' in event || OWN.includes(event.__typename)
    return isOwn || !('conversation' in event) ? `own#${event.seq}` : `${names[event.conversation.id]}#${event.seq}`
  })
}

const OWN: readonly string[] = ['ConversationJoined', 'MembershipUpdated', 'ReadMarked']

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('begins with Subscribed, then gives what happens in all conversations', async ({ alice, bob }) => {
  const [a, b] = [await alice.begin([bob]), await alice.openDirect(bob)]
  await alice.send(a, 'before')
  const feed = await bob.feed()
  expect(feed.events).toMatchObject([{ __typename: 'Subscribed' }])
  await alice.send(a, 'one')
  await alice.send(b, 'two')
  expect(await feed.take(2)).toMatchObject([
    { __typename: 'MessageSent', seq: 4, conversation: { id: a }, message: { text: 'one' } },
    { __typename: 'MessageSent', seq: 3, conversation: { id: b }, message: { text: 'two' } },
  ])
})

test('brings a conversation that is joined later, and its events from the joining on', async ({ alice, bob }) => {
  const old = await alice.begin([bob])
  const late = await alice.begin()
  await alice.send(late, 'bob is not here yet')
  const feed = await bob.feed()
  await alice.add(late, bob)
  await alice.send(late, 'welcome')
  await alice.send(old, 'here too')
  const events = await feed.take(4)
  expect(named(events, { [old]: 'old', [late]: 'late' }).sort()).toEqual(['late#3', 'late#4', 'old#3', 'own#2'])
  expect(events.find(({ __typename }) => __typename === 'ConversationJoined')).toMatchObject({
    seq: 2,
    conversation: { id: late },
    actor: { externalId: 'alice' },
  })
  const inLate = events.filter((event) => 'conversation' in event && event.conversation.id === late)
  expect(named(inLate, { [late]: 'late' })).toEqual(['own#2', 'late#3', 'late#4'])
})

test('ends a conversation that is left or taken away, and goes on with the others', async ({ alice, bob, carol }) => {
  const [kept, left, taken] = [await alice.begin([bob]), await alice.begin([bob]), await alice.begin([bob, carol])]
  const names = { [kept]: 'kept', [left]: 'left', [taken]: 'taken' }
  const [feed, witness] = [await bob.feed(), await carol.feed()]
  await bob.leave(left)
  await alice.remove(taken, bob)
  const ending = await feed.take(6)
  expect(named(ending, names).sort()).toEqual(
    ['AccessRevoked left', 'AccessRevoked taken', 'left#3', 'own#4', 'own#5', 'taken#4'].sort(),
  )
  expect(ending.filter(({ __typename }) => __typename === 'ConversationLeft')).toMatchObject([
    { seq: 4, conversationId: left, reason: 'LEFT', actor: { externalId: 'bob' } },
    { seq: 5, conversationId: taken, reason: 'REMOVED', actor: { externalId: 'alice' } },
  ])
  await alice.send(left, 'unheard')
  await alice.sendMany(taken, 10)
  await alice.send(kept, 'heard')
  expect(named(await witness.take(11), names)).toEqual(range(4, 14).map((seq) => `taken#${seq}`))
  expect(named(await feed.take(1), names)).toEqual(['kept#3'])
  await feed.socket.roundTrip()
  expect(feed.rest()).toEqual([])
})

describe('resumed with a cursor', () => {
  test('over another socket it gives all that was missed; what comes besides is older', async ({ alice, bob }) => {
    const [a, b] = [await alice.begin([bob]), await alice.begin([bob])]
    const before = await bob.feed()
    await alice.send(a, 'read')
    await alice.send(b, 'read')
    await before.take(2)
    before.socket.cut()
    await alice.sendMany(a, 3)
    await alice.sendMany(b, 3)
    const c = await alice.begin([bob])
    const after = await bob.feed({ after: before.cursor })
    await alice.send(c, 'live')
    const missed = [...range(4, 6).flatMap((seq) => [`${a}#${seq}`, `${b}#${seq}`]), 'own#3', `${c}#2`, `${c}#3`]
    const older = ['own#1', 'own#2', ...range(1, 3).flatMap((seq) => [`${a}#${seq}`, `${b}#${seq}`])]
    expect(older).toEqual(expect.arrayContaining(await besides(after, missed)))
    const inA = after.events.flatMap((event) =>
      'conversation' in event && event.conversation.id === a ? [event.seq] : [],
    )
    expect(inA).toEqual(inA.toSorted((one, other) => one - other))
  })

  test('it pages through a long absence while more comes in', async ({ tenant, alice, bob }) => {
    const conversations = [await alice.begin([bob]), await alice.begin([bob]), await alice.begin([bob])]
    const before = await bob.feed()
    await before.stop()
    await Promise.all(conversations.map((id) => tenant.fill(id, alice, 250)))
    const coming = Promise.all(conversations.map((id) => tenant.fill(id, alice, 20)))
    const after = await bob.feed({ after: before.cursor })
    await coming
    const missed = conversations.flatMap((id) => range(3, 272).map((seq) => `${id}#${seq}`))
    const older = ['own#1', 'own#2', 'own#3', ...conversations.flatMap((id) => [`${id}#1`, `${id}#2`])]
    expect(older).toEqual(expect.arrayContaining(await besides(after, missed)))
  })

  test('cut again and again, it misses nothing, and each conversation stays in order', async ({
    tenant,
    alice,
    bob,
  }) => {
    const conversations = [await alice.begin([bob]), await alice.begin([bob])]
    let feed = await bob.feed()
    const newest = new Map(conversations.map((id) => [id, 2]))
    const sending = inSmallBatches(60, (count) => Promise.all(conversations.map((id) => tenant.fill(id, alice, count))))
    while (conversations.some((id) => newest.get(id) !== 62)) {
      for (let turn = 0; turn < 30 && conversations.some((id) => newest.get(id) !== 62); turn++) {
        const event = await feed.next()
        if (event.__typename !== 'MessageSent') continue // of before the feed
        const before = newest.get(event.conversation.id) ?? 0
        expect(event.seq).toBeLessThanOrEqual(before + 1)
        newest.set(event.conversation.id, Math.max(before, event.seq))
      }
      feed.socket.cut()
      feed = await bob.feed({ after: feed.cursor })
    }
    await sending
  })

  test('it tells of a conversation that was left meanwhile, up to the leaving', async ({ alice, bob }) => {
    const [kept, left] = [await alice.begin([bob]), await alice.begin([bob])]
    const names = { [kept]: 'kept', [left]: 'left' }
    const before = await bob.feed()
    before.socket.cut()
    await alice.send(left, 'still his')
    await alice.remove(left, bob)
    await alice.send(left, 'no longer his')
    await alice.send(kept, 'his')
    const after = await bob.feed({ after: before.cursor })
    await besides(after, [`${left}#3`, `${left}#4`, 'own#3', `${kept}#3`])
    await alice.send(kept, 'last')
    await after.next((event) => event.__typename === 'MessageSent' && event.message?.text === 'last')
    const heard = named(after.events, names)
    expect(heard).toContain('AccessRevoked left')
    expect(heard.filter((name) => /^left#[5-9]/.test(name))).toEqual([])
  })
})

/** What is stored together has one position, and a feed that is cut within comes to all of it again: so not all at once. */
async function inSmallBatches(count: number, write: (count: number) => Promise<unknown>): Promise<void> {
  for (let written = 0; written < count; written += 5) await write(5)
}

/** Reads until all the wanted events have come; answers what came besides. */
async function besides(feed: Reader, wanted: string[]): Promise<string[]> {
  const missing = new Set(wanted)
  const others: string[] = []
  while (missing.size > 0)
    for (const key of keysOf(await feed.take(1))) if (!missing.delete(key) && !wanted.includes(key)) others.push(key)
  return others
}

/** An event is the same if conversation and seq are. */
function keysOf(events: readonly Heard[]): string[] {
  return events.flatMap((event) => {
    if (event.__typename === 'ConversationJoined' || event.__typename === 'ConversationLeft')
      return [`own#${event.seq}`]
    return 'conversation' in event ? [`${event.conversation.id}#${event.seq}`] : []
  })
}

if (inject('database').kind === 'postgres')
  test('begins now, also while a transaction somewhere holds the horizon of the log back', async ({
    app,
    alice,
    bob,
  }) => {
    const conversation = await alice.begin([bob])
    await app.db.$transaction(async (open) => {
      await open.$queryRaw`select pg_current_xact_id()::text`
      await alice.send(conversation, 'long ago')
      const feed = await bob.feed()
      const sent = await alice.send(conversation, 'now')
      expect(await feed.take(1)).toMatchObject([{ __typename: 'MessageSent', message: { id: sent.id, text: 'now' } }])
    })
  })

test('of a user with no conversation waits for the first', async ({ alice, mallory }) => {
  const feed = await mallory.feed()
  const first = await alice.begin([mallory])
  expect(named(await feed.take(2), { [first]: 'first' })).toEqual(['own#1', 'first#2'])
})

test('gives one user nothing of another', async ({ alice, bob, mallory, stranger }) => {
  const feeds = [await mallory.feed(), await stranger.feed()]
  const conversation = await alice.begin([bob])
  const witness = await bob.feed()
  await alice.sendMany(conversation, 10)
  await witness.take(10)
  for (const feed of feeds) {
    await feed.socket.roundTrip()
    expect(feed.rest()).toEqual([])
  }
})

test('refuses, naming the argument, cursors of elsewhere, of another tenant, and tampered with', async ({
  alice,
  bob,
  stranger,
}) => {
  const conversation = await alice.begin([bob])
  const { cursor } = await bob.feed()
  const changed = Buffer.from(cursor, 'base64url').fill(' ', 1, 2).toString('base64url')
  for (const after of [
    (await bob.listen(conversation)).cursor,
    (await stranger.feed()).cursor,
    changed,
    `${cursor}A`,
    '',
  ])
    expect(await refusalOf(bob, after)).toMatch(/"code":"INVALID_INPUT".*"path":"after"/)
})

async function refusalOf(actor: Actor, after: string): Promise<string> {
  const frames = (await actor.socket()).subscribe('refused', String(FEED), { after })
  return JSON.stringify(await frames.next())
}
