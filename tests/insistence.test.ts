/** Who goes on though he was told when to come again: nothing he asks is looked at any more, for a while. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { UNDER_WAY_MS } from '../src/moderation/insistence.ts'
import { openRawStream } from './support/event-streams.ts'
import { say } from './support/say.ts'
import { test } from './support/test-app.ts'

test('he is heard no more for a while, whatever he asks and by whichever way; others are', async ({
  app,
  newTenant,
}) => {
  const { user } = await newTenant({ repeatedTexts: 1, earlyRetriesPer10Seconds: 3 })
  const [alice, mallory] = [await user('alice'), await user('mallory')]
  const conversationId = await alice.begin([mallory])
  const insist = () => say(mallory, conversationId, 'the very same again').catch(() => undefined)
  await Promise.all(Array.from({ length: 20 }, insist)) // of these none knew better
  expect(await say(mallory, conversationId, 'something else')).toMatchObject({ __typename: 'SendMessagePayload' })
  await delay(UNDER_WAY_MS + 100)
  for (let n = 0; n < 5; n++) await insist()
  const asked = { code: 'RATE_LIMITED', limit: 'earlyRetriesPer10Seconds', max: 3, retryAfterMs: expect.any(Number) }
  expect(await mallory.answer('{ viewer { user { id } } }')).toMatchObject({
    data: null,
    errors: [{ extensions: asked }],
  })
  const socket = await mallory.socket()
  expect(await socket.subscribe('one', '{ viewer { user { id } } }').next()).toMatchObject({
    type: 'error',
    payload: [{ extensions: asked }],
  })
  const stream = await openRawStream(app.url, mallory, { question: { query: '{ viewer { user { id } } }' } })
  await stream.blocks.next() // as every stream begins
  expect(await stream.blocks.next()).toMatch(/^retry: \d+$/)
  expect(await say(alice, conversationId, 'I am heard')).toMatchObject({ __typename: 'SendMessagePayload' })
})

test('who waits as he is told is always heard', async ({ newTenant }) => {
  const { user } = await newTenant({ messagesPerSecond: 1, earlyRetriesPer10Seconds: 1 })
  const alice = await user('alice')
  const conversationId = await alice.begin()
  for (let n = 0; n < 4; n++) {
    const answer = await say(alice, conversationId, `${n}`)
    if (answer.code === 'RATE_LIMITED') await delay(Number(answer.retryAfterMs))
    expect(answer.limit).not.toBe('earlyRetriesPer10Seconds')
  }
})
