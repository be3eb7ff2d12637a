/** `npm run jobs -- COMMAND`: what waits, what was tried in vain, and what is to become of that. */
import { parseArgs } from 'node:util'
import type { Db } from '../src/db.ts'
import { StartError } from '../src/errors.ts'
import type { Queue } from '../src/jobs/queue.ts'
import { consumers } from '../src/workers/consumers.ts'
import { deadLetters, dropLetter, retryLetter } from '../src/workers/dead-letters.ts'
import { orExplain } from './explain.ts'
import { withParts } from './with-parts.ts'

const USAGE = `usage: npm run jobs -- list [--kind NAME] [--limit 100]
       npm run jobs -- retry ID...
       npm run jobs -- drop ID...
list shows the dead letters: work that was tried in vain to the last, and events that a consumer of the log could not handle; with --kind what waits, runs and was done of that kind, the oldest first.
retry makes work due again now, and hands an event to its consumer again; drop forgets them.`

const MOST = 1_000

await orExplain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { kind: { type: 'string' }, limit: { type: 'string', default: '100' } },
  })
  const [command, ...ids] = positionals
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new StartError(`--limit is 1 to ${MOST}. ${USAGE}`)
  if (ids.some((id) => !/^[0-9a-f-]{36}$/.test(id))) throw new StartError(`An id is as list shows it. ${USAGE}`)
  await withParts(async (_, { db, queue }) => {
    if (command === 'list' && !ids.length) return list({ db, queue }, values.kind, limit)
    if ((command !== 'retry' && command !== 'drop') || !ids.length) throw new StartError(USAGE)
    if (command === 'retry') await retry({ db, queue }, ids)
    else await drop({ db, queue }, ids)
  })
})

interface Place {
  db: Db
  queue: Queue
}

async function retry({ db, queue }: Place, ids: string[]): Promise<void> {
  const counts = { DONE: 0, FAILED: 0, WAITS: 0 }
  const others: string[] = []
  for (const id of ids) {
    const outcome = await retryLetter({ db, consumers }, id)
    if (outcome) counts[outcome]++
    else others.push(id)
  }
  if (counts.DONE) console.log(`${counts.DONE} events are handled`)
  const due = others.length ? await queue.retry(others) : 0
  if (due) console.log(`${due} are due again`)
  if (counts.FAILED) throw new StartError(`${counts.FAILED} events failed once more; list shows why`)
  if (counts.WAITS)
    throw new StartError(`${counts.WAITS} events wait behind another one of their stream: retry or drop that one`)
  assertAll(others, due)
}

async function drop({ db, queue }: Place, ids: string[]): Promise<void> {
  const others: string[] = []
  for (const id of ids) if (!(await dropLetter({ db, consumers }, id))) others.push(id)
  const count = others.length ? await queue.dropDeadLetters(others) : 0
  console.log(`${ids.length - others.length + count} are forgotten`)
  assertAll(others, count)
}

function assertAll(ids: string[], count: number): void {
  if (count < ids.length) throw new StartError(`${ids.length - count} of ${ids.length} are no dead letters; see list`)
}

/** A line of JSON each. */
async function list({ db, queue }: Place, kind: string | undefined, limit: number): Promise<void> {
  const names = consumers.map(({ name }) => name)
  const isConsumer = kind !== undefined && names.includes(kind)
  if (!isConsumer) await listJobs(queue, kind, limit)
  if (kind !== undefined && !isConsumer) return
  const letters = await deadLetters(db, { consumer: kind, limit })
  for (const { id, consumer, error, tries, at, ...event } of letters) {
    const { tenantId, streamId, seq, kind: what, subjectId } = event
    const payload = { tenantId, streamId, seq, event: what, subjectId }
    const state = error === null ? 'waiting' : 'failed'
    console.log(JSON.stringify({ id, kind: consumer, state, payload, created: at, due: null, retries: tries, error }))
  }
  if (letters.length === limit) console.error(`There may be more events than ${limit}; give --limit`)
}

async function listJobs(queue: Queue, kind: string | undefined, limit: number): Promise<void> {
  if (kind && !queue.kinds().includes(kind))
    throw new StartError(
      `There is no kind "${kind}"; choose of ${[...queue.kinds(), ...consumers.map(({ name }) => name)].join(', ')}`,
    )
  const jobs = kind ? await queue.find({ name: kind }, limit) : await queue.deadLetters(limit)
  for (const { id, name, sourceName, state, data, createdOn, startAfter, retryCount, output, sourceOutput } of jobs) {
    const said = (sourceOutput ?? output) as { message?: string } | null
    const times = { created: createdOn, due: startAfter }
    console.log(
      JSON.stringify({
        id,
        kind: sourceName ?? name,
        state,
        payload: data,
        ...times,
        retries: retryCount,
        error: said?.message ?? null,
      }),
    )
  }
  if (jobs.length === limit) console.error(`There may be more than ${limit}; give --limit`)
}
