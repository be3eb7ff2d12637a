import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect } from 'vitest'
import { VIEWER } from './support/documents.ts'
import { inSeconds, refused, tried } from './support/knock.ts'
import { test } from './support/test-app.ts'

describe('a token that the tenant’s own key signed', () => {
  test('says who is calling, over HTTP and over WebSocket', async ({ alice }) => {
    const { viewer } = await alice.ask(VIEWER)
    expect(viewer.user).toMatchObject({ id: alice.id, externalId: 'alice', name: 'Alice', role: 'USER' })
    expect(Date.parse(viewer.tokenExpiresAt) - Date.now()).toBeGreaterThan(3_500_000)
    const frames = (await alice.socket()).subscribe('who', String(VIEWER))
    expect(await frames.next()).toMatchObject({
      type: 'next',
      payload: { data: { viewer: { user: { id: alice.id } } } },
    })
  })

  test('has the one key of its tenant, however many are made together for the first time', async ({ app }) => {
    const uuid = await app.parts.tenants.create({ slug: 'at-once', name: 'At once' })
    const keys = await Promise.all(Array.from({ length: 20 }, () => app.parts.tenants.signingKey(uuid)))
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1)
  })

  test('is refused once it has expired', async ({ app, tenant, sockets, alice }) => {
    const { token } = await app.parts.tokens.make(tenant.uuid, { externalId: 'alice', ttlSeconds: -6 })
    expect(await tried(app, sockets.open, token)).toMatchObject(refused('The token has expired; get a new one'))
    expect(alice.id).toBeTruthy()
  })

  test('is refused when another tenant’s key signed it, whatever it claims', async ({
    app,
    newTenant,
    sockets,
    alice,
  }) => {
    const { uuid } = await newTenant()
    const { secret } = await app.parts.tenants.signingKey(uuid)
    const [header = '', payload = ''] = alice.token.split('.')
    const kid = JSON.parse(Buffer.from(header, 'base64url').toString()).kid as string
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(secret))
    expect(await tried(app, sockets.open, forged)).toMatchObject(refused('The token is not valid'))
  })

  test('is refused when a byte of it is another', async ({ app, sockets, alice }) => {
    const [header = '', payload = '', signature = ''] = alice.token.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload
    const admin = Buffer.from(JSON.stringify({ ...claims, role: 'ADMIN' })).toString('base64url')
    for (const token of [
      `${header}.${admin}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      alice.token.slice(0, -4),
    ])
      expect(await tried(app, sockets.open, token)).toMatchObject(refused(/^(\{.*)?The token is not/))
  })

  test('is refused when it names an algorithm that is not the key’s', async ({ app, tenant, sockets, alice }) => {
    const { kid, secret, issuer, audience } = await app.parts.tenants.signingKey(tenant.uuid)
    const claims = { sub: 'alice', iss: issuer, aud: audience, exp: inSeconds(60) }
    const none = new UnsecuredJWT(claims).encode()
    const noneOfKid = `${Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url')}.${none.split('.')[1]}.`
    const hs512 = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS512', kid })
      .sign(Buffer.from(secret.repeat(2)))
    for (const token of [none, noneOfKid, hs512])
      expect(await tried(app, sockets.open, token)).toMatchObject(refused(/The token is/))
    expect(alice.id).toBeTruthy()
  })
})

test('the role comes from the token', async ({ tenant }) => {
  for (const role of ['USER', 'MODERATOR', 'ADMIN'] as const)
    expect((await (await tenant.user(`of role ${role}`, role)).ask(VIEWER)).viewer.user.role).toBe(role)
})

describe('what is no token at all', () => {
  test.for(['x', 'a.b.c', '..', 'pk_unknown', `pk_${'A'.repeat(43)}`])(
    'is refused: %s',
    async (token, { app, sockets }) => {
      expect(await tried(app, sockets.open, token)).toMatchObject(refused(/token|server key/))
    },
  )

  test('is refused by its length alone, at most 8,192 characters over HTTP and 4 KB in connection_init', async ({
    app,
    sockets,
  }) => {
    expect(await tried(app, sockets.open, 'x'.repeat(9_000))).toMatchObject({
      http: refused('The token is too long').http,
      socket: { code: 4511, reason: expect.stringContaining('"limit":"connectionInitBytes"') },
    })
  })
})

describe('without a token', () => {
  const free =
    '{ __typename limits { pageSize messageTextLength } __schema { queryType { name } } __type(name: "Query") { name } }'

  test('the schema and the limits answer, over HTTP and over WebSocket', async ({ nobody }) => {
    const data = {
      __typename: 'Query',
      limits: { pageSize: 100, messageTextLength: 20_000 },
      __schema: { queryType: { name: 'Query' } },
    }
    expect(await nobody.ask(free)).toMatchObject(data)
    expect(await (await nobody.socket()).subscribe('free', free).next()).toMatchObject({ payload: { data } })
  })

  test('all else is UNAUTHENTICATED', async ({ nobody }) => {
    const asked = [
      '{ viewer { user { id } } }',
      '{ node(id: "usr_01h455vb4pex5vsknk084sn02q") { id } }',
      '{ nodes(ids: ["conv_01h455vb4pex5vsknk084sn02q"]) { id } }',
      '{ knownEvents(ids: []) }',
      '{ user(externalId: "alice") { id } }',
      '{ users { edges { node { id } } } }',
      '{ conversation(id: "conv_01h455vb4pex5vsknk084sn02q") { id } }',
      '{ conversations { edges { node { id } } } }',
      'mutation { leaveConversation(input: { conversationId: "x" }) { __typename } }',
      'mutation { upsertUsers(input: { users: [] }) { __typename } }',
      'mutation { createToken(input: { externalId: "x", ttlSeconds: 60 }) { __typename } }',
      'subscription { feed { cursor } }',
      'subscription { conversationEvents(conversationId: "x") { cursor } }',
    ]
    const socket = await nobody.socket()
    for (const [i, query] of asked.entries()) {
      const frame = JSON.stringify(await socket.subscribe(`${i}`, query).next())
      expect(frame, query).toContain('"code":"UNAUTHENTICATED"')
      if (query.startsWith('subscription')) continue
      expect(await nobody.answer(query), query).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      })
    }
  })
})
