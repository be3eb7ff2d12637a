/** Connects. Where a server turns a client away and says when to come again, the client does as it is told. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Connection, type ConnectionOptions, connect, TurnedAway } from './connection.ts'
import { patiently } from './patience.ts'

const ADMISSION_MS = 60_000

export function connectWhenAdmitted(options: ConnectionOptions): Promise<Connection> {
  const tooLate = AbortSignal.timeout(ADMISSION_MS)
  async function attempts(): Promise<Connection> {
    for (;;) {
      try {
        return await connect(options)
      } catch (error) {
        if (!(error instanceof TurnedAway) || tooLate.aborted) throw error
        await delay(error.retryAfterMs)
      }
    }
  }
  return patiently('being let in', attempts(), ADMISSION_MS)
}
