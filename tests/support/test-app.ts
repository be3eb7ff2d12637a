/** `test` with a running server: one a file, and in it one tenant of one's own a test. */
import { test as base } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { encodeId } from '../../src/lib/ids.ts'
import { createLog } from '../../src/log.ts'
import type { TenantRole } from '../../src/model.ts'
import { type Actor, createActor, payload } from './actor.ts'
import { freshDatabase } from './database.ts'
import { ARRIVE } from './documents.ts'
import { openTransportSocket, type TransportSocket } from './transport-socket.ts'

export const ALLOWED_ORIGIN = 'https://chat.example.com'

export interface TestTenant {
  /** As the database has it, for `parts`. */
  uuid: string
  id: string
  serverKey: string
  user(externalId: string, role?: TenantRole): Promise<Actor>
}

/** Opens sockets that end with the test. */
export interface Sockets {
  /** Open, without connection_init. */
  open(options?: Parameters<typeof openTransportSocket>[1]): Promise<TransportSocket>
  adopt(socket: TransportSocket): void
}

export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('app', { scope: 'file' }, async ({}, { onCleanup }): Promise<App> => {
    await using opened = new AsyncDisposableStack()
    const database = opened.use(await freshDatabase())
    const config = loadConfig({
      ...database.env,
      PORT: '0',
      SECRETS_KEY: 'a secret of tests, long enough for all',
      ALLOWED_ORIGINS: ALLOWED_ORIGIN,
    })
    const app = await startApp(config, createLog('silent'))
    opened.defer(() => app.stop())
    const all = opened.move()
    onCleanup(() => all.disposeAsync())
    return app
  })
  .extend('sockets', async ({ app }, { onCleanup }): Promise<Sockets> => {
    const open: TransportSocket[] = []
    onCleanup(() => {
      for (const socket of open) socket.cut()
    })
    return {
      adopt: (socket) => void open.push(socket),
      async open(options) {
        const socket = await openTransportSocket(`${app.url.replace('http', 'ws')}/graphql`, options)
        open.push(socket)
        return socket
      },
    }
  })
  .extend(
    'newTenant',
    async ({ app, sockets }) =>
      (): Promise<TestTenant> =>
        createTenant(app, sockets),
  )
  .extend('tenant', async ({ newTenant }): Promise<TestTenant> => newTenant())
  .extend('alice', async ({ tenant }) => tenant.user('alice'))
  .extend('bob', async ({ tenant }) => tenant.user('bob'))
  .extend('carol', async ({ tenant }) => tenant.user('carol'))
  /** Of the same tenant, a member of nothing. */
  .extend('mallory', async ({ tenant }) => tenant.user('mallory'))
  /** Of another tenant. */
  .extend('stranger', async ({ newTenant }) => (await newTenant()).user('stranger'))
  /** Without a token. */
  .extend('nobody', ({ app, sockets }) =>
    createActor({ id: '', externalId: '', token: '' }, { url: app.url, adopt: sockets.adopt }),
  )

let tenants = 0

/** As `npm run tenant` makes it; its users come by its server key, as a customer's do. */
async function createTenant({ url, parts }: App, { adopt }: Sockets): Promise<TestTenant> {
  const slug = `tenant-${++tenants}`
  const uuid = await parts.tenants.create({ slug, name: slug })
  const serverKey = await parts.serverKeys.create(uuid, 'first')
  const place = { url, adopt }
  const backEnd = createActor({ id: '', externalId: '', token: serverKey }, place)
  return {
    uuid,
    id: encodeId('tenant', uuid),
    serverKey,
    async user(externalId, role) {
      const name = externalId.charAt(0).toUpperCase() + externalId.slice(1)
      const { upsertUsers, createToken } = await backEnd.ask(ARRIVE, {
        users: { users: [{ externalId, name, role }] },
        token: { externalId, role, ttlSeconds: 3_600 },
      })
      const [user] = payload(upsertUsers, 'UpsertUsersPayload').users
      const { token } = payload(createToken, 'CreateTokenPayload')
      return createActor({ id: user?.id ?? '', externalId, token }, place)
    },
  }
}
