/** The one way a worker runs: handle, back off while it fails, stop at the signal; or once, now, for tests. */

import type { Health } from '../lib/health.ts'
import { loop } from '../lib/loop.ts'
import type { Log } from '../log.ts'

export interface Job {
  name: string
  everyMs: number
  /** 'more' when there is more to do at once. */
  pass: () => Promise<'more' | 'done'>
}

interface Dependencies {
  logger: Log
  /** Of the database. */
  health: Pick<Health, 'suspect' | 'untilBack'>
}

export interface Worker {
  run(signal: AbortSignal): Promise<void>
  /** Resolves when there is nothing more to do. */
  drain(): Promise<void>
}

export function worker({ name, everyMs, pass }: Job, { logger, health }: Dependencies): Worker {
  function onError(error: unknown): void {
    logger.warn({ error, worker: name }, 'a worker failed and will try again')
    health.suspect()
  }
  return {
    run: (signal) => loop(pass, { everyMs, signal, onError, awake: health.untilBack }),
    async drain() {
      while ((await pass()) === 'more');
    },
  }
}

/** All of them, each to the end of its pass. */
export function runUntilClosed(workers: Worker[], opened: AsyncDisposableStack): void {
  const stopping = new AbortController()
  const running = workers.map((each) => each.run(stopping.signal))
  opened.defer(async () => {
    stopping.abort()
    await Promise.all(running)
  })
}
