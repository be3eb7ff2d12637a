import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { type Heard, openReader } from './support/reader.ts'
import { test } from './support/test-app.ts'

const seqs = (events: readonly Heard[]) => events.map((event) => 'seq' in event && event.seq)
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('conversationEvents begun after a seq', () => {
  const FROM = `subscription ($conversationId: ID!, $after: String, $afterSeq: NonNegativeInt) {
    conversationEvents(conversationId: $conversationId, after: $after, afterSeq: $afterSeq) { __typename cursor ... on LogEvent { seq } } }`
  const from = async (actor: Actor, variables: object) => openReader(await actor.socket(), FROM, variables)

  test('it gives all that came since, and goes on', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    await alice.sendMany(conversationId, 4)
    const [all, some, none] = await Promise.all([0, 3, 6].map((afterSeq) => from(bob, { conversationId, afterSeq })))
    await alice.send(conversationId, 'the seventh')
    expect(seqs((await all?.take(7)) as Heard[])).toEqual(range(1, 7))
    expect(seqs((await some?.take(4)) as Heard[])).toEqual(range(4, 7))
    expect(seqs((await none?.take(1)) as Heard[])).toEqual([7])
  })

  test('a cursor counts for more: the same document resumes', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const first = await from(bob, { conversationId, afterSeq: 0 })
    const [, second] = (await first.take(2)) as { cursor: string }[]
    await alice.send(conversationId, 'the third')
    expect(
      seqs((await (await from(bob, { conversationId, afterSeq: 0, after: second?.cursor })).take(1)) as Heard[]),
    ).toEqual([3])
  })

  test('one that is not there yet is refused, and to who has left all that came later', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const refused = async (actor: Actor, afterSeq: number) =>
      (await (await actor.socket()).subscribe('refused', FROM, { conversationId, afterSeq }).next()).payload
    expect(JSON.stringify(await refused(bob, 3))).toContain('There is no event 3')
    await alice.remove(conversationId, bob)
    await alice.send(conversationId, 'without him')
    expect(JSON.stringify(await refused(bob, 4))).toContain('There is no event 4')
  })
})
