/**
 * The iterator that graphql-ws gets for a subscription: it waits and brings nothing. The events go past the library, straight to the socket; it only hears
 * how the operation ends. Nothing is given before its first `next()`: until then the client may have completed. It ends the moment it is told to, as a
 * Cancellable does.
 */
import type { ExecutionResult } from 'graphql'
import type { Delivered } from '../delivery/delivered.ts'
import type { Source } from '../delivery/source.ts'
import type { Sink } from './sink.ts'

interface Ends {
  ended: () => void
  expose: (error: unknown) => Error
}

type Result = IteratorResult<ExecutionResult>
type Next = IteratorResult<Delivered | null>

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }
const NOTHING_YET: Next = { done: false, value: null }

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
      for (let next: Next = NOTHING_YET; !next.done; ) {
        if (next.value) await this.#sink.give(next.value)
        next = NOTHING_YET // else what was given last would be kept as long as nothing comes
        next = await this.#source.next()
      }
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
