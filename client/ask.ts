/** A query or a mutation over one socket, and what becomes of errors. */
import type { Answer, Payload } from './asking.ts'
import { RequestError } from './errors.ts'
import type { GraphqlError, Socket } from './socket.ts'

/** Data and errors as they came. Rejects with a RequestError: OFFLINE where the socket ended before the answer. */
export function answerTo<Data>(socket: Socket, payload: Payload): Promise<Answer<Data>> {
  return new Promise((resolve, reject) => {
    socket.execute<Data>(payload, {
      next: resolve,
      refused: (errors) => resolve({ errors }),
      complete: () => reject(refusal([])), // after an answer it changes nothing
      lost: () =>
        reject(new RequestError('OFFLINE', 'The connection ended before the answer came', { retryable: true })),
    })
  })
}

/** Rejects with a RequestError also where there is an error beside the data. */
export async function ask<Data>(socket: Socket, payload: Payload): Promise<Data> {
  return dataOf(await answerTo<Data>(socket, payload))
}

export function dataOf<Data>({ data, errors = [] }: Answer<Data>): Data {
  if (!data || errors.length > 0) throw refusal(errors)
  return data
}

/** What the first of them says. */
export function refusal(errors: readonly GraphqlError[]): RequestError {
  const { message, extensions = {} } = errors[0] ?? { message: 'The server gave no answer' }
  const { code = 'BAD_REQUEST', retryable = false, retryAfterMs = null } = extensions as Record<string, never>
  return new RequestError(code, message, { retryable, retryAfterMs })
}
