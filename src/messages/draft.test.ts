import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChatError } from '../errors.ts'
import { limitsOf } from '../limits.ts'
import { type DraftInput, draft } from './draft.ts'

const limits = limitsOf({ limits: { messageTextLength: 10, messageMetadataBytes: 20, clientMessageIdLength: 5 } })
const draftOf = (input: Partial<DraftInput>) => draft({ text: 'hello', clientMessageId: 'c1', ...input }, limits)

function refusalOf(input: Partial<DraftInput>) {
  try {
    draftOf(input)
  } catch (error) {
    if (error instanceof ChatError) return { code: error.code, ...error.details, message: error.message }
    throw error
  }
  return null
}

test('the text is kept to the letter', () => {
  const text = ' a\n\tb  👋 '
  expect(draftOf({ text })).toMatchObject({ text, clientMessageId: 'c1', replyToId: null, metadata: null })
})

test.each([
  ['text', '', 'must not be empty'],
  ['text', ' \n\t\u00a0', 'must not be empty'],
  ['text', 'a\0b', 'NUL'],
  ['text', 'a\ud83d', 'surrogate'],
  ['text', '\ude00a', 'surrogate'],
  ['clientMessageId', '', 'must not be empty'],
  ['clientMessageId', '\0', 'NUL'],
])('input.%s %j is refused by name: %s', (name, value, reason) => {
  expect(refusalOf({ [name]: value })).toMatchObject({
    code: 'INVALID_INPUT',
    path: `input.${name}`,
    message: expect.stringContaining(reason),
  })
})

test.each([
  ['text', 'messageTextLength', 'a'.repeat(10), 'a'.repeat(11)],
  ['text', 'messageTextLength', '👋'.repeat(5), '👋'.repeat(6)],
  ['clientMessageId', 'clientMessageIdLength', 'a'.repeat(5), 'a'.repeat(6)],
  ['metadata', 'messageMetadataBytes', { a: 'ä'.repeat(6) }, { a: 'ä'.repeat(7) }],
])('input.%s may be as long as %s says and no longer', (name, limit, longest, tooLong) => {
  expect(refusalOf({ [name]: longest })).toBeNull()
  expect(refusalOf({ [name]: tooLong })).toMatchObject({
    code: 'INVALID_INPUT',
    path: `input.${name}`,
    limit,
    max: limits[limit as keyof typeof limits],
  })
})

test.each([[{ a: '\0' }], [{ '\0': 1 }], [{ a: ['\ud83d'] }], [{ a: { b: { '\ude00': null } } }]])(
  'metadata %j that no database could hold is refused, however deep it lies',
  (metadata) => {
    expect(refusalOf({ metadata })).toMatchObject({ code: 'INVALID_INPUT', path: 'input.metadata' })
  },
)

test('metadata that nests without end is refused like any other', () => {
  const metadata = { deep: JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) }
  expect(refusalOf({ metadata })).toMatchObject({ code: 'INVALID_INPUT', path: 'input.metadata' })
})

test('the hash is that of the payload: not of the client id, nor of the order of keys', () => {
  const one = draftOf({ clientMessageId: 'c1', metadata: { a: 1, b: { c: 2 } } })
  const other = draftOf({ clientMessageId: 'c2', metadata: { b: { c: 2 }, a: 1 } })
  expect(one.hash).toBe(other.hash)
})

test('payloads that differ in anything have other hashes', () => {
  const metadata = [null, {}, { a: null }, { a: [] }, { a: {} }, { a: '1' }, { a: 1 }, { a: [1, 2] }, { a: [2, 1] }]
  const replies = [null, '01890a5d-ac96-774b-bcce-b302099a8057']
  const hashes = ['x', 'x ', 'null', '["x"]'].flatMap((text) =>
    replies.flatMap((replyToId) => metadata.map((each) => draftOf({ text, replyToId, metadata: each }).hash)),
  )
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('whatever is given is refused by name or comes out as PostgreSQL can store it', () => {
  const json = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }))
  const text = fc.string({
    unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('\0', '\ud83d', ' ')),
  })
  fc.assert(
    fc.property(text, fc.option(json), (given, metadata) => {
      const path = refusalOf({ text: given, metadata })?.path
      if (path !== undefined) return /^input\.(text|metadata)$/.test(path)
      const stored = JSON.stringify([given, metadata])
      return !/\\u0000|\\ud[89a-f]/.test(stored.replaceAll('\\\\', '')) && given.trim() !== ''
    }),
    { seed: 1 },
  )
})

test('with a file the text may be empty, and not blank', () => {
  const attachmentIds = ['a file']
  expect(draftOf({ text: '', attachmentIds })).toMatchObject({ text: '', attachmentIds })
  expect(refusalOf({ text: ' ', attachmentIds })).toMatchObject({ path: 'input.text' })
  expect(refusalOf({ text: '', attachmentIds: [] })).toMatchObject({ path: 'input.text' })
})

test('files are part of the payload, in their order, each once and not too many', () => {
  const hashes = [[], ['a'], ['a', 'b'], ['b', 'a']].map((attachmentIds) => draftOf({ attachmentIds }).hash)
  expect(new Set(hashes).size).toBe(4)
  expect(hashes[0]).toBe(draftOf({}).hash)
  expect(refusalOf({ attachmentIds: ['a', 'a'] })).toMatchObject({ code: 'INVALID_INPUT', path: 'input.attachmentIds' })
  const tooMany = Array.from({ length: 31 }, (_, n) => `${n}`)
  expect(refusalOf({ attachmentIds: tooMany })).toMatchObject({
    code: 'LIMIT_EXCEEDED',
    limit: 'messageAttachments',
    max: 30,
  })
})
