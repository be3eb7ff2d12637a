/** The server dies, is restarted, moves, or has lost its past: what the kit shows in the end is complete, in order, and once. */
import { expect, inject } from 'vitest'
import type { Chat } from '../../client/api.ts'
import { createChat } from '../../client/chat.ts'
import { memoryStorage } from '../../client/storage/memory.ts'
import { findRedis } from '../../scripts/services/find.ts'
import { freePort } from '../../scripts/services/free-port.ts'
import { startPostgres } from '../../scripts/services/postgres.ts'
import { startRedis } from '../../scripts/services/redis.ts'
import { startApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { type Actor, createActor, createBackEnd } from '../support/actor.ts'
import { freshDatabase } from '../support/database.ts'
import { needs } from '../support/needs.ts'
import { createServerKey, startServer, withDatabase } from '../support/server-process.ts'
import { keepSaying } from '../support/talk.ts'
import { createTenant } from '../support/test-app.ts'
import { read, test, until, untilRead, untilSent, untilStatus } from './stage.ts'

const postgres = needs('postgres')

const adopt = () => {}

async function openStage() {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const serverKey = await createServerKey(database)
  const all = opened.move()
  return {
    database,
    all,
    start: (env: Record<string, string>) => all.use(startServer(database, env)),
    user: (url: string, name: string): Promise<Actor> => createBackEnd(serverKey, { url, adopt }).user(name),
    chat(options: Parameters<typeof createChat>[0]): Chat {
      const chat = createChat(options)
      all.defer(() => chat.close())
      return chat
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

test('the server is killed and started again: what was written meanwhile is sent once, and nothing is missed', async () => {
  await using stage = await openStage()
  const PORT = `${await freePort()}`
  const first = stage.start({ PORT })
  const url = await first.ready()
  const [alice, bob] = [await stage.user(url, 'alice'), await stage.user(url, 'bob')]
  const conversationId = await alice.begin([bob])
  const hers = stage.chat({ url, token: () => alice.token, storage: memoryStorage('hers') })
  const his = stage.chat({ url, token: () => bob.token })
  const [here, there] = [hers.open(conversationId), his.open(conversationId)]
  here.send({ text: 'one' })
  await untilRead(there, ['one'])
  for (const text of ['two', 'three']) here.send({ text })
  first.signal('SIGKILL') // whether it had them, nobody knows
  await first.ended()
  await untilStatus(hers, 'offline', 'connecting')
  here.send({ text: 'four' })
  const again = stage.start({ PORT })
  await again.ready()
  for (const open of [here, there]) await untilRead(open, ['one', 'two', 'three', 'four'])
  await untilSent(hers)
}, 60_000)

test('the server lives another life: only what may have changed is read again, and what was missed is heard', async () => {
  await using stage = await openStage()
  const PORT = `${await freePort()}`
  const first = stage.start({ PORT, DRAIN_SECONDS: '1' })
  const url = await first.ready()
  const [alice, bob] = [await stage.user(url, 'alice'), await stage.user(url, 'bob')]
  const conversationId = await alice.begin([bob])
  const other = await alice.begin([bob], { title: 'Other' })
  const isBlocked = { now: false }
  class Blockable extends WebSocket {
    constructor(address: string, protocols: string) {
      super(isBlocked.now ? address.replace(PORT, '1') : address, protocols)
      if (!isBlocked.now) sockets.push(this)
      this.addEventListener('message', ({ data }) => String(data).includes('"ResyncRequired"') && said.push('resync'))
    }

    override send(data: string): void {
      const { payload } = JSON.parse(data) as { payload?: { query?: string } }
      const name = /^\s*(?:query|subscription) (\w+)/.exec(payload?.query ?? '')?.[1]
      if (name) said.push(name)
      super.send(data)
    }
  }
  const said: string[] = []
  const sockets: WebSocket[] = []
  const his = stage.chat({ url, token: () => bob.token, WebSocket: Blockable })
  const open = his.open(conversationId)
  await until(open.messages, ({ isLoading }) => !isLoading)
  await alice.send(conversationId, 'one') // heard, and not read
  await untilRead(open, ['one'])
  isBlocked.now = true
  for (const socket of sockets) socket.close()
  await untilStatus(his, 'offline')
  await alice.send(conversationId, 'missed')
  await alice.send(other, 'missed elsewhere')
  first.signal('SIGTERM')
  await first.ended()
  await withDatabase(stage.database, async (db) => {
    await db.$executeRaw`select log_epoch_now()`
    await db.$executeRaw`select log_epoch_raise((select max(n) + 1 from log_epoch))`
  })
  await stage.start({ PORT }).ready()
  said.length = 0
  isBlocked.now = false
  await untilRead(open, ['one', 'missed'])
  expect(said).toContain('resync')
  expect(said).toEqual(expect.arrayContaining(['KnownEvents', 'Listen']))
  expect(said).not.toContain('Messages') // what was held of it is as it was
  await alice.send(conversationId, 'live')
  await untilRead(open, ['one', 'missed', 'live'])
  const elsewhere = his.open(other)
  await untilRead(elsewhere, ['missed elsewhere'])
}, 60_000)

test('a node that stops is left before: another socket is open before the first is closed, and nobody notices', async ({
  skip,
}) => {
  if (inject('database').kind === 'pglite') return skip('the embedded database belongs to one process')
  if (findRedis() === null) return skip('two nodes talk by Redis')
  await using stage = await openStage()
  const { url: REDIS_URL } = stage.all.use(await startRedis())
  const [a, b] = [stage.start({ REDIS_URL, DRAIN_SECONDS: '10' }), stage.start({ REDIS_URL })]
  const [urlA, urlB] = [await a.ready(), await b.ready()]
  const [alice, bob] = [await stage.user(urlA, 'alice'), await stage.user(urlA, 'bob')]
  const conversationId = await alice.begin([bob])
  const sockets: WebSocket[] = []
  /** To A, and to B once A drains. */
  class Balanced extends WebSocket {
    constructor(address: string, protocols: string) {
      super(sockets.length ? address.replace(new URL(urlA).port, new URL(urlB).port) : address, protocols)
      sockets.push(this)
    }
  }
  const his = stage.chat({ url: urlA, token: () => bob.token, WebSocket: Balanced })
  const open = his.open(conversationId)
  await until(open.messages, ({ isLoading }) => !isLoading)
  const seen: { status: string; openSockets: number }[] = []
  his.connection.subscribe(({ status }) => {
    seen.push({ status, openSockets: sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length })
  })
  const talk = keepSaying(createActor(alice, { url: urlB, adopt }), conversationId)
  await talk.more(5)
  a.signal('SIGTERM')
  await until(his.connection, () => seen.length === 2)
  await talk.more(5)
  expect(await a.ended()).toMatchObject({ code: 0 })
  await talk.stop()
  await untilRead(open, talk.texts)
  expect(seen).toEqual([
    { status: 'draining', openSockets: 1 },
    { status: 'online', openSockets: 2 },
  ])
}, 90_000)

test.skipIf(postgres === null)(
  'the database is away and the sockets are up: what is written waits, that is shown, and it is sent once it is back',
  async ({ skip }) => {
    if (inject('database').kind === 'pglite') return skip('it is about PostgreSQL; once is enough')
    await using stage = new AsyncDisposableStack()
    const server = stage.use(await startPostgres({ fsync: false }))
    const DATABASE_URL = await server.createDatabase('chat')
    const SECRETS_KEY = 'a secret of tests, long enough for all'
    const config = loadConfig({
      DATABASE_URL,
      DATA_DIR: inject('database').folder,
      SECRETS_KEY,
      HOST: 'localhost',
      PORT: '0',
    })
    const app = await startApp(config, createLog('silent'))
    stage.defer(() => app.stop())
    const tenant = await createTenant(app, { adopt })
    const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
    const conversationId = await alice.begin([bob])
    const [hers, his] = [alice, bob].map(({ token }) => createChat({ url: app.url, token: () => token })) as [
      Chat,
      Chat,
    ]
    for (const chat of [hers, his]) stage.defer(() => chat.close())
    const [here, there] = [hers.open(conversationId), his.open(conversationId)]
    here.send({ text: 'one' })
    for (const open of [here, there]) await untilRead(open, ['one'])
    await server.kill()
    await untilStatus(hers, 'degraded')
    for (const text of ['two', 'three']) here.send({ text })
    expect(read(here)).toEqual(['one', 'two (pending)', 'three (pending)'])
    await server.start()
    for (const open of [here, there]) await untilRead(open, ['one', 'two', 'three'])
    await untilStatus(hers, 'online')
  },
  60_000,
)
