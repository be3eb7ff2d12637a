/**
 * The one queue of timed work: pg-boss, in tables of its own beside ours. Its statements are short and of its own connections, so that nothing that
 * waits or runs here holds the horizon of the log back. What is sent in a transaction is there exactly when that is committed.
 */
import {
  type ConstructorOptions,
  fromPglite,
  fromPrisma,
  type Job,
  type JobResult,
  type JobWithMetadata,
  PgBoss,
} from 'pg-boss'
import type { Transaction } from '../db.ts'
import type { Health } from '../lib/health.ts'
import { newUuid } from '../lib/ids.ts'
import type { Log } from '../log.ts'
import type { Uuid } from '../model.ts'
import type { JobKind } from './kind.ts'
import { lookForDue } from './look.ts'

/** A kind and what is done of it: at least once, so twice must be as good as once. `signal` is aborted when its time is over or the server stops. */
export interface JobHandler<Payload extends object = object> {
  kind: JobKind<Payload>
  handle(payload: Payload, signal: AbortSignal): Promise<void>
}

export interface SendOptions {
  /** In whose transaction. */
  tx?: Transaction
  /** Not before; now unless given. */
  at?: Date
  id?: Uuid
}

/** What the rest of the server may ask of it. */
export type Jobs = Pick<Queue, 'send' | 'drop' | 'dropAll'>
export type Queue = ReturnType<typeof createQueue>

/** Of parts that were made without a queue: to read and to append. */
export const noJobs: Jobs = {
  send: () => Promise.reject(new Error('these parts were made without a queue of timed work')),
  drop: () => Promise.reject(new Error('these parts were made without a queue of timed work')),
  dropAll: () => Promise.reject(new Error('these parts were made without a queue of timed work')),
}

export type QueueDatabase = Pick<ConstructorOptions, 'db' | 'backend' | 'connectionString' | 'max' | 'options'>

export const onEmbedded = (pglite: Parameters<typeof fromPglite>[0]): QueueDatabase => ({
  db: fromPglite(pglite),
  backend: 'pglite',
})

/** Two of its own: one to fetch and one to settle, however long the pool of all others is waited for. */
export const onPostgres = (connectionString: string, options: string): QueueDatabase => ({
  connectionString,
  options,
  max: 2,
})

const DEAD_LETTERS = 'dead-letters'
/** Whoever died is noticed after so long, and what he did not end is done again. */
const PULSE_SECONDS = 30
/** By each kind for itself, which pg-boss insists on: the look for all finds whatever is due long before. */
const POLLED_SECONDS = 600
const KEPT_SECONDS = 14 * 24 * 3_600
const STOP_MS = 5_000
const DROPPED_AT_ONCE = 500
const LONGEST_RETRY_SECONDS = 3_600

interface Dependencies {
  database: QueueDatabase
  logger: Log
  /** Of the database. */
  health: Pick<Health, 'suspect' | 'isAway'>
  /** Whether this process looks after what others left undone and after what is due again and again. */
  supervise?: boolean
}

