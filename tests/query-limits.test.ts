/** What one document may ask, over HTTP and WebSocket alike; what we and others rightly ask passes. */
import { getIntrospectionQuery } from 'graphql'
import { describe, expect } from 'vitest'
import { limits } from '../src/limits.ts'
import * as documents from './support/documents.ts'
import { test } from './support/test-app.ts'

const deepType = (levels: number) =>
  `{ __type(name: "Query") { fields { type { ${'ofType { '.repeat(levels)}name${' }'.repeat(levels)} } } } }`
const ALIASES = limits.queryAliases.default
const aliases = (count: number, letter = 'a') =>
  Array.from({ length: count }, (_, i) => `${letter}${i}: __typename`).join(' ')

// biome-ignore format: a row a document
const over: [limit: keyof typeof limits, what: string, document: string][] = [
  ['queryDepth', 'nested fields', deepType(20)],
  ['queryDepth', 'nested fragments', `{ ...f0 } ${Array.from({ length: 25 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(' ')} fragment f25 on Query { __typename }`],
  ['queryTokens', 'many words', `{ ${'__typename '.repeat(2_100)} }`],
  ['queryTokens', 'many arguments', `{ nodes(ids: [${'"x" '.repeat(2_100)}]) { id } }`],
  ['queryAliases', 'aliases of what is free', `{ ${aliases(ALIASES + 1)} }`],
  ['queryAliases', 'aliases in a fragment, twice', `{ ...f ... on Query { ...g } } fragment f on Query { ${aliases(16)} } fragment g on Query { ...f ${aliases(16, 'b')} }`],
  ['queryDirectives', 'directives', `{ __typename ${'@include(if: true) '.repeat(6)} }`],
  ['queryDirectives', 'unknown directives', `{ ${Array.from({ length: 6 }, (_, i) => `a${i}: __typename @x`).join(' ')} }`],
  ['queryCost', 'pages in pages', '{ viewer { conversations(first: 100) { edges { node { messages(first: 100) { edges { node { id } } } } } } } }'],
]

describe('too much for one document:', () => {
  test.for(over)('%s by %s', async ([limit, , document], { alice }) => {
    const refusal = { extensions: { code: 'LIMIT_EXCEEDED', retryable: false, limit, max: limits[limit].default } }
    for (let i = 0; i < 2; i++) {
      const { status, data, errors } = await alice.answer(document)
      expect({ status, data }).toEqual({ status: 400, data: null })
      expect(errors).toContainEqual(expect.objectContaining(refusal))
    }
    const socket = await alice.socket()
    const other = await alice.feed({ on: socket })
    const frame = await socket.subscribe('much', document).next()
    expect(frame.type).toBe('error')
    expect(frame.payload).toContainEqual(expect.objectContaining(refusal))
    await alice.begin()
    expect((await other.next()).__typename).toBe('ConversationJoined')
  })
})

describe('enough is', () => {
  const asked = Object.entries(documents).flatMap(([name, document]) =>
    typeof document === 'function' ? [] : [[name, String(document)] as const],
  )
  test.for([...asked, ['introspection', getIntrospectionQuery()] as const])('%s', async ([, document], { nobody }) => {
    const { errors } = await nobody.answer(document)
    expect(errors.filter(({ extensions }) => extensions?.code === 'LIMIT_EXCEEDED')).toEqual([])
  })

  test('a page of 100 messages with authors, threads and reactions', async ({ alice }) => {
    const id = await alice.begin()
    await alice.ask(
      `query ($id: ID!) { conversation(id: $id) { title messages(last: 100) { pageInfo { hasPreviousPage startCursor }
        edges { cursor node { id seq text createdAt author { id name avatarUrl } replyTo { id text author { name } }
          reactions { emoji count } thread { replyCount } } } } } }`,
      { id },
    )
  })
})
