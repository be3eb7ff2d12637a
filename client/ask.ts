/** A query or a mutation over one socket, and what becomes of errors. */
import type { Payload } from './asking.ts'
import { RequestError } from './errors.ts'
import type { GraphqlError, Socket } from './socket.ts'

/** Rejects with a RequestError: OFFLINE where the socket ended before the answer. */
export function ask<Data>(socket: Socket, payload: Payload): Promise<Data> {
  return new Promise((resolve, reject) => {
    socket.execute<Data>(payload, {
      next: ({ data, errors }) => (data && !errors?.length ? resolve(data) : reject(refusal(errors ?? []))),
      refused: (errors) => reject(refusal(errors)),
      complete: () => reject(refusal([])), // after an answer it changes nothing
      lost: () =>
        reject(new RequestError('OFFLINE', 'The connection ended before the answer came', { retryable: true })),
    })
  })
}

/** What the first of them says. */
export function refusal(errors: readonly GraphqlError[]): RequestError {
  const { message, extensions = {} } = errors[0] ?? { message: 'The server gave no answer' }
  const { code = 'BAD_REQUEST', retryable = false, retryAfterMs = null } = extensions as Record<string, never>
  return new RequestError(code, message, { retryable, retryAfterMs })
}
