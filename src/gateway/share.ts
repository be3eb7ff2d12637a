/** What one event is for one group of readers: executed once, and serialised once. */
import type { ExecutionResult } from 'graphql'
import { forClient } from './errors.ts'

export class Share {
  readonly result: Promise<ExecutionResult>
  #settled: ExecutionResult | null = null
  #bytes: Buffer | null = null
  #waiting: Waiting[] = []

  constructor(result: Promise<ExecutionResult>) {
    this.result = result
    void result.then((settled) => {
      this.#settled = settled
      for (const waiting of this.#waiting) waiting.drain()
      this.#waiting = []
    })
  }

  /** The end of a `next` frame, from its payload on. null until it has been executed. */
  get bytes(): Buffer | null {
    if (!this.#bytes && this.#settled) this.#bytes = bytesOf(this.#settled)
    return this.#bytes
  }

  waitsFor(waiting: Waiting): void {
    this.#waiting.push(waiting)
  }
}

function bytesOf(result: ExecutionResult): Buffer {
  const errors = result.errors?.map((error) => forClient(error).toJSON())
  return Buffer.from(`${JSON.stringify(errors ? { ...result, errors } : result)}}`)
}

interface Waiting {
  drain(): void
}
