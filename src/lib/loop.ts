/** The one way this program does something again and again: one pass at a time, backing off while passes fail, until the signal. */
import { pause } from './pause.ts'

const MAX_BACKOFF_MS = 30_000

export interface LoopOptions {
  everyMs: number
  signal: AbortSignal
  onError: (error: unknown) => void
  /** Asked before each pass; once it is aborted a pass that failed is tried again at once, and what failed before is forgotten. */
  awake?: () => AbortSignal
}

/** A pass that answers 'more' is followed by the next one at once. */
export async function loop(
  pass: () => Promise<'more' | 'done' | undefined>,
  { everyMs, signal, onError, awake }: LoopOptions,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const awoken = awake?.()
    let pauseMs = everyMs
    try {
      if ((await pass()) === 'more') pauseMs = 0
      failures = 0
    } catch (error) {
      failures++
      pauseMs = Math.min(everyMs * 2 ** failures, MAX_BACKOFF_MS)
      onError(error)
    }
    if (pauseMs > 0) await pause(pauseMs, failures && awoken ? AbortSignal.any([signal, awoken]) : signal)
    if (awoken?.aborted) failures = 0
  }
}
