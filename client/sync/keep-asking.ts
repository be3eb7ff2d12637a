/** What the state needs is asked for until there is an answer. */
import type { Clock } from '../environment.ts'
import { RequestError } from '../errors.ts'

const AGAIN_MS = 1_000

/** Rejects with what will not succeed later either, and with CLOSED. */
export async function keepAsking<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RequestError) || !isForNow(error)) throw error
      const waitMs = error.code === 'OFFLINE' ? 0 : (error.retryAfterMs ?? AGAIN_MS) // offline: `request` waits by itself
      await new Promise<void>((resolve) => clock.setTimeout(resolve, waitMs))
    }
  }
}

/** Whose token was not good gets another one, by the connection. */
const isForNow = ({ retryable, code }: RequestError) =>
  retryable || code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED'
