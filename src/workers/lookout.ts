/**
 * Looks for many workers at once, in one statement, of which of them something is due; the others go on waiting. So a worker costs nothing while
 * there is nothing for it to do, and waits no longer than if it had looked by itself.
 */
import { type Db, type Sql, sql } from '../db.ts'
import { type Job, type Worker, worker } from './worker.ts'

/** A job of which most passes would find nothing. */
export interface Watched extends Job {
  /** Whether a pass would find something; an index must answer it. After a failure it is tried again without being asked. */
  isDue: Sql
}

const EVERY_MS = 2_000

export function createLookout({ db }: { db: Db }) {
  /** By job, what ends its wait. */
  const waiting = new Map<Watched, (isDue: boolean) => void>()

  const wait = (job: Watched): Promise<boolean> => new Promise((resolve) => waiting.set(job, resolve))

  function release(job: Watched, isDue: boolean): void {
    const resolve = waiting.get(job)
    waiting.delete(job)
    resolve?.(isDue)
  }

  return {
    /** To be run by a worker of its own. */
    look: {
      name: 'lookout',
      everyMs: EVERY_MS,
      async pass(): Promise<'done'> {
        const jobs = [...waiting.keys()]
        if (!jobs.length) return 'done'
        const due = await areDue(db, jobs)
        for (const [i, job] of jobs.entries()) if (due[i]) release(job, true)
        return 'done'
      },
    },

    /** As `worker`, but each pass waits until there is something to do. */
    watch(job: Watched, dependencies: Parameters<typeof worker>[1]): Worker {
      let isSure = false

      async function pass(): Promise<'more'> {
        if (!isSure && !(await wait(job))) return 'more' // it ends
        isSure = true // when it fails, too
        isSure = (await job.pass()) === 'more'
        return 'more' // the wait is the pause
      }

      const { run } = worker({ ...job, pass }, dependencies)
      const { drain } = worker(job, dependencies)
      return {
        drain,
        async run(signal) {
          signal.addEventListener('abort', () => release(job, false))
          await run(signal)
        },
      }
    },
  }
}

async function areDue(db: Db, jobs: readonly Watched[]): Promise<boolean[]> {
  const [first, ...others] = jobs.map(({ isDue }) => isDue)
  const list = others.reduce((before, each) => sql`${before}, ${each}`, first ?? sql`false`)
  const [row] = await db.$queryRaw<{ due: boolean[] }[]>`select array[${list}] as due`
  return row?.due ?? []
}
