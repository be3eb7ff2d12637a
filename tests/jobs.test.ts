/** Timed work: sent with what it belongs to, done, tried again, a dead letter at last; stopped and taken up again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getConstructionPlans } from 'pg-boss'
import { expect, inject, test } from 'vitest'
import { type App, startApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { transaction } from '../src/db.ts'
import { jobKind, recurringKind, uuidIn } from '../src/jobs/kind.ts'
import type { JobHandler } from '../src/jobs/queue.ts'
import { newUuid } from '../src/lib/ids.ts'
import { createLog } from '../src/log.ts'
import { type FreshDatabase, freshDatabase } from './support/database.ts'
import { createQueue } from './support/queue.ts'

const MIGRATION = '../prisma/migrations/20261128100000_timed_work/migration.sql'

const note = jobKind({
  name: 'note',
  parse: (stored) => ({ of: uuidIn(stored, 'of') }),
  everySeconds: 0.5,
  retrySeconds: 1,
})

/** Notes what it was asked for. */
function noting() {
  const done = createQueue<string>('what was noted')
  return { done, handler: { kind: note, handle: async ({ of }) => done.push(of) } satisfies JobHandler<{ of: string }> }
}

async function start({ env }: Pick<FreshDatabase, 'env'>, handlers: JobHandler[], opened: AsyncDisposableStack) {
  const config = loadConfig({
    ...env,
    HOST: 'localhost',
    PORT: '0',
    SECRETS_KEY: 'a secret of tests, long enough for all',
  })
  const app = await startApp(config, createLog('silent'), { handlers })
  opened.defer(() => app.stop())
  return app
}

const deadLettersOf = ({ queue }: App) => queue.deadLetters(10)

test('the tables are those that the installed pg-boss wants', () => {
  const lines = (sql: string) =>
    sql
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line && !/^(--|BEGIN;|COMMIT;|SET LOCAL|SELECT pg_advisory_xact_lock)/.test(line))
  const migrated = readFileSync(join(import.meta.dirname, MIGRATION), 'utf8')
  expect(lines(migrated)).toEqual(lines(getConstructionPlans('pgboss')))
})

test('what is sent in a transaction is done once it is committed, and never when it is not', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const { done, handler } = noting()
  const app = await start(database, [handler], opened)
  const [kept, undone, later] = [newUuid(), newUuid(), newUuid()]
  await expect(
    transaction(app.db, async (tx) => {
      await app.parts.jobs.send(note, { of: undone }, { tx })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  const dropped = await app.parts.jobs.send(note, { of: later }, { at: new Date(Date.now() + 60_000) })
  await app.parts.jobs.drop(note, dropped)
  await transaction(app.db, (tx) => app.parts.jobs.send(note, { of: kept }, { tx }))
  expect(await done.next()).toBe(kept)
  expect(await app.queue.find(note, 10)).toMatchObject([{ data: { of: kept } }])
})

test('what fails to the last is a dead letter, which is done after all or dropped', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const done = createQueue<string>('what was done in the end')
  const tries: string[] = []
  const hopeless = jobKind({ ...note, name: 'hopeless', retries: 1, retrySeconds: 0 })
  let isMended = false
  const handler: JobHandler<{ of: string }> = {
    kind: hopeless,
    async handle({ of }) {
      tries.push(of)
      if (isMended) return void done.push(of)
      throw new Error('it does not work')
    },
  }
  const app = await start(database, [handler], opened)
  const [one, other] = [newUuid(), newUuid()]
  await app.parts.jobs.send(hopeless, { of: one })
  await app.parts.jobs.send(hopeless, { of: other })
  await expect.poll(() => deadLettersOf(app), { timeout: 20_000 }).toHaveLength(2)
  expect([...tries].sort()).toEqual([one, one, other, other].sort())
  const [first, second] = (await deadLettersOf(app)).sort((a) => (uuidIn(a.data, 'of') === one ? -1 : 1))
  expect(first).toMatchObject({
    sourceName: 'hopeless',
    data: { of: one },
    sourceOutput: { message: 'it does not work' },
  })
  isMended = true
  expect(await app.queue.retry([first?.id ?? ''])).toBe(1)
  expect(await done.next()).toBe(one)
  expect(await app.queue.dropDeadLetters([second?.id ?? '', newUuid()])).toBe(1)
  expect(await deadLettersOf(app)).toEqual([])
})

test('a payload of which nothing can be made never reaches its handler', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const { done, handler } = noting()
  const kind = { ...note, retries: 0 }
  const app = await start(database, [{ ...handler, kind }], opened)
  await app.parts.jobs.send({ name: note.name }, { of: 'nobody' })
  await expect
    .poll(() => deadLettersOf(app), { timeout: 20_000 })
    .toMatchObject([{ sourceOutput: { message: 'a job’s of is no UUID' } }])
  const of = newUuid()
  await app.parts.jobs.send(note, { of })
  expect(await done.next()).toBe(of)
})

