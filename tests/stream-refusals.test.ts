import { describe, expect } from 'vitest'
import { streamUrl } from './support/event-streams.ts'
import { FEED, test } from './support/stream-app.ts'
import { ALLOWED_ORIGIN } from './support/test-app.ts'

describe('what cannot be is refused', () => {
  const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(url, { method, headers: { accept: 'text/event-stream', ...headers } })

  test('with a status and a text that says what to do', async ({ app }) => {
    const at = (search: string) => `${app.url}/graphql/stream${search}`
    const ask = { query: '{ __typename }' }
    const send = { query: 'mutation { leaveConversation(input: { conversationId: "x" }) { __typename } }' }
    const refusals: [status: number, message: RegExp, answer: Promise<Response>][] = [
      [405, /POST/, get(streamUrl(app.url, send))],
      [405, /GET or POST/, get(at(''), {}, 'PUT')],
      [405, /GET or POST/, get(at(''), {}, 'DELETE')],
      [406, /text\/event-stream/, get(streamUrl(app.url, ask), { accept: 'application/json' })],
      [400, /query/, get(at(''))],
      [400, /JSON/, get(at('?query={__typename}&variables={'))],
      [400, /variables/, get(at('?query={__typename}&variables=[]'))],
      [401, /token/, get(streamUrl(app.url, ask), { authorization: 'Bearer bad' })],
      [403, /origin/, get(streamUrl(app.url, ask), { origin: 'https://evil.example' })],
    ]
    for (const [status, message, answer] of refusals) {
      const response = await answer
      const { errors } = (await response.json()) as { errors: { message: string }[] }
      expect({ status: response.status, message: errors[0]?.message }).toEqual({
        status,
        message: expect.stringMatching(message),
      })
    }
  })

  test('before it is parsed: what a form could send, what is too long', async ({ app }) => {
    const post = (type: string, body: string) =>
      fetch(`${app.url}/graphql/stream`, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await post('text/plain', '{"query":"{ __typename }"}')).status).toBe(415)
    expect((await post('application/json', `"${'x'.repeat(131_073)}"`)).status).toBe(413)
    expect((await post('application/json', '{"query":')).status).toBe(400)
    expect((await post('application/json', 'null')).status).toBe(400)
    expect((await post('application/json', '{"query":"{ __typename }","variables":"x"}')).status).toBe(400)
    expect((await get(streamUrl(app.url, { query: `{ ${'x'.repeat(20_000)} }` }))).status).toBe(431)
  })

  test('subscriptions at /graphql, which could not resume', async ({ app, alice }) => {
    const ask = (accept: string, query: string) =>
      fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${alice.token}` },
        body: JSON.stringify({ query }),
      })
    for (const accept of ['application/json', 'application/graphql-response+json, text/event-stream', '*/*'])
      expect(await (await ask(accept, FEED)).text(), accept).toContain('/graphql/stream')
    const alone = await ask('text/event-stream', '{ __typename }')
    expect([alone.status, await alone.text()]).toEqual([406, 'Server-sent events are at /graphql/stream\n'])
  })
})

test('what the document gets wrong is told by an event, and completed', async ({ alice, open }) => {
  for (const query of [
    '{',
    '{ nothing }',
    'subscription { feed { nothing } }',
    'query A { __typename } query B { __typename }',
  ]) {
    const stream = await open.raw(alice, { query })
    expect((await stream.next()).event.errors.length, query).toBeGreaterThan(0)
    expect(await stream.blocks.next(), query).toBe('event: complete\ndata:')
    await expect(stream.blocks.next(), query).rejects.toThrow('ended')
  }
})

test('pages of allowed origins may read it, and come back to it', async ({ app, alice, open }) => {
  const asked = await fetch(`${app.url}/graphql/stream`, {
    method: 'OPTIONS',
    headers: { origin: ALLOWED_ORIGIN, 'access-control-request-method': 'GET' },
  })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-headers')).toBe('authorization, content-type, last-event-id')
  const { response } = await open.raw(alice, { query: FEED }, { origin: ALLOWED_ORIGIN })
  expect(response.headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN)
  expect(response.headers.get('vary')).toBe('origin')
})
