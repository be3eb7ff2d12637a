/** Who does too much too often is told so, with the time after which to come again; and nobody else feels it. */
import { describe, expect } from 'vitest'
import type { Actor, BackEnd } from './support/actor.ts'
import { mutate, type Result } from './support/mutate.ts'
import { say } from './support/say.ts'
import { test } from './support/test-app.ts'

const LONG_KNOWN = '2020-01-01T00:00:00.000Z'

const refused = (limit: string, max: number) => ({
  __typename: 'RateLimited',
  code: 'RATE_LIMITED',
  retryable: true,
  retryAfterMs: expect.any(Number),
  limit,
  max,
})
const isSent = { __typename: 'SendMessagePayload' }

async function known(backEnd: BackEnd, externalId: string): Promise<void> {
  const users = [{ externalId, name: externalId, knownSince: LONG_KNOWN }]
  expect(await mutate(backEnd, 'upsertUsers', { users })).toMatchObject({ __typename: 'UpsertUsersPayload' })
}

async function publicChannel(owner: Actor): Promise<string> {
  const input = { kind: 'CHANNEL', title: 'Open', visibility: 'PUBLIC', memberIds: [] }
  const { conversation } = await mutate(owner, 'createConversation', input, 'conversation { id }')
  return (conversation as { id: string }).id
}

describe('messages', () => {
  test('of one user in one conversation; another user, and his other conversations, feel nothing', async ({
    newTenant,
  }) => {
    const { user } = await newTenant({ messagesPerSecond: 2 })
    const [alice, bob] = [await user('alice'), await user('bob')]
    const [here, there] = [await alice.begin([bob]), await alice.begin([bob])]
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => say(alice, here, `${n}`)))
    // Two in each second that they took.
    const late = answers.filter(({ __typename }) => __typename !== 'SendMessagePayload')
    expect(answers.length - late.length).toBeGreaterThanOrEqual(2)
    expect(late.length).toBeGreaterThan(0)
    for (const answer of late) {
      expect(answer).toEqual(refused('messagesPerSecond', 2))
      expect(answer.retryAfterMs).toBeLessThanOrEqual(1_000)
      expect(answer.retryAfterMs).toBeGreaterThan(0)
    }
    expect(await say(alice, there, 'there')).toMatchObject(isSent)
    expect(await say(bob, here, 'me too')).toMatchObject(isSent)
    await expect.poll(() => say(alice, here, 'again'), { timeout: 5_000, interval: 200 }).toMatchObject(isSent)
  })

  test('of one user in all, of all in one conversation, of the tenant and of an address', async ({ newTenant }) => {
    const limits = {
      userMessagesPerSecond: 1,
      conversationMessagesPerSecond: 1,
      tenantMessagesPerSecond: 1,
      addressMessagesPerSecond: 1,
    }
    for (const [limit, max] of Object.entries(limits)) {
      const { user } = await newTenant({ [limit]: max })
      const alice = await user('alice')
      const conversationId = await alice.begin()
      const answers = await Promise.all([1, 2, 3].map((n) => say(alice, conversationId, `${n}`)))
      expect(answers, limit).toContainEqual(expect.objectContaining(isSent))
      expect(answers, limit).toContainEqual(refused(limit, max))
    }
  })

  test('one that is stored already may be sent again, and does not count', async ({ newTenant }) => {
    const { user } = await newTenant({ messagesPerSecond: 1, userMessagesPerSecond: 1, repeatedTexts: 1 })
    const alice = await user('alice')
    const conversationId = await alice.begin()
    const same = { clientMessageId: 'the same' }
    const text = 'said once and for all times'
    expect(await say(alice, conversationId, text, same)).toMatchObject({ ...isSent, deduplicated: false })
    const repeats = await Promise.all([1, 2, 3, 4, 5, 6].map(() => say(alice, conversationId, text, same)))
    for (const repeat of repeats) expect(repeat).toMatchObject({ ...isSent, deduplicated: true })
    expect(await say(alice, conversationId, 'another', { clientMessageId: 'bad \0 id' })).toMatchObject({
      __typename: expect.stringMatching(/RateLimited|InvalidInput/),
    })
  })

  test('who is no member cannot use up what the members share', async ({ newTenant }) => {
    const { user } = await newTenant({ conversationMessagesPerSecond: 2 })
    const [alice, mallory] = [await user('alice'), await user('mallory')]
    const conversationId = await alice.begin()
    const knocks = await Promise.all([1, 2, 3, 4, 5].map((n) => say(mallory, conversationId, `${n}`)))
    for (const knock of knocks) expect(knock).toMatchObject({ code: 'NOT_FOUND' })
    expect(await say(alice, conversationId, 'mine')).toMatchObject(isSent)
  })

  test('of a server key count for the conversation, not for a user', async ({ newTenant }) => {
    const { user, backEnd } = await newTenant({ messagesPerSecond: 1, conversationMessagesPerSecond: 3 })
    const alice = await user('alice')
    const conversationId = await alice.begin()
    const answers = await Promise.all([1, 2, 3, 4].map((n) => say(backEnd, conversationId, `${n}`)))
    expect(answers.filter(({ __typename }) => __typename === 'SendMessagePayload')).toHaveLength(3)
    expect(answers).toContainEqual(refused('conversationMessagesPerSecond', 3))
  })
})

