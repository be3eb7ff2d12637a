/** When the next attempt to connect is made, after those that failed. */
import { backoff } from './backoff.ts'
import type { Environment } from './environment.ts'
import type { RequestError } from './errors.ts'

/** While the browser says that there is no network: it may be wrong. */
const WITHOUT_NETWORK_MS = 20_000

export interface Retries {
  /** By the clock; null while nothing is waited for. */
  at(): number | null
  isAboutToTry(): boolean
  /** The token was refused, also the one that was asked for after that; or there is none. */
  isExpired(): boolean
  /** Answers whether it was the first time: then another token is worth trying at once. */
  refused(): boolean
  /** A token was good. */
  accepted(): void
  /** Until now all was well. */
  wasWell(): void
  /** As if nothing had failed. */
  startOver(): void
  after(why: RequestError): void
  in(waitMs: number): void
  cancel(): void
}

export function createRetries({ clock, random, signals }: Environment, attempt: () => void): Retries {
  let timer: unknown = null
  let at: number | null = null
  let failed = 0
  let refusals = 0
  let wellAt = clock.now()

  function wait(waitMs: number): void {
    cancel()
    at = waitMs === 0 ? null : Math.round(clock.now() + waitMs)
    timer = clock.setTimeout(attempt, waitMs)
  }

  function cancel(): void {
    if (timer !== null) clock.clearTimeout(timer)
    timer = at = null
  }

  function refused(): boolean {
    failed = Math.max(failed, ++refusals)
    return refusals === 1
  }

  return {
    at: () => at,
    isAboutToTry: () => timer !== null && at === null,
    isExpired: () => refusals > 1,
    refused,
    accepted() {
      refusals = 0
    },
    wasWell() {
      if (refusals > 0) return // a socket opens with any token
      wellAt = clock.now()
      failed = 0
    },
    startOver() {
      failed = refusals = 0
      wellAt = clock.now()
    },
    after({ code, retryAfterMs }) {
      const waitMs = backoff({ failed: failed++, sinceMs: clock.now() - wellAt, retryAfterMs }, random)
      if (code === 'SIGNED_OUT') refusals = 2
      else if (code === 'UNAUTHENTICATED' && refused()) wait(0)
      else wait(signals.isOnline() ? waitMs : Math.max(waitMs, WITHOUT_NETWORK_MS))
    },
    in: wait,
    cancel,
  }
}