export function createQueue({ database, logger, health, supervise = true }: Dependencies) {
  const boss = new PgBoss({ ...database, ...OURS, supervise, schedule: supervise, application_name: 'parley jobs' })
  boss.on('error', (error) => {
    if (!health.isAway) logger.warn({ error }, 'the queue of timed work failed and will try again')
    health.suspect()
  })
  boss.on('warning', (warning) => logger.warn(warning, 'the queue of timed work warns'))
  /** By kind, pg-boss's id of what polls for it. */
  const workers = new Map<string, string>()
  const stopping = new AbortController()
  const known = new Map<string, JobKind>()
  let stopLooking = () => {}

  function wake(name: string): void {
    const worker = workers.get(name)
    if (worker) boss.notifyWorker(worker)
  }

  async function work({ kind, handle }: JobHandler): Promise<void> {
    async function run({ id, data, signal }: Job<object>): Promise<JobResult<object>> {
      try {
        await handle(kind.parse(data), AbortSignal.any([signal, stopping.signal]))
        return { id, status: 'completed' }
      } catch (error) {
        if (!health.isAway) logger.warn({ error, kind: kind.name, job: id }, 'a job failed')
        health.suspect()
        return { id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } }
      }
    }
    const options = {
      pollingIntervalSeconds: POLLED_SECONDS,
      batchSize: kind.together,
      perJobResults: true,
    } as const
    const worker = await boss.work(kind.name, options, async (jobs: Job<object>[]) => {
      const results = await Promise.all(jobs.map(run))
      boss.notifyWorker(worker) // there may be more: it is looked at once
      return results
    })
    workers.set(kind.name, worker)
  }

  return {
    /** Whoever sends, looks or mends needs it open; who handles, `run` too. */
    async open(kinds: readonly JobKind[]): Promise<void> {
      await boss.start()
      const stored = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
      if (!stored.has(DEAD_LETTERS)) await boss.createQueue(DEAD_LETTERS, { retentionSeconds: KEPT_SECONDS })
      for (const kind of kinds) {
        const [name, wanted] = [kind.name, optionsOf(kind)]
        known.set(name, kind)
        const found = stored.get(name)
        if (!found) await boss.createQueue(name, wanted)
        else if (Object.entries(wanted).some(([option, value]) => found[option as keyof typeof wanted] !== value))
          await boss.updateQueue(name, wanted)
      }
    },

    kinds: (): string[] => [...known.keys()],

    async run(handlers: readonly JobHandler[]): Promise<void> {
      for (const { kind } of handlers) if (kind.cron) await boss.schedule(kind.name, kind.cron, {}, { missed: 'once' })
      for (const handler of handlers) await work(handler)
      stopLooking = lookForDue({
        ask: (text, values) => boss.getDb().executeSql(text, values),
        kinds: handlers.map(({ kind }) => kind),
        isAway: () => health.isAway,
        onDue: wake,
        onError(error) {
          logger.warn({ error }, 'it was not found which timed work is due, and will be looked again')
          health.suspect()
        },
      })
    },

    /** Answers its id. */
    async send<Payload extends object>(
      { name }: Pick<JobKind<Payload>, 'name'>,
      payload: Payload,
      { tx, at, id = newUuid() }: SendOptions = {},
    ): Promise<Uuid> {
      const sent = await boss.send(name, payload, {
        id,
        ...(at && { startAfter: at }),
        ...(tx && { db: fromPrisma(tx) }),
      })
      if (sent !== id) throw new Error(`the queue did not take a job of the kind ${name}`)
      if (!tx && !at) wake(name)
      return id
    },

    /** What has not begun never will; what runs just now runs on. */
    async drop({ name }: Pick<JobKind, 'name'>, id: Uuid, { tx }: Pick<SendOptions, 'tx'> = {}): Promise<void> {
      await boss.deleteJob(name, id, tx && { db: fromPrisma(tx) })
    },

    /** Whatever was sent with a payload that holds this, of all kinds, waiting, done or tried in vain; `onSome` is told how many, some at a time. */
    async dropAll(payload: object, onSome: (count: number) => Promise<void>): Promise<void> {
      for (const { name } of await boss.getQueues())
        for (let count = 1; count; ) {
          const jobs = await boss.findJobs(name, { data: payload, limit: DROPPED_AT_ONCE })
          count =
            jobs.length &&
            affected(
              await boss.deleteJob(
                name,
                jobs.map(({ id }) => id),
              ),
            )
          if (count) await onSome(count)
        }
    },

    /** Of one kind, the oldest first: what waits and runs, and for a while what is done. */
    find: ({ name }: Pick<JobKind, 'name'>, limit: number): Promise<JobWithMetadata[]> =>
      boss.findJobs(name, { limit }),

    /** What was tried in vain to the last, of all kinds, the oldest first. */
    deadLetters: (limit: number): Promise<JobWithMetadata[]> => boss.findJobs(DEAD_LETTERS, { limit }),

    /** Dead letters are due again now, as new jobs. Answers how many there were of those ids. */
    retry: (ids: Uuid[]): Promise<number> => boss.redrive(DEAD_LETTERS, { ids }),

    /** They are forgotten. Answers how many there were of those ids. */
    dropDeadLetters: async (ids: Uuid[]): Promise<number> => affected(await boss.deleteJob(DEAD_LETTERS, ids)),

    /** What runs may end; what does not in time is done again elsewhere. */
    close(): Promise<void> {
      stopping.abort()
      stopLooking()
      return boss.stop({ graceful: true, timeout: STOP_MS })
    },
  }
}

/** pg-boss answers it, and its types keep it to themselves. */
const affected = (answer: object): number => ('affected' in answer ? Number(answer.affected) : 0)

/** Tables are made by our migrations alone; of pg-boss's own housekeeping what the rest of the database has by other means is off. */
const OURS = {
  schema: 'pgboss',
  migrate: false,
  createSchema: false,
  registerInstance: false,
  reindex: false,
  monitorVacuum: false,
  openTelemetry: { enabled: false },
  superviseIntervalSeconds: PULSE_SECONDS,
  monitorIntervalSeconds: PULSE_SECONDS,
  cronWorkerIntervalSeconds: 30,
  flowIntervalSeconds: 3_600,
} satisfies ConstructorOptions

function optionsOf({ retries, retrySeconds, expireSeconds }: JobKind) {
  return {
    retryLimit: retries,
    retryDelay: retrySeconds,
    retryBackoff: true,
    retryDelayMax: LONGEST_RETRY_SECONDS,
    expireInSeconds: expireSeconds,
    heartbeatSeconds: PULSE_SECONDS,
    deadLetter: DEAD_LETTERS,
    retentionSeconds: KEPT_SECONDS,
    deleteAfterSeconds: KEPT_SECONDS,
  }
}
