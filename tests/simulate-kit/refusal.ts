/** What the model refuses, in the words of docs/ERRORS.md. */
const RETRYABLE = ['SERVICE_UNAVAILABLE', 'RATE_LIMITED']

export class Refusal extends Error {
  readonly code: string
  readonly retryAfterMs: number | null

  constructor(code: string, retryAfterMs: number | null = null) {
    super(`refused: ${code}`)
    this.code = code
    this.retryAfterMs = retryAfterMs
  }

  /** As a mutation answers it. */
  get payload() {
    const { code, retryAfterMs } = this
    const name = code.toLowerCase().replace(/(^|_)(.)/g, (_all, _line, letter: string) => letter.toUpperCase())
    return { __typename: name, code, explanation: this.message, retryable: RETRYABLE.includes(code), retryAfterMs }
  }

  /** As anything else does. */
  get error() {
    const { code, retryAfterMs } = this
    return { message: this.message, extensions: { code, retryable: RETRYABLE.includes(code), retryAfterMs } }
  }
}
