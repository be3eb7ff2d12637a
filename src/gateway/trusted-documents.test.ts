import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTrustedDocuments, readManifest } from './trusted-documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-manifest-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.for([
  ['no JSON', '{'],
  ['a list', '["{ a }"]'],
  ['null', 'null'],
  ['a text', '"{ a }"'],
  ['empty', '{}'],
  ['of numbers', '{"a":1}'],
] as const)('a manifest that is %s is refused, by its name', ([, content]) => {
  const path = join(folder, 'manifest.json')
  writeFileSync(path, content)
  expect(() => readManifest(path)).toThrow(`TRUSTED_DOCUMENTS: ${path} cannot be used: `)
})

test.for([
  ['a text', { query: '{ a }' }, '{ a }'],
  ['no text', {}, undefined],
  ['a hash', { documentId: 'h' }, '{ known }'],
  ['a hash as Apollo sends it', { extensions: { persistedQuery: { version: 1, sha256Hash: 'h' } } }, '{ known }'],
  ['other extensions', { query: '{ a }', extensions: { persistedQuery: null } }, '{ a }'],
  ['a hash that is none', { query: '{ a }', documentId: 1 }, '{ a }'],
] as const)('%s', ([, asked, text]) => {
  const documents = createTrustedDocuments(new Map([['h', '{ known }']]), { only: false })
  expect(documents.textOf(asked)).toBe(text)
  if (text !== '{ known }') expect(() => documents.textOf(asked, true)).toThrow('Only documents')
  else expect(documents.textOf(asked, true)).toBe(text)
})