test('what else users do has its limits, a repeat under its client id has none', async ({ newTenant }) => {
  const { user } = await newTenant({
    reactionsPerSecond: 1,
    conversationsPerMinute: 2,
    changesPerSecond: 1,
    joinsPerMinute: 1,
  })
  const [alice, bob] = [await user('alice'), await user('bob')]
  const conversationId = await alice.begin([bob])
  const { id: messageId } = await alice.send(conversationId, 'react to it')
  const both = (name: string, input: object, other: object) =>
    Promise.all([mutate(bob, name, input, '__typename'), mutate(bob, name, other, '__typename')])
  const one = { __typename: 'RateLimited', code: 'RATE_LIMITED' }
  expect(await both('addReaction', { messageId, emoji: '👍' }, { messageId, emoji: '🎉' })).toContainEqual(
    expect.objectContaining(one),
  )
  expect(await both('pinMessage', { messageId }, { messageId })).toContainEqual(expect.objectContaining(one))
  expect(await both('acceptInvite', { inviteCode: 'a guess' }, { inviteCode: 'another' })).toContainEqual(
    expect.objectContaining(one),
  )
  const begin = { kind: 'GROUP', title: 'One', memberIds: [], clientMutationId: 'one' }
  const first = await mutate(bob, 'createConversation', begin, 'conversation { id }')
  for (let n = 0; n < 4; n++)
    expect(await mutate(bob, 'createConversation', begin, 'conversation { id }')).toEqual(first)
  expect(await mutate(bob, 'openDirectConversation', { userId: alice.id })).toMatchObject({
    __typename: 'OpenDirectConversationPayload',
  })
  expect(await mutate(bob, 'createConversation', { ...begin, clientMutationId: 'two' })).toMatchObject(one)
})

