/** The database dies while timed work is done and more of it falls due: back, all of it is done, without a restart and with no dead letter. */
import { expect, inject, test } from 'vitest'
import { startPostgres } from '../scripts/services/postgres.ts'
import { startApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import type { Db } from '../src/db.ts'
import { jobKind, uuidIn } from '../src/jobs/kind.ts'
import type { JobHandler } from '../src/jobs/queue.ts'
import { newUuid } from '../src/lib/ids.ts'
import { createLog } from '../src/log.ts'
import type { Uuid } from '../src/model.ts'
import { needs } from './support/needs.ts'
import { createQueue } from './support/queue.ts'

const postgres = needs('postgres')

const DUE = 20
const parse = (stored: unknown) => ({ of: uuidIn(stored, 'of') })
const quick = { parse, everySeconds: 0.5, retrySeconds: 1 }
const falling = jobKind({ ...quick, name: 'falling-due', retries: 0 })
/** One try may be lost with the database, so there must be another one; no more than that is lost. */
const [ending, failing] = [
  jobKind({ ...quick, name: 'ending-meanwhile', retries: 1 }),
  jobKind({ ...quick, name: 'failing-meanwhile', retries: 1 }),
]
/** What was at work is missed after the pulse of 30 seconds, and it is looked for every 30 seconds. */
const MISSED_MS = 100_000

test.skipIf(postgres === null)(
  'what is at work when the database dies, and what falls due while it is away, is done when it is back',
  { timeout: 360_000 }, // more than all waits below together: what does not come fails there, and is shown
  async ({ skip }) => {
    if (inject('database').kind === 'pglite') return skip('it is about PostgreSQL; once is enough')
    await using opened = new AsyncDisposableStack()
    const server = opened.use(await startPostgres({ fsync: false }))
    const env = { DATABASE_URL: await server.createDatabase('chat'), DATA_DIR: inject('database').folder }
    const SECRETS_KEY = 'a secret of tests, long enough for all'
    const config = loadConfig({ ...env, SECRETS_KEY, HOST: 'localhost', PORT: '0', DRAIN_SECONDS: '1' })
    const begun = createQueue<Uuid>('what was begun')
    const died = Promise.withResolvers<void>()
    const done: Uuid[] = []
    const opening = Promise.withResolvers<Db>()
    const noted = async ({ of }: { of: Uuid }) => void done.push(of)
    const handlers: JobHandler<{ of: Uuid }>[] = [
      { kind: falling, handle: noted },
      {
        kind: ending,
        async handle(payload) {
          begun.push(payload.of)
          await died.promise
          await noted(payload)
        },
      },
      {
        kind: failing,
        async handle(payload) {
          begun.push(payload.of)
          await died.promise
          const db = await opening.promise
          await db.$queryRaw`select 1`
          await noted(payload)
        },
      },
    ]
    const app = await startApp(config, createLog('silent'), { handlers })
    opened.defer(() => app.stop())
    const { parts, queue } = app
    opening.resolve(app.db)
    const at = new Date(Date.now() + 4_000)
    const due = Array.from({ length: DUE }, newUuid)
    for (const of of due) await parts.jobs.send(falling, { of }, { at })
    const [ended, failed] = [newUuid(), newUuid()]
    await parts.jobs.send(ending, { of: ended })
    await parts.jobs.send(failing, { of: failed })
    await begun.take(2)

    await server.kill()
    await expect.poll(() => parts.health.isAway, { timeout: 20_000 }).toBe(true)
    died.resolve() // not before: what is left of a server that was killed may still take an answer
    await expect.poll(() => Date.now(), { timeout: 20_000 }).toBeGreaterThan(at.getTime() + 2_000)
    await expect.poll(() => done).toEqual([ended])

    await server.start()
    const all = [...due, ended, failed].sort()
    await expect.poll(() => [...new Set(done)].sort(), { timeout: 20_000 + MISSED_MS, interval: 100 }).toEqual(all)
    const statesOf = async () =>
      (await Promise.all([falling, ending, failing].map((kind) => queue.find(kind, 100))))
        .flat()
        .map(({ state, retryCount }) => `${state} ${retryCount}`)
    const settled = [...Array(DUE).fill('completed 0'), 'completed 1', 'completed 1']
    await expect.poll(statesOf, { timeout: 20_000 + MISSED_MS }).toEqual(settled)
    // What had ended could not say so, and is done once more: the promise is at least once.
    expect(done.filter((of) => of === ended)).toHaveLength(2)
    expect(done).toHaveLength(DUE + 3)
    expect(await queue.deadLetters(10)).toEqual([])
  },
)
