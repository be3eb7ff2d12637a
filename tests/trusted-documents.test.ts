/** Documents known by their hash, and tenants that take no others; over HTTP and WebSocket alike. */
import { getIntrospectionQuery } from 'graphql'
import { describe, expect } from 'vitest'
import { answered, asked, byHash, LIMITS, manifestFolder, NAME, refused } from './support/manifest.ts'
import { startTestApp, testWith } from './support/test-app.ts'

const OTHER = 'query Other { viewer { user { id } } }'

const { nowhere, write } = manifestFolder()
const test = testWith({
  TRUSTED_DOCUMENTS: write('documents.json', { 'hash-of-name': NAME, 'hash-of-limits': LIMITS }),
})

describe('with a manifest', () => {
  const ALICE = { viewer: { user: { name: 'Alice' } } }

  test('a hash stands for its document, in either place; any text is taken, too', async ({ alice }) => {
    expect(await asked(alice, byHash('hash-of-name'))).toMatchObject(answered(ALICE))
    expect(await asked(alice, { documentId: 'hash-of-name' })).toMatchObject(answered(ALICE))
    expect(await asked(alice, { ...byHash('hash-of-name'), query: OTHER })).toMatchObject(answered(ALICE))
    expect(await asked(alice, { query: NAME })).toMatchObject(answered(ALICE))
    expect((await asked(alice, { query: OTHER })).http.status).toBe(200)
  })

  test('an unknown hash is refused, and is never learned', async ({ alice }) => {
    for (const request of [byHash('unknown'), { ...byHash('unknown'), query: NAME }, { documentId: '__proto__' }])
      expect(await asked(alice, request)).toMatchObject(refused(/no document of that hash/))
  })

  test('of a tenant that trusts nothing else, users are refused all else; its back end is not', async ({
    app,
    tenant,
    alice,
    stranger,
  }) => {
    await app.parts.tenants.change(tenant.uuid, { trustedDocumentsOnly: true })
    expect(await asked(alice, byHash('hash-of-name'))).toMatchObject(answered(ALICE))
    expect(await asked(alice, { query: NAME })).toMatchObject(answered(ALICE))
    for (const query of [OTHER, `${NAME} `, getIntrospectionQuery(), 'subscription { feed { cursor } }'])
      expect(await asked(alice, { query })).toMatchObject(refused(/Only documents of this server/))
    expect((await asked(stranger, { query: OTHER })).http.status).toBe(200)
    await tenant.user('carol')
  })
})

test('a manifest that cannot be used keeps the node from starting', async () => {
  const starting = startTestApp(undefined, { TRUSTED_DOCUMENTS: nowhere })
  await expect(starting.then(({ app }) => app.stop())).rejects.toThrow(/^TRUSTED_DOCUMENTS: /)
})