describe('new accounts', () => {
  const stricter = {
    newAccountMessagesPerMinute: 2,
    newAccountConversationsPerHour: 1,
    newAccountJoinsPerHour: 1,
    newAccountReactionsPerMinute: 1,
  }

  test('are held to stricter limits than who is known to the customer for long', async ({ newTenant }) => {
    const { user, backEnd } = await newTenant(stricter)
    await known(backEnd, 'old')
    const [old, fresh] = [await user('old'), await user('fresh')]
    const [mine, his] = [await old.begin(), await fresh.begin()]
    for (let n = 0; n < 4; n++) expect(await say(old, mine, `${n}`)).toMatchObject(isSent)
    expect([await say(fresh, his, '1'), await say(fresh, his, '2')]).toEqual([
      expect.objectContaining(isSent),
      expect.objectContaining(isSent),
    ])
    const late = await say(fresh, his, '3')
    expect(late).toEqual(refused('newAccountMessagesPerMinute', 2))
    expect(late.retryAfterMs).toBeGreaterThan(1_000)
    expect(await mutate(fresh, 'openDirectConversation', { userId: old.id })).toMatchObject({ code: 'RATE_LIMITED' })
    expect(await mutate(old, 'openDirectConversation', { userId: fresh.id })).toMatchObject({
      __typename: 'OpenDirectConversationPayload',
    })
  })

  test('pay fivefold for what they may not say, and alone', async ({ newTenant }) => {
    const { user } = await newTenant({ newAccountMessagesPerMinute: 10 })
    const [alice, mallory] = [await user('alice'), await user('mallory')]
    const [conversationId, own] = [await alice.begin(), await mallory.begin()]
    for (const n of [1, 2]) expect(await say(mallory, conversationId, `${n}`)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await say(mallory, conversationId, '3')).toEqual(refused('newAccountMessagesPerMinute', 10))
    expect(await say(mallory, own, 'to myself')).toEqual(refused('newAccountMessagesPerMinute', 10))
    expect(await say(alice, conversationId, 'mine')).toMatchObject(isSent)
  })

  test('share what they may say in a public channel', async ({ newTenant }) => {
    const { user, backEnd } = await newTenant({ newAccountsInPublicPerMinute: 3 })
    await known(backEnd, 'old')
    const old = await user('old')
    const conversationId = await publicChannel(old)
    const raid = await Promise.all([1, 2, 3, 4, 5].map((n) => user(`fresh-${n}`)))
    await old.add(conversationId, ...raid)
    const answers = await Promise.all(raid.map((each, n) => say(each, conversationId, `hello from number ${n}`)))
    expect(answers.filter(({ __typename }) => __typename === 'SendMessagePayload')).toHaveLength(3)
    expect(answers).toContainEqual(refused('newAccountsInPublicPerMinute', 3))
    expect(await say(old, conversationId, 'what is going on?')).toMatchObject(isSent)
  })
})

describe('the same text', () => {
  const TEXTS = [
    'Cheap watches, buy now at example.com!',
    'CHEAP WATCHES -- buy now at EXAMPLE.com 17',
    'Ϲhеар wаtсhеѕ, buу nоw at ехаmрlе.соm',
    'ch3ap w4tches buy n0w at example com',
  ]

  test('or nearly the same, of one user in however many conversations', async ({ newTenant }) => {
    const { user } = await newTenant({ repeatedTexts: 2 })
    const alice = await user('alice')
    const answers: Result[] = []
    for (const text of TEXTS) answers.push(await say(alice, await alice.begin(), text))
    expect(answers).toEqual([
      expect.objectContaining(isSent),
      expect.objectContaining(isSent),
      refused('repeatedTexts', 2),
      refused('repeatedTexts', 2),
    ])
    const conversationId = await alice.begin()
    for (let n = 0; n < 5; n++) expect(await say(alice, conversationId, 'ok 👍')).toMatchObject(isSent)
    expect(await say(alice, conversationId, 'something else altogether')).toMatchObject(isSent)
  })

  test('of many new accounts, each of which says it once', async ({ newTenant }) => {
    const { user, backEnd } = await newTenant({ repeatedTextsOfNewAccounts: 2 })
    await known(backEnd, 'old')
    const answers: Result[] = []
    for (const [n, text] of TEXTS.entries()) {
      const each = await user(`fresh-${n}`)
      answers.push(await say(each, await each.begin(), text))
    }
    expect(answers.map(({ __typename }) => __typename)).toEqual([
      'SendMessagePayload',
      'SendMessagePayload',
      'RateLimited',
      'RateLimited',
    ])
    const old = await user('old')
    expect(await say(old, await old.begin(), TEXTS[0] ?? '')).toMatchObject(isSent)
  })
})
