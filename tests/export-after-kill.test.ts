/** A server that is killed while it writes what a user asked for: the next one goes on behind what was kept, and each message is there once. */
import { expect, test } from 'vitest'
import { freePort } from '../scripts/services/free-port.ts'
import { memoryBus } from '../src/bus/memory.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import type { UserCaller } from '../src/model.ts'
import { createParts } from '../src/parts.ts'
import { createBackEnd } from './support/actor.ts'
import { type FreshDatabase, freshDatabase } from './support/database.ts'
import { askExport, download, exportsOf, readyExport } from './support/exporting.ts'
import { beginConversation, say } from './support/nodes.ts'
import { createServerKey, startServer, withDatabase } from './support/server-process.ts'
import { rowsOf, unzip } from './support/unzip.ts'

/** Several parts of an export. */
const MESSAGES = 20_000
const AT_ONCE = 1_000
const WORDS = 'so much that a few thousand of it make a part of an export '.repeat(12)

async function fill(database: Pick<FreshDatabase, 'env'>): Promise<void> {
  await withDatabase(database, async (db) => {
    const logger = createLog('silent')
    const parts = createParts({ db, bus: memoryBus(), metrics: createMetrics(), logger, secretsKey: 'of no use here' })
    const { id: tenantId } = await db.tenant.findFirstOrThrow({ where: { slug: 'test' } })
    const [user] = await parts.users.upsert(tenantId, [{ externalId: 'writer', name: 'Writer' }])
    const writer = { tenantId, userId: user?.id ?? '' } as UserCaller
    const conversationId = await beginConversation(parts, [writer])
    for (let from = 0; from < MESSAGES; from += AT_ONCE)
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_, n) => say(parts, writer, conversationId, `${from + n} ${WORDS}`)),
      )
    parts.hubs.close()
  })
}

test('an export outlives the server that was writing it, with every message once', { timeout: 240_000 }, async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const serverKey = await createServerKey(database)
  await fill(database)
  const PORT = String(await freePort())
  const start = async () => {
    const started = opened.use(startServer(database, { PORT }))
    await started.ready()
    return started
  }
  const server = await start()
  const backEnd = createBackEnd(serverKey, { url: `http://localhost:${PORT}`, adopt: () => {} })
  const writer = await backEnd.user('writer')
  await askExport(writer)
  const written = async () => (await exportsOf(writer))[0]?.messages ?? 0
  await expect.poll(written, { timeout: 60_000, interval: 10 }).toBeGreaterThan(0)
  server.signal('SIGKILL')
  await server.ended()

  const next = await start()
  const [broken] = await exportsOf(writer)
  expect(broken).toMatchObject({ state: 'RUNNING', url: null })
  expect(broken?.messages).toBeGreaterThan(0)
  const shown = await readyExport(writer, 150_000)
  expect(shown.messages).toBe(MESSAGES)
  const texts = rowsOf(unzip(await download(shown)), 'message').map(({ text }) => Number(String(text).split(' ')[0]))
  expect([texts.length, new Set(texts).size, Math.max(...texts)]).toEqual([MESSAGES, MESSAGES, MESSAGES - 1])
  next.signal('SIGTERM')
  await next.ended()
})
