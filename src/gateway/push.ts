/**
 * The iterator that graphql-ws gets for a subscription: it waits and brings nothing. The events go past the library, straight to the socket; it only hears
 * how the operation ends. Nothing begins before its first `next()`: until then the client may have completed.
 */
import type { ExecutionResult } from 'graphql'
import type { Source } from '../delivery/source.ts'
import { Cancellable } from '../lib/cancellable.ts'
import type { Sink } from './sink.ts'

interface Ends {
  ended: () => void
  expose: (error: unknown) => Error
}

export function pushed(source: Source, sink: Sink, ends: Ends): AsyncIterableIterator<ExecutionResult> {
  const pushing = new Pushing(source, sink, ends)
  return new Cancellable(pushing, () => pushing.end())
}

class Pushing {
  readonly #source: Source
  readonly #sink: Sink
  readonly #ends: Ends
  #isOver = false

  constructor(source: Source, sink: Sink, ends: Ends) {
    this.#source = source
    this.#sink = sink
    this.#ends = ends
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    try {
      this.#source.pushTo(this.#sink)
      for await (const delivered of this.#source) await this.#sink.give(delivered)
      await this.#sink.settled()
      return { done: true, value: undefined }
    } catch (error) {
      throw this.#ends.expose(error)
    } finally {
      this.end()
    }
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#sink.close()
    this.#ends.ended()
    void this.#source.return?.()
  }
}
