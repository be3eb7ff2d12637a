import { describe, expect } from 'vitest'
import { SEND } from './support/documents.ts'
import { test } from './support/test-app.ts'

test('what is sent is stored, read and heard to the letter', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const reader = await bob.listen(conversation)
  const text = '\ufeff  „Grüße“ \u{1F468}\u200d\u{1F469}\u200d\u{1F467} \u202eabc\n\t<b>&amp;  '
  const sent = await alice.send(conversation, text)
  expect(sent).toMatchObject({ text, seq: 3, author: { externalId: 'alice' }, replyTo: null, metadata: null })
  expect(await reader.take(1)).toMatchObject([{ seq: 3, message: { id: sent.id, text } }])
  expect((await bob.history(conversation)).edges.map(({ node }) => node)).toEqual([sent])
})

test('an answer names what it answers', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const question = await alice.send(conversation, 'who?')
  const answer = await bob.send(conversation, 'me', { replyToId: question.id })
  expect(answer.replyTo).toEqual({ id: question.id, text: 'who?' })
  expect((await alice.history(conversation)).edges.at(-1)?.node.replyTo).toEqual({ id: question.id, text: 'who?' })
})

test('metadata comes back as it was given', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const metadata = { ключ: [1, 2.5, -0.1e-7, null, true, { deep: ['x'] }], n: 9_007_199_254_740_991, e: '' }
  expect((await alice.send(conversation, 'with details', { metadata })).metadata).toEqual(metadata)
  expect((await bob.history(conversation)).edges[0]?.node.metadata).toEqual(metadata)
})

describe('a repeat', () => {
  test('of the same message answers the original and stores nothing', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const input = { conversationId: conversation, clientMessageId: 'once', text: 'hi', metadata: { a: 1, b: 2 } }
    const reader = await bob.listen(conversation)
    const first = await alice.ask(SEND, { input })
    const again = await alice.ask(SEND, { input: { ...input, metadata: { b: 2, a: 1 } } })
    expect(first.sendMessage).toMatchObject({ deduplicated: false })
    expect(again.sendMessage).toEqual({ ...first.sendMessage, deduplicated: true })
    const last = await alice.send(conversation, 'next')
    expect(await reader.take(2)).toMatchObject([{ seq: last.seq - 1 }, { seq: last.seq }])
  })

  test('at the same time, twenty-fold, is one message', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const input = { conversationId: conversation, clientMessageId: 'storm', text: 'hi' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => alice.ask(SEND, { input })))
    const seen = answers.map(({ sendMessage }) => sendMessage as { deduplicated: boolean; message: { id: string } })
    expect(seen.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1)
    expect(new Set(seen.map(({ message }) => message.id)).size).toBe(1)
    expect((await alice.history(conversation)).edges).toHaveLength(1)
  })

  test('with other content is a conflict, whatever differs', async ({ alice, bob }) => {
    const conversation = await alice.begin([bob])
    const input = { conversationId: conversation, clientMessageId: 'once', text: 'hi' }
    const { id } = await alice.send(conversation, 'hi', input)
    for (const other of [{ text: 'hi ' }, { metadata: {} }, { replyToId: id }]) {
      const { sendMessage } = await alice.ask(SEND, { input: { ...input, ...other } })
      expect(sendMessage).toMatchObject({
        __typename: 'IdempotencyConflict',
        code: 'IDEMPOTENCY_CONFLICT',
        retryable: false,
      })
    }
    expect((await alice.history(conversation)).edges).toHaveLength(1)
  })

  test('is the author’s own: another author, or another conversation, may use the same id', async ({ alice, bob }) => {
    const [one, other] = [await alice.begin([bob]), await alice.begin([bob])]
    const ids = [
      await alice.send(one, 'hi', { clientMessageId: 'same' }),
      await bob.send(one, 'hi', { clientMessageId: 'same' }),
      await alice.send(other, 'hi', { clientMessageId: 'same' }),
    ].map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
  })
})

const broken: [what: string, input: object, path: string][] = [
  ['no text', { text: '' }, 'input.text'],
  ['a blank text', { text: ' \n\t\u3000' }, 'input.text'],
  ['a text of 20,001 characters', { text: 'x'.repeat(20_001) }, 'input.text'],
  ['a NUL in the text', { text: 'a\0b' }, 'input.text'],
  ['a lone high surrogate', { text: 'a\ud83d' }, 'input.text'],
  ['a lone low surrogate', { text: '\udc00a' }, 'input.text'],
  ['no client id', { clientMessageId: '' }, 'input.clientMessageId'],
  ['a client id of 129 characters', { clientMessageId: 'x'.repeat(129) }, 'input.clientMessageId'],
  ['a NUL in the client id', { clientMessageId: '\0' }, 'input.clientMessageId'],
  ['8,193 bytes of metadata', { metadata: { a: 'x'.repeat(8_193 - 8) } }, 'input.metadata'],
  ['a NUL in a value of metadata', { metadata: { a: [{ b: '\0' }] } }, 'input.metadata'],
  ['a NUL in a name of metadata', { metadata: { 'a\0': 1 } }, 'input.metadata'],
  ['a lone surrogate in metadata', { metadata: { a: '\ud800' } }, 'input.metadata'],
  ['an answer to nothing', { replyToId: 'msg_01h455vb4pex5vsknk084sn02q' }, 'input.replyToId'],
  ['an answer to no id', { replyToId: 'nonsense' }, 'input.replyToId'],
]

describe('is InvalidInput that names the argument, and nothing is stored:', () => {
  test.for(broken)('%s', async ([, wrong, path], { alice, bob }) => {
    const conversation = await alice.begin([bob])
    const input = { conversationId: conversation, clientMessageId: 'one', text: 'hi', ...wrong }
    const { sendMessage } = await alice.ask(SEND, { input })
    expect(sendMessage).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT', path, retryable: false })
    expect((await alice.history(conversation)).edges).toEqual([])
  })
})

test('metadata 20,000 deep is InvalidInput like any other that is too much', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const query = JSON.stringify(`mutation ($deep: JSONObject) {
    sendMessage(input: { conversationId: "${conversation}", clientMessageId: "one", text: "hi", metadata: $deep }) { __typename ... on InvalidInput { path } }
  }`)
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  expect(await alice.post(`{ "query": ${query}, "variables": { "deep": ${deep} } }`)).toMatchObject({
    status: 200,
    data: { sendMessage: { __typename: 'InvalidInput', path: 'input.metadata' } },
  })
})

test('what is just within the limits is taken', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const most = {
    text: '\u{1F600}'.repeat(10_000),
    clientMessageId: 'x'.repeat(128),
    metadata: { a: 'x'.repeat(8_192 - 8) },
  }
  expect(await alice.send(conversation, most.text, most)).toMatchObject(most)
})

test('one bad draft among many does not hurt its neighbours', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const drafts = Array.from({ length: 40 }, (_, n) => (n % 4 ? { text: `${n}` } : { text: `${n}\0` }))
  const answers = await Promise.all(
    drafts.map((input, n) =>
      alice.ask(SEND, { input: { ...input, conversationId: conversation, clientMessageId: `${n}` } }),
    ),
  )
  const names = answers.map(({ sendMessage }) => sendMessage.__typename)
  expect(names).toEqual(drafts.map((_, n) => (n % 4 ? 'SendMessagePayload' : 'InvalidInput')))
  expect((await alice.history(conversation, { first: 100 })).edges.map(({ node }) => node.seq)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 3),
  )
})
