import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, type JWTPayload, SignJWT } from 'jose'
import { describe, expect } from 'vitest'
import { inSeconds, refused, tried } from './support/knock.ts'
import { test as base } from './support/test-app.ts'

const ISSUER = 'https://login.customer.example'
const AUDIENCE = 'chat'

/** A customer who signs his users in himself, and shows his public keys at a URL. */
interface Customer {
  privateKey: KeyObject
  publicPem: string
  sign(claims?: JWTPayload, header?: { alg: string; kid?: string }, key?: KeyObject | Uint8Array): Promise<string>
}

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('keyServer', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'customer-1', alg: 'RS256', use: 'sig' }
    const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onCleanup(() => {
      server.close()
      server.closeAllConnections()
    })
    const { port } = server.address() as AddressInfo
    return {
      privateKey,
      publicPem: publicKey.export({ type: 'spki', format: 'pem' }),
      url: `http://127.0.0.1:${port}/keys`,
    }
  })
  .extend('customer', async ({ app, tenant, keyServer }): Promise<Customer> => {
    const { privateKey, publicPem, url } = keyServer
    const issuer = `${ISSUER}/${tenant.uuid}`
    await app.parts.tenants.registerIssuer(tenant.uuid, { issuer, audience: AUDIENCE, jwksUrl: url })
    return {
      privateKey,
      publicPem: String(publicPem),
      sign: (claims = {}, header = { alg: 'RS256', kid: 'customer-1' }, key = privateKey) =>
        new SignJWT({ sub: 'dora', iss: issuer, aud: AUDIENCE, exp: inSeconds(60), ...claims })
          .setProtectedHeader(header)
          .sign(key),
    }
  })

describe('a token of a customer’s own issuer', () => {
  test('makes its user on first sight, by the customer’s own id', async ({ app, sockets, customer, tenant, alice }) => {
    const token = await customer.sign({ sub: 'dora', name: 'Dora', role: 'MODERATOR' })
    const { http, socket } = await tried(app, sockets.open, token)
    expect(http.data?.viewer.user).toMatchObject({ externalId: 'dora', name: 'Dora', role: 'MODERATOR' })
    expect(socket).toBe('connection_ack')
    const found = await alice.ask('{ user(externalId: "dora") { id name role } }')
    expect(found).toEqual({ user: { id: http.data?.viewer.user.id, name: 'Dora', role: 'MODERATOR' } })
    expect((await tried(app, sockets.open, (await tenant.user('dora')).token)).http.data?.viewer.user.id).toBe(
      http.data?.viewer.user.id,
    )
  })

  test('without a name shows its id', async ({ app, sockets, customer }) => {
    const { http } = await tried(app, sockets.open, await customer.sign({ sub: 'auth0|42' }))
    expect(http.data?.viewer.user).toMatchObject({ externalId: 'auth0|42', name: 'auth0|42', role: 'USER' })
  })

  const wrong: [what: string, claims: JWTPayload][] = [
    ['an audience of somebody else', { aud: 'another-service' }],
    ['no audience', { aud: undefined }],
    ['an issuer that is not registered', { iss: ISSUER }],
    ['no issuer', { iss: undefined }],
    ['no end', { exp: undefined }],
    ['an end in the past', { exp: inSeconds(-60) }],
    ['a beginning in the future', { nbf: inSeconds(60) }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject of 256 characters', { sub: 'x'.repeat(256) }],
    ['a NUL in the subject', { sub: 'do\0ra' }],
    ['half a surrogate pair in the subject', { sub: '\ud800' }],
    ['an unknown role', { role: 'ROOT' }],
    ['a role that is no name', { role: ['ADMIN'] }],
  ]
  test.for(wrong)('is refused with %s', async ([, claims], { app, sockets, customer }) => {
    expect(await tried(app, sockets.open, await customer.sign(claims))).toMatchObject(refused(/token/))
  })

  test('with a name that cannot be stored is taken, the name is not', async ({ app, sockets, customer }) => {
    const { http } = await tried(app, sockets.open, await customer.sign({ name: 'Do\0ra' }))
    expect(http).toMatchObject({ status: 200, data: { viewer: { user: { externalId: 'dora' } } } })
  })

  const given: [sub: string, name: string, shown: string][] = [
    ['turned', '\u202eecila\u2069', 'ecila'],
    ['long', '😀'.repeat(60), '😀'.repeat(50)],
    ['odd', `${'x'.repeat(99)}😀`, 'x'.repeat(99)],
    ['unseen', '\u200b\u200d', 'unseen'],
    ['un\u200bseen', '', 'unseen'],
    ['\u2060', ' ', '\u2060'],
  ]
  test.for(given)('as %j with the name %j is shown as %j', async ([sub, name, shown], { app, sockets, customer }) => {
    const { http } = await tried(app, sockets.open, await customer.sign({ sub, name }))
    expect(http.data?.viewer.user).toMatchObject({ externalId: sub, name: shown })
  })

  test('is refused when the public key was taken for a secret', async ({ app, sockets, customer }) => {
    for (const kid of ['customer-1', undefined]) {
      const forged = await customer.sign({}, { alg: 'HS256', ...(kid && { kid }) }, Buffer.from(customer.publicPem))
      expect(await tried(app, sockets.open, forged)).toMatchObject(refused('The token is not valid'))
    }
  })

  test('is refused when another key signed it, under the same name', async ({ app, sockets, customer }) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const forged = await customer.sign({}, { alg: 'RS256', kid: 'customer-1' }, privateKey)
    expect(await tried(app, sockets.open, forged)).toMatchObject(refused('The token is not valid'))
  })

  test('is asked to come again while the key server is away', async ({ app, sockets, tenant }) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    const iss = 'https://away.example'
    await app.parts.tenants.registerIssuer(tenant.uuid, {
      issuer: iss,
      audience: AUDIENCE,
      jwksUrl: 'http://127.0.0.1:1/keys',
    })
    const token = await new SignJWT({ sub: 'x', iss, aud: AUDIENCE, exp: inSeconds(60) })
      .setProtectedHeader({ alg: 'RS256', kid: 'a' })
      .sign(privateKey)
    const { http, socket } = await tried(app, sockets.open, token)
    expect(http).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true, retryAfterMs: 2_000 } }],
    })
    expect(socket).toMatchObject({ code: 1013, reason: expect.stringContaining('"retryAfterMs":') })
  })
})
