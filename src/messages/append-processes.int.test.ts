/** Several processes append to the same conversations, and one of them dies on the way. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, inject, test, vi } from 'vitest'
import type { Report, Task } from '../../tests/support/append-worker.ts'
import { beginGroup, type LogFixture, logFaults, openLog, storedOf } from '../../tests/support/log-fixture.ts'

const WORKER = join(import.meta.dirname, '../../tests/support/append-worker.ts')
const WORKERS = 4
const SENDERS = 8
const OPERATIONS = 500

test('four processes, one of them killed: no deadlock, no hole, and what was acknowledged is stored once', async ({
  skip,
}) => {
  skip(inject('database').kind === 'pglite', 'the embedded database belongs to one process')
  await using log = await openLog()
  const { db } = log
  const task = await begin(log)
  const [victim, ...others] = Array.from({ length: WORKERS }, (_, worker) => start({ ...task, worker }))

  await victim!.acknowledged(100)
  victim!.child.kill('SIGKILL')
  const all = await Promise.all([victim!, ...others].map(({ ended }) => ended))
  await vi.waitUntil(() => isQuiet(log)) // what the victim had sent off before goes on without it

  const reports = all.flat()
  expect(reports.filter(({ kind }) => kind === 'FAULT')).toEqual([])
  const done = reports.filter((report) => report.kind === 'DONE')
  expect(done).toHaveLength(WORKERS - 1)
  for (const { refused, repeated } of done) {
    expect(Object.keys(refused).sort()).toEqual(['IDEMPOTENCY_CONFLICT', 'NOT_FOUND'])
    expect(repeated).toBeGreaterThan(0)
  }
  expect(await logFaults(db, task.tenantId)).toEqual([])
  const stored = (await storedOf(db, task.tenantId)).messages
  const acknowledged = new Set(reports.filter((report) => report.kind === 'SENT').map(line))
  const known = new Set(stored.map(line))
  expect([...acknowledged].filter((each) => !known.has(each))).toEqual([])
  // More than was acknowledged can only be what the victim had on its way.
  const untold = stored.filter((each) => !acknowledged.has(line(each)))
  expect(untold.filter(({ clientMessageId }) => !/^0\.|^shared/.test(clientMessageId))).toEqual([])
  expect(untold.length).toBeLessThanOrEqual(2 * SENDERS)
  expect(await deadlocks(log)).toBe(0)
})

interface Sent {
  conversationId: string
  authorId: string | null
  clientMessageId: string
  text: string
  id: string
  seq: number
}

const line = ({ conversationId, authorId, clientMessageId, text, id, seq }: Sent) =>
  [conversationId, authorId, clientMessageId, text, id, seq].join(' | ')

async function begin({ url, parts: { append }, tenant }: LogFixture): Promise<Omit<Task, 'worker'>> {
  const { tenantId, users } = await tenant(6)
  const [guest, stranger, ...members] = users as [string, string, ...string[]]
  const conversations = []
  for (let i = 0; i < 6; i++) conversations.push(await beginGroup(append, tenantId, members))
  return { url: url!, operations: OPERATIONS, senders: SENDERS, tenantId, conversations, members, guest, stranger }
}

function start(task: Task) {
  const child: ChildProcess = fork(WORKER, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const reports: Report[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  let wanted = Number.POSITIVE_INFINITY
  child.on('message', (report: Report) => {
    if (reports.push(report) >= wanted) resolve()
  })
  child.send(task)
  return {
    child,
    /** Fails when it ends before. */
    acknowledged(count: number): Promise<void> {
      wanted = count
      return Promise.race([promise, once(child, 'exit').then(([exit]) => Promise.reject(new Error(`ended: ${exit}`)))])
    },
    /** All that it has told. 'close' comes after the last message. */
    ended: once(child, 'close').then(() => reports),
  }
}

async function isQuiet({ db }: LogFixture): Promise<boolean> {
  const busy = await db.$queryRaw<unknown[]>`
    select from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`
  return busy.length === 0
}

async function deadlocks({ db }: LogFixture): Promise<number> {
  const [row] = await db.$queryRaw<
    { deadlocks: bigint }[]
  >`select deadlocks from pg_stat_database where datname = current_database()`
  return Number(row!.deadlocks)
}
