/** A server that is killed while it works at what is due: the next one does it again, so that all is done, and each to its end once. */
import { expect, test } from 'vitest'
import { createBackEnd } from './support/actor.ts'
import { freshDatabase } from './support/database.ts'
import { startHook } from './support/hook.ts'
import { reportUser } from './support/reporting.ts'
import { createServerKey, startServer, withDatabase } from './support/server-process.ts'

const CASES = 3
/** A killed server is missed after its pulse of 30 seconds, and every 30 seconds it is looked who is missed; then the second try waits. */
const MISSED_MS = 100_000

test('what was at work when the server was killed is done by the next, all of it and each to its end once', {
  timeout: 180_000,
}, async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  let isBusy = true
  const hook = opened.use(await startHook(() => (isBusy ? null : 204)))
  const serverKey = await createServerKey(database)
  const start = () =>
    startServer(database, { SAFETY_HOOK_URL: hook.url, SAFETY_HOOK_SECRET: 'the secret of a hook, long enough for it' })

  const killed = opened.use(start())
  const backEnd = createBackEnd(serverKey, { url: await killed.ready(), adopt: () => {} })
  const alice = await backEnd.user('alice')
  for (let i = 0; i < CASES; i++)
    await reportUser(alice, await backEnd.user(`suspect ${i}`), { reason: 'CHILD_SAFETY' })
  const begun = await hook.calls.take(CASES)
  killed.signal('SIGKILL')
  await killed.ended()
  expect(await jobsOf(database)).toEqual(Array(CASES).fill({ state: 'active', retries: 0 }))

  isBusy = false
  const next = opened.use(start())
  await next.ready()
  const done: string[] = []
  await expect
    .poll(() => done.push(...hook.calls.rest().map(({ body }) => body)), { timeout: MISSED_MS, interval: 100 })
    .toBe(CASES)
  expect(done.sort()).toEqual(begun.map(({ body }) => body).sort())
  next.signal('SIGTERM')
  await next.ended()
  expect(await jobsOf(database)).toEqual(Array(CASES).fill({ state: 'completed', retries: 1 }))
  expect(hook.calls.rest()).toEqual([])
})

/** Looked at while no server runs. */
const jobsOf = (database: Parameters<typeof withDatabase>[0]) =>
  withDatabase(
    database,
    (db) => db.$queryRaw`
      select state::text, retry_count as retries from pgboss.job where name in ('tell-operator', 'dead-letters')`,
  )
