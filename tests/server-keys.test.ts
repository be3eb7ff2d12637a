import { describe, expect } from 'vitest'
import type { App } from '../src/app.ts'
import { createActor } from './support/actor.ts'
import { ARRIVE, VIEWER } from './support/documents.ts'
import { refused, tried } from './support/knock.ts'
import { type TestTenant, test } from './support/test-app.ts'

describe('a server key', () => {
  const arriving = { users: { users: [{ externalId: 'ed', name: 'Ed' }] }, token: { externalId: 'ed', ttlSeconds: 60 } }

  test('does what its scopes say and no more', async ({ app, tenant }) => {
    const { url, parts } = app
    const keyOf = async (scopes: Parameters<typeof parts.serverKeys.create>[2]) =>
      createActor(
        { id: '', externalId: '', token: await parts.serverKeys.create(tenant.uuid, 'scoped', scopes) },
        { url, adopt: () => {} },
      )
    const forbidden = (scope: string) => ({
      __typename: 'Forbidden',
      explanation: `The server key lacks the scope ${scope}`,
    })
    expect(await (await keyOf(['users:write'])).ask(ARRIVE, arriving)).toMatchObject({
      upsertUsers: { __typename: 'UpsertUsersPayload' },
      createToken: forbidden('tokens:create'),
    })
    expect(await (await keyOf(['tokens:create'])).ask(ARRIVE, arriving)).toMatchObject({
      upsertUsers: forbidden('users:write'),
      createToken: { __typename: 'CreateTokenPayload' },
    })
    const none = await keyOf([])
    expect(await none.ask(ARRIVE, arriving)).toMatchObject({
      upsertUsers: forbidden('users:write'),
      createToken: forbidden('tokens:create'),
    })
    expect(await none.answer(VIEWER)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  })

  test('is no user, and a user is no server key', async ({ alice, tenant }) => {
    const message = 'A server key is no user: use a user’s token here'
    expect(await tenant.backEnd.answer(VIEWER)).toMatchObject({
      data: null,
      errors: [{ message, extensions: { code: 'FORBIDDEN' } }],
    })
    const forbidden = { __typename: 'Forbidden', explanation: 'Only a server key may do this' }
    expect(await alice.ask(ARRIVE, arriving)).toMatchObject({ upsertUsers: forbidden, createToken: forbidden })
  })

  test('is refused from the moment it is revoked', async ({ app, tenant, sockets }) => {
    expect((await tried(app, sockets.open, tenant.serverKey)).socket).toBe('connection_ack')
    await revoke(app, tenant)
    expect(await tried(app, sockets.open, tenant.serverKey)).toMatchObject(
      refused('The server key is unknown or revoked'),
    )
  })

  test('makes tokens of one minute to one day, for whoever it names', async ({ tenant }) => {
    const token = (more: object) => tenant.backEnd.ask(ARRIVE, { ...arriving, token: { ...arriving.token, ...more } })
    for (const ttlSeconds of [59, 86_401, 0, -1])
      expect((await token({ ttlSeconds })).createToken).toMatchObject({
        __typename: 'InvalidInput',
        path: 'input.ttlSeconds',
      })
    for (const externalId of ['', ' ', 'a\0b', 'x'.repeat(256)])
      expect((await token({ externalId })).createToken).toMatchObject({
        __typename: 'InvalidInput',
        path: 'input.externalId',
      })
    expect((await token({ ttlSeconds: 86_400, role: 'ADMIN' })).createToken).toMatchObject({
      __typename: 'CreateTokenPayload',
    })
  })
})

async function revoke({ db }: App, { uuid }: TestTenant): Promise<void> {
  await db.apiKey.updateMany({ where: { tenantId: uuid }, data: { revokedAt: new Date() } })
}
