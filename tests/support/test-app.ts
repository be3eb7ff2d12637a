/** `test` with a running server: one a file, and in it one tenant of one's own a test. */
import { test as base } from 'vitest'
import { raisedRates } from '../../scripts/raised-rates.ts'
import { type App, type Overrides, startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { decodeId, type IdPrefix, newUuid } from '../../src/lib/ids.ts'
import { type Limits, limitsOf } from '../../src/limits.ts'
import { createLog, type Log } from '../../src/log.ts'
import { draft } from '../../src/messages/draft.ts'
import { type Actor, type BackEnd, createActor, createBackEnd } from './actor.ts'
import { freshDatabase } from './database.ts'
import { openTransportSocket, type TransportSocket } from './transport-socket.ts'

export const ALLOWED_ORIGIN = 'https://chat.example.com'

export interface TestTenant {
  /** As the database has it, for `parts`. */
  uuid: string
  serverKey: string
  backEnd: BackEnd
  user: BackEnd['user']
  /** Much history, quickly: through append and not through a socket. It is heard like everything. */
  fill(conversationId: string, author: Actor, count: number, textOfNth?: (n: number) => string): Promise<void>
}

/** Opens sockets that end with the test. */
export interface Sockets {
  /** Open, without connection_init. */
  open(options?: Parameters<typeof openTransportSocket>[1]): Promise<TransportSocket>
  adopt(socket: TransportSocket): void
}

/** On a database of its own. `env`: what its operator sets besides. */
export async function startTestApp(
  overrides?: Overrides,
  env: Record<string, string> = {},
  logger: Log = createLog('silent'),
): Promise<{ app: App; opened: AsyncDisposableStack }> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const config = loadConfig({
    ...database.env,
    HOST: 'localhost', // the demo tenant would be seeded on 127.0.0.1
    PORT: '0',
    SECRETS_KEY: 'a secret of tests, long enough for all',
    ALLOWED_ORIGINS: ALLOWED_ORIGIN,
    ...env,
  })
  const app = await startApp(config, logger, overrides)
  opened.defer(() => app.stop())
  return { app, opened: opened.move() }
}

export const test = base
  /** What the operator of this file's server sets: `testWith`. */
  .extend('env', { scope: 'file' }, (): Record<string, string> => ({}))
  .extend('app', { scope: 'file' }, async ({ env }, { onCleanup }): Promise<App> => {
    const { app, opened } = await startTestApp(undefined, env)
    onCleanup(() => opened.disposeAsync())
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
      (limits?: Partial<Limits>): Promise<TestTenant> =>
        createTenant(app, sockets, limits),
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

/**
 * The same with what the operator of the file's server sets. Not by `test.override`: files that run one after the other
 * in one process share `test`, and what one overrides is in force for those after it.
 */
export const testWith = (env: Record<string, string>) => test.extend('env', { scope: 'file' }, () => env)

const uuidOf = (prefix: IdPrefix, id: string) => decodeId(prefix, id) ?? ''

let tenants = 0

/** As `npm run tenant` makes it, with rates as tests need them; its users come by its server key, as a customer's do. */
export async function createTenant(
  { url, parts }: App,
  { adopt }: Pick<Sockets, 'adopt'>,
  limits?: Partial<Limits>,
): Promise<TestTenant> {
  const slug = `tenant-${++tenants}`
  const uuid = await parts.tenants.create({ slug, name: slug, limits: { ...raisedRates(), ...limits } })
  const serverKey = await parts.serverKeys.create(uuid, 'first')
  const backEnd = createBackEnd(serverKey, { url, adopt })
  return {
    uuid,
    serverKey,
    backEnd,
    user: backEnd.user,
    async fill(conversationId, author, count, textOfNth = (n) => `message ${n}`) {
      const where = {
        tenantId: uuid,
        conversationId: uuidOf('conv', conversationId),
        authorId: uuidOf('usr', author.id),
      }
      const drafts = Array.from({ length: count }, (_, n) =>
        draft({ text: textOfNth(n), clientMessageId: newUuid() }, limitsOf(null)),
      )
      await Promise.all(drafts.map((each) => parts.append.message({ ...each, ...where })))
    },
  }
}
