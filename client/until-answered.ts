/** A mutation under one id is sent again when the connection ends before its answer: it is done once however often it is sent. */
import { RequestError } from './errors.ts'

/** `request` waits for a connection by itself. Rejects with any other error. */
export async function untilAnswered<T>(request: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await request()
    } catch (error) {
      if (!(error instanceof RequestError) || error.code !== 'OFFLINE') throw error
    }
  }
}
