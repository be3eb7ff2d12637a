/** HARDENED=true: what is left of the surface. */
import { getIntrospectionQuery } from 'graphql'
import { describe, expect } from 'vitest'
import { answered, asked, byHash, LIMITS, manifestFolder, refused, SCHEMA } from './support/manifest.ts'
import { testWith } from './support/test-app.ts'

const manifest = { 'hash-of-limits': LIMITS, 'hash-of-schema': SCHEMA }
const test = testWith({
  TRUSTED_DOCUMENTS: manifestFolder().write('documents.json', manifest),
  HARDENED: 'true',
})

describe('a hardened node', () => {
  test('takes trusted documents alone, whoever asks', async ({ nobody }) => {
    expect(await asked(nobody, byHash('hash-of-limits'))).toMatchObject(answered({ limits: { pageSize: 100 } }))
    for (const query of ['{ __typename }', getIntrospectionQuery(), '{', `${LIMITS}#`])
      expect(await asked(nobody, { query })).toMatchObject(refused(/Only documents/))
  })

  test('shows neither its schema nor GraphiQL', async ({ app }) => {
    const headers = { accept: 'text/html' }
    for (const path of ['/schema.graphql', '/', '/graphiql/options.js'])
      expect((await fetch(`${app.url}${path}`, { headers, redirect: 'manual' })).status, path).toBe(404)
    expect(await (await fetch(`${app.url}/graphql`, { headers })).text()).not.toContain('<div id="root">')
    for (const path of ['/healthz', '/readyz']) expect((await fetch(`${app.url}${path}`)).status).toBe(200)
  })

  test('answers nothing about its schema, even where the manifest asks for it', async ({ nobody }) => {
    const { http, frame } = await asked(nobody, { documentId: 'hash-of-schema' })
    expect(http.status).toBe(400)
    expect(http.errors[0]?.message).toContain('introspection has been disabled')
    expect(frame.type).toBe('error')
  })
})
