/**
 * The iterator that graphql-ws gets for a subscription: it waits and brings nothing. The events go past the library, straight to the socket; it only hears
 * how the operation ends. Nothing begins before its first `next()`: until then the client may have completed.
 */
import type { ExecutionResult } from 'graphql'
import type { Source } from '../delivery/source.ts'
import { Cancellable } from '../lib/cancellable.ts'
import type { Sink } from './sink.ts'

export function pushed(
  source: Source,
  sink: Sink,
  { ended, expose }: { ended: () => void; expose: (error: unknown) => Error },
): AsyncIterableIterator<ExecutionResult> {
  let isOver = false
  function end(): void {
    if (isOver) return
    isOver = true
    sink.close()
    ended()
    void source.return?.()
  }
  async function next(): Promise<IteratorResult<ExecutionResult>> {
    try {
      source.pushTo(sink)
      for await (const delivered of source) await sink.give(delivered)
      await sink.settled()
      return { done: true, value: undefined }
    } catch (error) {
      throw expose(error)
    } finally {
      end()
    }
  }
  return new Cancellable({ next }, end)
}
