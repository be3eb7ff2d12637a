/** Every list of the printed schema, found by walking it, under arguments that make no sense: each is refused by name, none by a 500. */
import { describe, expect } from 'vitest'
import type { Answer } from './support/actor.ts'
import { connectionFields, pageQuery } from './support/connections.ts'
import { mutate } from './support/mutate.ts'
import { test as base } from './support/test-app.ts'

/** One object of every kind that lists hang on. */
const test = base.extend('ids', async ({ alice, bob }): Promise<Record<string, string>> => {
  const conversationId = await alice.begin([bob])
  const { id: messageId } = await alice.send(conversationId, 'a message')
  await bob.send(conversationId, 'a reply', { threadId: messageId })
  await mutate(bob, 'addReaction', { messageId, emoji: '👍' })
  await mutate(alice, 'editMessage', { messageId, text: 'a better message' })
  return { Conversation: conversationId, Message: messageId, User: alice.id }
})

const SIGNED = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
/** Arguments, and the code of the answer. */
const REFUSED: Record<string, string> = {
  'first: 1 last: 1': 'INVALID_INPUT',
  'first: 0 last: 0': 'INVALID_INPUT',
  'first: -1': 'INVALID_INPUT',
  'last: -1': 'INVALID_INPUT',
  'first: -2147483648': 'INVALID_INPUT',
  'first: 101': 'LIMIT_EXCEEDED',
  'first: 1000000000': 'LIMIT_EXCEEDED',
  'first: 2147483647': 'LIMIT_EXCEEDED',
  'first: 2 after: ""': 'INVALID_INPUT',
  'first: 2 after: "nonsense"': 'INVALID_INPUT',
  [`first: 2 after: "${SIGNED}"`]: 'INVALID_INPUT',
  'first: 2 after: "\\u0000"': 'INVALID_INPUT',
  'first: 2 after: "\\ud800"': 'GRAPHQL_PARSE_FAILED', // GraphQL itself knows half a surrogate pair
  'last: 2 before: "nonsense"': 'INVALID_INPUT',
  'last: 2 before: "💥"': 'INVALID_INPUT',
  'before: "nonsense"': 'INVALID_INPUT',
}
/** A list that pages forwards only says so before it looks further. */
const EITHER: Record<string, string[]> = { 'last: 1000000000': ['INVALID_INPUT', 'LIMIT_EXCEEDED'] }

const codesOf = ({ errors }: Answer<unknown>) => errors.map(({ extensions }) => extensions?.code)

describe.for(connectionFields())('$name', (list) => {
  const pageInfo = 'pageInfo { hasNextPage }'

  test('refuses by name what makes no sense', async ({ alice, ids }) => {
    for (const [paging, code] of Object.entries({ ...REFUSED, ...EITHER })) {
      const codes = codesOf(await alice.answer(pageQuery(list, { paging, selection: pageInfo, ids })))
      expect(codes, paging).toHaveLength(1)
      expect([code].flat(), paging).toContain(codes[0])
    }
  })

  test('refuses what is no 32-bit integer as GraphQL does', async ({ alice, ids }) => {
    for (const first of ['2147483648', '1e3', '1.5', '"1"', 'true']) {
      const answer = await alice.answer(pageQuery(list, { paging: `first: ${first}`, selection: pageInfo, ids }))
      expect(answer.status).toBe(400)
      expect(codesOf(answer)).not.toContain('INTERNAL')
    }
  })

  test('refuses the cursor of every other list', async ({ alice, ids }) => {
    const selection = 'edges { cursor }'
    const others = connectionFields().filter(({ name }) => name !== list.name)
    for (const other of others) {
      const { data } = await alice.answer(pageQuery(other, { paging: 'first: 1', selection, ids }))
      const cursor = /"cursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1]
      if (!cursor) continue // an empty list
      const paging = `first: 1 after: "${cursor}"`
      expect(codesOf(await alice.answer(pageQuery(list, { paging, selection, ids }))), other.name).toEqual([
        'INVALID_INPUT',
      ])
    }
  })

  test('gives nothing to who asks for nothing', async ({ alice, ids }) => {
    const { data, errors } = await alice.answer(
      pageQuery(list, { paging: 'first: 0', selection: `edges { cursor } ${pageInfo}`, ids }),
    )
    expect(errors).toEqual([])
    expect(JSON.stringify(data)).toContain('"edges":[]')
  })
})

test('the walk has found the lists', () => {
  expect(connectionFields().map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Query.conversations', 'Query.users', 'Conversation.members', 'Conversation.messages']),
  )
})
