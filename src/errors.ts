/** Every error a user can meet: one table, one class. docs/ERRORS.md is printed from it. */

export const errors = {
  UNAUTHENTICATED: {
    message: 'A valid token is needed: send it as "Authorization: Bearer …", or in connection_init over WebSocket',
    retryable: false,
  },
  TOKEN_EXPIRED: {
    message:
      'The token of this socket has expired: renew it with the mutation renewSession, or connect again with a new one',
    retryable: false,
  },
  TENANT_SUSPENDED: {
    message: 'The operator has suspended this tenant: nobody of it is let in until it is resumed',
    retryable: false,
  },
  NOT_FOUND: { message: 'There is nothing of that id that you may know of', retryable: false },
  FORBIDDEN: { message: 'You may not do this', retryable: false },
  INVALID_INPUT: { message: 'An argument is not acceptable', retryable: false },
  LIMIT_EXCEEDED: { message: 'A limit was passed', retryable: false },
  RATE_LIMITED: { message: 'Too much at once: come again after retryAfterMs', retryable: true },
  SLOW_MODE: { message: 'This conversation is in slow mode: say the next thing after retryAfterMs', retryable: true },
  UNTRUSTED_DOCUMENT: {
    message:
      'Only documents of this server’s manifest may be asked here: send extensions.persistedQuery.sha256Hash or documentId',
    retryable: false,
  },
  IDEMPOTENCY_CONFLICT: {
    message: 'This client id was used before with other content; use a new one for a new message',
    retryable: false,
  },
  STALE_WRITE: {
    message: 'It is no longer as you saw it: read it again before you change it',
    retryable: false,
  },
  SERVICE_UNAVAILABLE: {
    message: 'The server cannot store or read just now; nothing was lost, repeat with the same client id',
    retryable: true,
  },
} as const satisfies Record<string, { message: string; retryable: boolean }>

/** The database is away, or overloaded: it may be back at any time. */
export const RETRY_AFTER_MS = 1_000

export type ErrorCode = keyof typeof errors

export interface ErrorDetails {
  /** What was wrong here, in place of the table's general text. */
  message?: string
  /** The argument that is not acceptable, as `input.text`. */
  path?: string
  /** Name and value of the limit that was passed. */
  limit?: string
  /** Name of the feature that the tenant has switched off. */
  feature?: string
  max?: number
  retryAfterMs?: number
}

export class ChatError extends Error {
  override name = 'ChatError'
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(details.message ?? errors[code].message, options)
    this.code = code
    this.retryable = errors[code].retryable
    this.details = details
  }
}

/** A setting, a folder or a server that keeps the program from starting; its text says what to do. */
export class StartError extends Error {
  override name = 'StartError'
}
