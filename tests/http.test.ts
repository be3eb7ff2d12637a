import { readFileSync } from 'node:fs'
import { auditServer } from 'graphql-http'
import { describe, expect } from 'vitest'
import { exchange } from './support/raw-http.ts'
import { ALLOWED_ORIGIN, test } from './support/test-app.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const QUERY = '{"query":"{ __typename }"}'
const ANSWER = { data: { __typename: 'Query' } }

test('speaks GraphQL over HTTP: every audit of graphql-http passes', async ({ app, alice }) => {
  const fetchFn = (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${alice.token}`)
    return fetch(url, { ...init, headers })
  }
  const results = await auditServer({ url: `${app.url}/graphql`, fetchFn })
  expect(results.filter(({ status }) => status !== 'ok').map((result) => `${result.id} ${result.name}`)).toEqual([])
  expect(results).toHaveLength(61)
})

describe('a request is refused before it is parsed', () => {
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'application/jsonp',
    'application/xml',
    '',
  ]
  test.for(types)('with 415 as "%s", which a form of a foreign page could send', async (type, { app }) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: QUERY,
    })
    expect(response.status).toBe(415)
  })

  test('with 411 when it does not tell its length', async ({ app }) => {
    const body = new Blob([QUERY]).stream()
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: JSON_TYPE,
      body,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(411)
  })

  test('with 413 above 128 KB; just below it is taken', async ({ app }) => {
    const post = (bytes: number) => {
      const body = `{"query":"{ __typename } #${'x'.repeat(bytes - '{"query":"{ __typename } #"}'.length)}"}`
      return fetch(`${app.url}/graphql`, { method: 'POST', headers: JSON_TYPE, body })
    }
    expect((await post(131_073)).status).toBe(413)
    expect((await post(10_000_000)).status).toBe(413)
    expect(await (await post(131_072)).json()).toEqual(ANSWER)
  })
})

test('an idle connection is kept longer than a load balancer keeps its own', async ({ app }) => {
  const { headers } = await fetch(`${app.url}/healthz`)
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60)
})

test('a request is taken as json', async ({ app }) => {
  for (const type of [
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/graphql+json',
  ]) {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: QUERY,
    })
    expect(await response.json(), type).toEqual(ANSWER)
  }
})

describe('what makes no sense is the caller’s fault, and tells nothing of the server', () => {
  const bodies: [what: string, body: string][] = [
    ['half a JSON', '{"query":'],
    ['no object', '"{ __typename }"'],
    ['null', 'null'],
    ['a list of requests', `[${QUERY},${QUERY}]`],
    ['no query', '{}'],
    ['a query that does not parse', '{"query":"{"}'],
    ['an unknown field', '{"query":"{ nothing }"}'],
    ['a value of a wrong type', '{"query":"{ node(id: {}) { id } }"}'],
    [
      'an unknown value of an enum',
      '{"query":"mutation { createConversation(input: { kind: SECRET, memberIds: [] }) { __typename } }"}',
    ],
    [
      'a variable of a wrong type',
      '{"query":"query ($n: Int) { users(first: $n) { pageInfo { endCursor } } }","variables":{"n":"many"}}',
    ],
    ['variables that are no object', '{"query":"{ __typename }","variables":[]}'],
    ['an unknown operation', '{"query":"query A { __typename }","operationName":"B"}'],
    ['a document nested 20,000 deep', JSON.stringify({ query: `${'{a'.repeat(20_000)}${'}'.repeat(20_000)}` })],
    [
      'a value nested 20,000 deep',
      JSON.stringify({ query: `{ node(id: ${'['.repeat(20_000)}${']'.repeat(20_000)}) { id } }` }),
    ],
  ]
  test.for(bodies)('%s', async ([, body], { alice }) => {
    const { status, data, errors } = await alice.post(body)
    expect({ status, data }).toEqual({ status: 400, data: null })
    expect(errors.length).toBeGreaterThan(0)
    expect(JSON.stringify(errors)).not.toMatch(/stack|INTERNAL|file:/i)
  })

  test.for(['PUT', 'DELETE', 'PATCH'])('%s', async (method, { app }) => {
    expect((await fetch(`${app.url}/graphql`, { method })).status).toBe(405)
  })

  test.for(['//', '/\\', 'http://[', '/%'])('the address %s', async (target, { app }) => {
    expect(await exchange(app.url, [`GET ${target} HTTP/1.1`, 'Host: x'])).toMatch(/^HTTP\/1\.1 40[04] /)
  })
})

describe('pages of other origins', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
  const post = (url: string, origin: string) =>
    fetch(`${url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, origin }, body: QUERY })

  test('may call if they are allowed', async ({ app }) => {
    const asked = await preflight(app.url, ALLOWED_ORIGIN)
    expect(asked.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN)
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(/authorization, ?content-type/)
    const answered = await post(app.url, ALLOWED_ORIGIN)
    expect(answered.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN)
    expect(answered.headers.get('vary')).toMatch(/origin/i)
    expect(await answered.json()).toEqual(ANSWER)
  })

  test('are not told that they may if they are not', async ({ app }) => {
    for (const origin of ['https://evil.example', `${ALLOWED_ORIGIN}.evil.example`, 'http://chat.example.com', 'null'])
      for (const response of [await preflight(app.url, origin), await post(app.url, origin)])
        expect(response.headers.get('access-control-allow-origin'), origin).toBeNull()
  })
})

describe('beside the API there is', () => {
  const get = async (url: string) => {
    const response = await fetch(url)
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }

  test('the schema as it is committed', async ({ app }) => {
    const { status, text } = await get(`${app.url}/schema.graphql`)
    expect({ status, text: `${text.trim()}\n` }).toEqual({ status: 200, text: readFileSync('schema.graphql', 'utf8') })
  })

  test('health and readiness', async ({ app }) => {
    expect(await get(`${app.url}/healthz`)).toMatchObject({ status: 200, text: 'ok\n' })
    expect(await get(`${app.url}/readyz`)).toMatchObject({ status: 200, text: 'ready\n' })
  })

  test('the chat page, under a policy of its own', async ({ app }) => {
    const response = await fetch(`${app.url}/`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await response.text()).toContain('<title>Parley</title>')
  })

  test('GraphiQL, for whoever asks for a page', async ({ app }) => {
    const response = await fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' } })
    expect({ url: response.url, type: response.headers.get('content-type') }).toEqual({
      url: `${app.url}/graphql`,
      type: 'text/html; charset=utf-8',
    })
    expect(await response.text()).toContain('<div id="root">')
  })

  test('nothing else', async ({ app }) => {
    for (const path of ['/metrics', '/admin', '/graphql/', '/favicon.ico', '/graphiql/options.js/..'])
      expect((await get(`${app.url}${path}`)).status, path).toBe(404)
  })

  test('metrics, on the operator’s port alone', async ({ app }) => {
    const { status, type, text } = await get(`${app.adminUrl}/metrics`)
    expect({ status, type }).toMatchObject({ status: 200, type: expect.stringContaining('text/plain') })
    expect(text).toMatch(/^parley_sockets \d+$/m)
    for (const path of ['/', '/graphql', '/schema.graphql'])
      expect((await get(`${app.adminUrl}${path}`)).status).toBe(404)
  })
})
