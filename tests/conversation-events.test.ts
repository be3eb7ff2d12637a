import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { LISTEN } from './support/documents.ts'
import type { Heard } from './support/reader.ts'
import { test } from './support/test-app.ts'

const seqs = (events: readonly Heard[]) => events.map((event) => ('seq' in event ? event.seq : event.__typename))
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('begins with Subscribed, then gives what is said from then on', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  await alice.send(conversation, 'before')
  const reader = await bob.listen(conversation)
  expect(reader.events).toMatchObject([{ __typename: 'Subscribed' }])
  const sent = await alice.send(conversation, 'after')
  expect(await reader.take(1)).toMatchObject([
    {
      __typename: 'MessageSent',
      seq: 4,
      actor: { externalId: 'alice' },
      conversation: { id: conversation },
      message: { id: sent.id, text: 'after', author: { externalId: 'alice' } },
    },
  ])
})

test('reaches every reader, the author too, in the same order', async ({ alice, bob, carol }) => {
  const conversation = await alice.begin([bob, carol])
  const readers = await Promise.all([alice, bob, carol, bob].map((actor) => actor.listen(conversation)))
  await Promise.all([alice, bob, carol].map((actor) => actor.sendMany(conversation, 10)))
  const heard = await Promise.all(readers.map((reader) => reader.take(30)))
  for (const events of heard) expect(seqs(events)).toEqual(range(4, 33))
  const texts = heard.map((events) => events.map((event) => event.__typename === 'MessageSent' && event.message?.id))
  expect(texts.slice(1)).toEqual([texts[0], texts[0], texts[0]])
})

test('several on one socket do not mix', async ({ alice, bob }) => {
  const [one, other] = [await alice.begin([bob]), await alice.begin([bob])]
  const on = await bob.socket()
  const readers = [await bob.listen(one, { on }), await bob.listen(other, { on }), await bob.listen(one, { on })]
  await alice.send(one, 'in one')
  await alice.send(other, 'in the other')
  for (const [i, conversation] of [one, other, one].entries())
    expect(await readers[i]?.take(1)).toMatchObject([{ conversation: { id: conversation } }])
  await on.roundTrip()
  expect(readers.flatMap((reader) => reader.rest())).toEqual([])
})

describe('resumed with a cursor', () => {
  test('over another socket it gives exactly what was missed, in order, once', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const before = await bob.listen(conversation)
    await alice.send(conversation, 'read')
    await before.take(1)
    before.socket.cut()
    await alice.sendMany(conversation, 5)
    const after = await bob.listen(conversation, { after: before.cursor })
    expect(after.events[0]).toEqual({ __typename: 'Subscribed', cursor: before.cursor })
    await alice.send(conversation, 'live')
    expect(seqs(await after.take(6))).toEqual(range(4, 9))
    await after.socket.roundTrip()
    expect(after.rest()).toEqual([])
  })

  test('of any event it goes on behind that one', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const reader = await bob.listen(conversation)
    await alice.sendMany(conversation, 4)
    for (const { cursor } of [...reader.events, ...(await reader.take(4))]) {
      const resumed = await bob.listen(conversation, { after: cursor })
      const first = reader.events.findIndex((event) => event.cursor === cursor) + 3
      expect(seqs(await resumed.take(7 - first))).toEqual(range(first, 6))
    }
  })

  test('it pages through a long absence while more comes in', async ({ tenant, alice, bob }) => {
    const conversation = await alice.begin([bob])
    const before = await bob.listen(conversation)
    await before.stop()
    await tenant.fill(conversation, alice, 700)
    const coming = tenant.fill(conversation, alice, 100)
    const after = await bob.listen(conversation, { after: before.cursor })
    await coming
    const events = await after.take(800)
    expect(seqs(events)).toEqual(range(3, 802))
    expect(events.map((event) => event.__typename === 'MessageSent' && event.message?.text)).toEqual(
      await allOf(bob, conversation),
    )
  })

  test('cut again and again, it misses nothing and repeats nothing', async ({ tenant, alice, bob }) => {
    const conversation = await alice.begin([bob])
    let reader = await bob.listen(conversation)
    const events: Heard[] = []
    const sending = tenant.fill(conversation, alice, 400)
    while (events.length < 400) {
      events.push(...(await reader.take(Math.min(23, 400 - events.length))))
      reader.socket.cut() // whatever came after the last one read is lost with it
      reader = await bob.listen(conversation, { after: reader.cursor })
    }
    await sending
    expect(seqs(events)).toEqual(range(3, 402))
  })
})

