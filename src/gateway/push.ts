/**
 * The iterator that graphql-ws gets for a subscription: it waits and brings nothing. The events go past the library, straight to the socket; it only hears
 * how the operation ends. Nothing is given before its first `next()`: until then the client may have completed. It ends the moment it is told to, as a
 * Cancellable does.
 */
import type { ExecutionResult } from 'graphql'
import type { Source } from '../delivery/source.ts'
import type { Sink } from './sink.ts'

interface Ends {
  ended: () => void
  expose: (error: unknown) => Error
}

type Result = IteratorResult<ExecutionResult>

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }

export class Pushing implements AsyncIterableIterator<ExecutionResult> {
  readonly #source: Source
  readonly #sink: Sink
  readonly #ends: Ends
  #isOver = false
  #finish: ((result: Result) => void) | null = null

  constructor(source: Source, sink: Sink, ends: Ends) {
    this.#source = source
    this.#sink = sink
    this.#ends = ends
  }

  next(): Promise<Result> {
    if (this.#isOver) return Promise.resolve(DONE)
    return new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#push().then(resolve, reject)
    })
  }

  async return(): Promise<Result> {
    this.#end()
    this.#finish?.(DONE)
    return DONE
  }

  async throw(error: unknown): Promise<never> {
    this.#end()
    this.#finish?.(DONE)
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #push(): Promise<Result> {
    try {
      this.#source.pushTo(this.#sink)
      for await (const delivered of this.#source) await this.#sink.give(delivered)
      await this.#sink.settled()
      return DONE
    } catch (error) {
      throw this.#ends.expose(error)
    } finally {
      this.#end()
    }
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#sink.close()
    this.#ends.ended()
    void this.#source.return?.()
  }
}
