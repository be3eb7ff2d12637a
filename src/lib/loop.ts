/** The one way this program does something again and again: one pass at a time, backing off while passes fail, until the signal. */
import { setTimeout as wait } from 'node:timers/promises'

const MAX_BACKOFF_MS = 30_000

export interface LoopOptions {
  everyMs: number
  signal: AbortSignal
  onError: (error: unknown) => void
}

/** A pass that answers 'more' is followed by the next one at once. */
export async function loop(
  pass: () => Promise<'more' | 'done' | undefined>,
  { everyMs, signal, onError }: LoopOptions,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    let pauseMs = everyMs
    try {
      if ((await pass()) === 'more') pauseMs = 0
      failures = 0
    } catch (error) {
      failures++
      pauseMs = Math.min(everyMs * 2 ** failures, MAX_BACKOFF_MS)
      onError(error)
    }
    if (pauseMs > 0) await wait(pauseMs, undefined, { signal }).catch(() => undefined) // rejects only when aborted
  }
}
