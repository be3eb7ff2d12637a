import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { check } from './sandbox.ts'

const released = readFileSync(join(import.meta.dirname, 'fixtures/schema.graphql'), 'utf8')
const checkAgainst = (now: string) => check('breaking', { 'schema.released.graphql': released, 'schema.graphql': now })

test.concurrent.each([
  ['a field is taken away', /.*all of it.*\n.*pinned.*\n/, '', "Field 'pinned' was removed from object type 'Query'"],
  [
    'a result may become null',
    'edges: [ConversationEdge!]!',
    'edges: [ConversationEdge!]',
    "changed type from '[ConversationEdge!]!'",
  ],
  ['an argument becomes required', 'first: Int', 'first: Int!', "from 'Int' to 'Int!'"],
  ['an enum value is renamed', '  NOT_FOUND', '  GONE', "Enum value 'NOT_FOUND' was removed"],
] as const)('it fails when %s', async (_, from, to, change) => {
  const outcome = await checkAgainst(released.replace(from, to))
  expect(outcome.output).toContain(change)
  expect(outcome.output).toContain('this breaks clients of schema.released.graphql; deprecate it')
  expect(outcome.exitCode).toBe(1)
})

test('additions and deprecations pass', async () => {
  const now = released
    .replace('text: String!', 'text: String!\n\n  """Loudly."""\n  loud: Boolean')
    .replace('pinned: [Conversation!]!', 'pinned: [Conversation!]! @deprecated(reason: "Ask for conversations.")')
  expect(await checkAgainst(now)).toMatchObject({ exitCode: 0 })
})
