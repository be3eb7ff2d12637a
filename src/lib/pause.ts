/** A pause that a signal ends. */
import { setTimeout as wait } from 'node:timers/promises'

export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal && { signal }).catch(() => undefined) // rejects only when aborted
}
