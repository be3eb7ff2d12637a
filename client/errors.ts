/** The one error of the kit. */

export interface RequestErrorOptions {
  retryable?: boolean
  retryAfterMs?: number | null
  cause?: unknown
}

/** Of what was asked over the connection. `code` is one of docs/ERRORS.md, or of the kit's own README. */
export class RequestError extends Error {
  override name = 'RequestError'
  readonly code: string
  /** Whether the same may succeed later. */
  readonly retryable: boolean
  /** Milliseconds to wait before that; null where nobody has said. */
  readonly retryAfterMs: number | null

  constructor(
    code: string,
    explanation: string,
    { retryable = false, retryAfterMs = null, cause }: RequestErrorOptions = {},
  ) {
    super(explanation, { cause })
    this.code = code
    this.retryable = retryable
    this.retryAfterMs = retryAfterMs
  }
}