async function allOf(actor: Actor, conversation: string): Promise<string[]> {
  const texts: string[] = []
  let after: string | null = null
  do {
    const { edges, pageInfo } = await actor.history(conversation, { first: 100, after })
    texts.push(...edges.map(({ node }) => node.text))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  return texts
}

describe('a member who is removed', () => {
  test('hears that, and why, and nothing more; the others go on', async ({ alice, bob, carol }) => {
    const conversation = await alice.begin([bob, carol])
    const on = await bob.socket()
    const [removed, witness] = [await bob.listen(conversation, { on }), await carol.listen(conversation)]
    const elsewhere = await bob.listen(await bob.begin(), { on })
    await alice.remove(conversation, bob)
    expect(await removed.take(2)).toMatchObject([
      {
        __typename: 'MemberLeft',
        seq: 4,
        user: { externalId: 'bob' },
        reason: 'REMOVED',
        actor: { externalId: 'alice' },
      },
      { __typename: 'AccessRevoked', conversationId: conversation },
    ])
    expect(await removed.ended()).toMatchObject({ type: 'complete' })
    await alice.sendMany(conversation, 20)
    expect(seqs(await witness.take(21))).toEqual(range(4, 24))
    await on.roundTrip()
    expect([...removed.rest(), ...elsewhere.rest()]).toEqual([])
  })

  test('who leaves by himself ends the same way', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const reader = await bob.listen(conversation)
    await bob.leave(conversation)
    expect(await reader.take(2)).toMatchObject([
      { __typename: 'MemberLeft', reason: 'LEFT' },
      { __typename: 'AccessRevoked' },
    ])
    expect(await reader.ended()).toMatchObject({ type: 'complete' })
  })

  test('resumes up to his leaving and no further', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const before = await bob.listen(conversation)
    before.socket.cut()
    await alice.sendMany(conversation, 3)
    await alice.remove(conversation, bob)
    await alice.sendMany(conversation, 3)
    const after = await bob.listen(conversation, { after: before.cursor })
    const events = await after.take(5)
    expect(seqs(events)).toEqual([3, 4, 5, 6, 'AccessRevoked'])
    expect(await after.ended()).toMatchObject({ type: 'complete' })
    const again = await bob.listen(conversation, { after: after.cursor })
    expect(seqs(await again.take(1))).toEqual(['AccessRevoked'])
    expect(await again.ended()).toMatchObject({ type: 'complete' })
  })

  test('sees in the events that are still his nothing of what came later', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const { cursor } = await bob.listen(conversation)
    await alice.remove(conversation, bob)
    await alice.send(conversation, 'a secret of those who stayed')
    const on = await bob.socket()
    const nosy = on.subscribe(
      'nosy',
      `subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) {
         __typename ... on MemberLeft { conversation { messages(last: 5) { edges { node { text } } } } } } }`,
      { id: conversation, after: cursor },
    )
    const seen = []
    for (let frame = await nosy.next(); frame.type === 'next'; frame = await nosy.next()) seen.push(frame)
    expect(JSON.stringify(seen)).not.toContain('a secret')
  })

  test('learns without a cursor nothing of how much was said since', async ({ alice, bob, carol }) => {
    const conversation = await alice.begin([bob, carol])
    await alice.remove(conversation, bob)
    const { cursor } = await carol.listen(conversation)
    const early = await bob.listen(conversation)
    expect(await early.ended()).toMatchObject({ type: 'complete' })
    await alice.sendMany(conversation, 10)
    const late = await bob.listen(conversation)
    expect(await late.ended()).toMatchObject({ type: 'complete' })
    expect(seqs(late.events)).toEqual(['Subscribed', 'AccessRevoked'])
    expect(late.cursor).toBe(early.cursor)
    expect(late.cursor).toBe(cursor)
  })

  test('and comes back hears on where he was', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const before = await bob.listen(conversation)
    before.socket.cut()
    await alice.remove(conversation, bob)
    await alice.send(conversation, 'meanwhile')
    await alice.add(conversation, bob)
    const after = await bob.listen(conversation, { after: before.cursor })
    await alice.send(conversation, 'welcome back')
    expect(seqs(await after.take(4))).toEqual(range(3, 6))
  })
})

test('ends when its reader has enough, without an echo', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const on = await bob.socket()
  const [stopped, goesOn] = [await bob.listen(conversation, { on }), await bob.listen(conversation, { on })]
  await stopped.stop()
  await alice.send(conversation, 'unheard')
  expect(seqs(await goesOn.take(1))).toEqual([3])
  await on.roundTrip()
  expect(stopped.rest()).toEqual([])
})

describe('refuses, naming the argument, cursors', () => {
  const refusalOf = async (actor: Actor, conversationId: string, after: string) => {
    const frames = (await actor.socket()).subscribe('refused', String(LISTEN), { conversationId, after })
    return JSON.stringify([await frames.next(), await frames.next().catch(() => null)])
  }

  test('of elsewhere, of somebody else’s, and tampered with', async ({ alice, bob }) => {
    const [conversation, other] = [await alice.begin([bob]), await alice.begin([bob])]
    await alice.send(conversation, 'hi')
    const { cursor } = await bob.listen(conversation)
    const changed = Buffer.from(cursor, 'base64url').fill(' ', 1, 2).toString('base64url')
    const page = (await bob.history(conversation)).pageInfo.endCursor ?? ''
    for (const after of [(await bob.listen(other)).cursor, (await bob.feed()).cursor, page, changed, `${cursor}A`, ''])
      expect(await refusalOf(bob, conversation, after)).toMatch(/"code":"INVALID_INPUT".*"path":"after"/)
  })
})
