/** With which code and reason a socket is closed. The graphql-ws client takes all of these up again; 4400, 4401, 4406, 4409, 4429 and 4500 are the library's, and final. */
import type { ErrorCode } from '../errors.ts'

/** The node goes; its clients come back elsewhere. */
export const GOING_AWAY = 1012
/** The node cannot serve just now, or sheds load. */
export const TRY_LATER = 1013
export const FORBIDDEN = 4403
/** No connection_init came in time. */
export const SILENT = 4408
export const FRAME_TOO_LARGE = 4511
export const NODE_FULL = 4512
export const TOO_MANY_SOCKETS = 4513

export interface Closing {
  code: number
  reason: string
}

interface Reason {
  code: ErrorCode | 'INTERNAL'
  message?: string
  limit?: string
  max?: number
  retryAfterMs?: number
}

/** A close frame holds 123 bytes of reason: a message that does not fit is left out. */
export function closing(code: number, reason: Reason): Closing {
  const { message: _message, ...rest } = reason
  const full = JSON.stringify(reason)
  return { code, reason: Buffer.byteLength(full) <= 123 ? full : JSON.stringify(rest) }
}
