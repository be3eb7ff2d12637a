import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, validate } from 'graphql'
import { expect, test } from 'vitest'
import { releasedDocuments } from '../support/released.ts'

const sdl = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8')

/** What today's schema, or one that was changed so, says of all documents of all releases. */
function faultsIn(text: string): string[] {
  const schema = buildSchema(text)
  return releasedDocuments().flatMap(({ release, name, document }) =>
    validate(schema, document).map(({ message }) => `${name} of ${release}: ${message}`),
  )
}

test('what apps of earlier releases ask fits the schema', () => {
  expect(releasedDocuments().length).toBeGreaterThan(15)
  expect(faultsIn(sdl)).toEqual([])
})

test('a field that they ask for and that is gone is found', () => {
  const without = sdl.replace(/(^type Membership [^}]*?)\n {2}joinedSeq: /ms, '$1\n  since: ')
  expect(without).not.toBe(sdl)
  expect(faultsIn(without).join('\n')).toContain('of 0.1.0: Cannot query field "joinedSeq" on type "Membership"')
})

test('an event type and an enum value that are new break none of them', () => {
  const more = sdl
    .replace(
      /^type MessageSent implements/m,
      'type MessageSung implements ConversationEvent & ConversationLogEvent & FeedEvent & LogEvent {\n  actor: User\n  conversation: Conversation!\n  cursor: String!\n  id: ID!\n  occurredAt: DateTime!\n  seq: NonNegativeInt!\n  viewerUnread: UnreadTotals!\n}\n\ntype MessageSent implements',
    )
    .replace(/^enum ConversationKind \{/m, 'enum ConversationKind {\n  CHOIR\n')
  expect(more).toContain('MessageSung')
  expect(more).toContain('CHOIR')
  expect(faultsIn(more)).toEqual([])
})
