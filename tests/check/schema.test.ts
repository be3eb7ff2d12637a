import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check } from './sandbox.ts'

const sound = readFileSync(join(import.meta.dirname, 'fixtures/schema.graphql'), 'utf8')

/** [what is wrong, the sound text, the faulty text in its place, the reason told] */
const faults = [
  ['a type without description', '"""A place to talk."""', '', 'Description is required for type "Conversation"'],
  ['a field without description', '"""The conversation."""', '', 'Description is required for field "node"'],
  ['an argument without description', '"""How many."""', '', 'Description is required for input value "first"'],
  ['an enum value without description', /(?<=ErrorCode {\n).*\n/, '', 'Description is required for enum value'],
  ['a type in small letters', /\bNotFound\b/g, 'notFound', 'should be in PascalCase format'],
  ['an enum value in small letters', '  NOT_FOUND', '  notFound', 'should be in UPPER_CASE format'],
  ['a field with an underscore', '  text:', '  plain_text:', 'should be in camelCase format'],
  ['a query that says get', '  pinned:', '  getPinned:', 'should not have "get" prefix'],
  [
    'a type that nobody reaches',
    /$/,
    '"""Forgotten."""\ntype Left {\n  """An id."""\n  id: ID!\n}\n',
    'Object type `Left` is unreachable',
  ],
  ['a deprecation without reason', 'text: String!', 'text: String @deprecated', 'Deprecation reason'],
  ['a connection without arguments', /archived\([^)]*\)/, 'archived', 'must include forward pagination arguments'],
  ['a first that is no Int', 'first: Int', 'first: String', 'must return Int'],
  ['a connection without pageInfo', '  pageInfo: PageInfo!', '  page: PageInfo!', 'must contain a field `pageInfo`'],
  ['edges that are no list', '[ConversationEdge!]!', 'ConversationEdge!', 'must return a list type'],
  ['an edge of another name', /ConversationEdge\b/g, 'ConversationEntry', 'must have "Edge" suffix'],
  ['an edge without cursor', '  cursor: String!', '  mark: String!', 'must contain a field `cursor`'],
  [
    'a PageInfo with a field missing',
    /\n {2}"""The last entry."""\n {2}endCursor: String/,
    '',
    '`PageInfo` must contain a field `endCursor`',
  ],
  [
    'a mutation with two arguments',
    'input: SendMessageInput!',
    'input: SendMessageInput!\n\n    """More."""\n    more: String',
    'A mutation takes one argument, `input`',
  ],
  ['a mutation whose argument is not input', '  input: Send', '  message: Send', 'should be named "input"'],
  ['an input type of another name', /SendMessageInput/g, 'MessageInput', 'name should be `sendMessageInput`'],
  [
    'a mutation that returns its payload bare',
    '): SendMessageResult!',
    '): SendMessagePayload!',
    'A mutation returns its non-null `…Result`',
  ],
  ['a result without payload', /SendMessagePayload/g, 'SentMessage', 'holds a `…Payload` beside its errors'],
  ['a result that is no union', /ErrorCode/g, 'ErrorResult', '`…Result` names the union that a mutation returns'],
] as const

// All faults in one schema, since a run takes more than a second; the sound one tells that none is found without them.
test('every fault is found', async () => {
  let faulty = sound
  for (const [what, from, to] of faults) {
    const worse = faulty.replace(from, to)
    expect(worse, what).not.toBe(faulty)
    faulty = worse
  }
  const { exitCode, output } = await check('schema', { 'schema.graphql': faulty })
  for (const [what, , , reason] of faults) expect.soft(output, what).toContain(reason)
  expect(exitCode).toBe(1)
})

test('the sound schema passes', async () => {
  expect(await check('schema', { 'schema.graphql': sound })).toMatchObject({ exitCode: 0 })
})