test('a stopping server gives back what it does not end in time, and the next one does it', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const begun = createQueue<string>('what was begun')
  const patient: JobHandler<{ of: string }> = {
    kind: note,
    async handle({ of }, signal) {
      begun.push(of)
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
    },
  }
  const app = await start(database, [patient], opened)
  const of = newUuid()
  await app.parts.jobs.send(note, { of })
  await begun.next()
  const [busy] = await app.db.$queryRaw<{ count: bigint }[]>`
    select count(*) from pg_stat_activity where application_name = 'parley jobs' and (backend_xid is not null or state like 'idle in transaction%')`
  expect(busy?.count, 'transactions open while a job runs').toBe(0n)
  await app.stop()
  const { done, handler } = noting()
  await start(database, [handler], opened)
  expect(await done.next()).toBe(of)
})

test('partitions and what is kept for repeats are looked after', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const { db, parts } = await start(database, [], opened)
  const schedules = await db.$queryRaw<{ name: string }[]>`select name from pgboss.schedule order by name`
  expect(schedules.map(({ name }) => name)).toEqual([
    'forget-answers',
    'forget-dead-letters',
    'forget-invites',
    'forget-restrictions',
    'make-partitions',
  ])
  const months = () => db.$queryRaw<{ name: string }[]>`
    select relname::text as name from pg_class where relispartition and relkind = 'r' and relname like 'log\\_event\\_%' order by 1`
  const before = await months()
  await db.$executeRawUnsafe(`drop table "${before.at(-1)?.name}"`)
  await parts.jobs.send(recurringKind('make-partitions', ''), {})
  await expect.poll(months, { timeout: 20_000 }).toEqual(before)

  const [tenant, caller] = [await parts.tenants.create({ slug: 'old', name: 'Old' }), newUuid()]
  for (const [id, days] of [
    ['old', 32],
    ['young', 30],
  ] as const) {
    await db.$executeRaw`insert into mutation_done values (${tenant}::uuid, ${caller}::uuid, ${id}, 'hash', '{}', now() - make_interval(days => ${days}::integer))`
    await db.$executeRaw`insert into sent values (${tenant}::uuid, ${caller}::uuid, ${caller}::uuid, ${id}, 'hash', ${caller}::uuid, 1, now() - make_interval(days => ${days}::integer))`
  }
  await parts.jobs.send(recurringKind('forget-answers', ''), {})
  const left = () => db.$queryRaw<{ id: string }[]>`
    select client_mutation_id as id from mutation_done union all select client_message_id from sent`
  await expect.poll(left, { timeout: 20_000 }).toEqual([{ id: 'young' }, { id: 'young' }])
})

test('of two servers one does what is due', async ({ skip }) => {
  if (inject('database').kind === 'pglite') return skip('of the embedded database there is one server')
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const { done, handler } = noting()
  const here = await start(database, [handler], opened)
  await start(database, [handler], opened)
  const ids = Array.from({ length: 20 }, newUuid)
  for (const of of ids) await here.parts.jobs.send(note, { of })
  const noted = await Promise.all(ids.map(() => done.next()))
  expect(noted.sort()).toEqual([...ids].sort())
})
