/** Slow mode: between two messages of a member a while passes, on whatever node. */
import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { say } from './support/say.ts'
import { test } from './support/test-app.ts'

const isSent = { __typename: 'SendMessagePayload' }

describe('slow mode', () => {
  const slow = (who: Actor, conversationId: string, slowModeSeconds: number | null) =>
    mutate(who, 'updateConversation', { conversationId, slowModeSeconds }, 'conversation { slowModeSeconds }')

  test('lets a member speak once in a while, and managers always', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    expect(await slow(alice, conversationId, 60)).toMatchObject({ conversation: { slowModeSeconds: 60 } })
    const same = { clientMessageId: 'the first' }
    expect(await say(bob, conversationId, 'one', same)).toMatchObject({ ...isSent, deduplicated: false })
    const next = await say(bob, conversationId, 'two')
    expect(next).toMatchObject({ __typename: 'SlowMode', code: 'SLOW_MODE', retryable: true })
    expect(next.retryAfterMs).toBeGreaterThan(50_000)
    expect(next.retryAfterMs).toBeLessThanOrEqual(60_000)
    expect(await say(bob, conversationId, 'one', same)).toMatchObject({ ...isSent, deduplicated: true })
    expect(await say(bob, conversationId, 'two')).toMatchObject({ __typename: 'SlowMode' })
    for (let n = 0; n < 3; n++) expect(await say(alice, conversationId, `mine ${n}`)).toMatchObject(isSent)
    await slow(alice, conversationId, 0)
    expect(await say(bob, conversationId, 'two')).toMatchObject(isSent)
  })

  test('of many sent at the same moment one is stored', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    await slow(alice, conversationId, 3_600)
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => say(bob, conversationId, `${n}`)))
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'SendMessagePayload',
      ...Array.from({ length: 7 }, () => 'SlowMode'),
    ])
  })

  test('a message that could not be stored takes no turn', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    await slow(alice, conversationId, 60)
    const replyToId = (await alice.send(await alice.begin([bob]), 'of elsewhere')).id
    expect(await say(bob, conversationId, 'in vain', { replyToId })).toMatchObject({ __typename: 'InvalidInput' })
    expect(await say(bob, conversationId, 'now')).toMatchObject(isSent)
  })

  test('is set within bounds, by who may', async ({ alice, bob }) => {
    const conversationId = await alice.begin([bob])
    for (const seconds of [-1, 3_601, null])
      expect(await slow(alice, conversationId, seconds)).toMatchObject({ __typename: 'InvalidInput' })
    expect(await slow(bob, conversationId, 10)).toMatchObject({ __typename: 'Forbidden' })
    const broadcast = await alice.begin([bob], { kind: 'BROADCAST', title: 'News' })
    expect(await slow(alice, broadcast, 10)).toMatchObject({ __typename: 'InvalidInput' })
  })
})
