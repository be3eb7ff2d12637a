/** Operations of other caches over the connection, in an order in which each page is either wholly before what is heard, or wholly after its beginning. */
import type { Answer, Connection, Payload } from '../asking.ts'
import type { RequestError } from '../errors.ts'

export interface Operation extends Payload {
  kind: 'query' | 'mutation' | 'subscription'
}

/** As Apollo, urql and Relay all have it. Refusals come by `next`, as GraphQL's errors. */
export interface Receiver {
  /** `isFirst`: of a subscription that goes on after nothing: what was said before it is not known. */
  next(answer: Answer, isFirst: boolean): void
  /** There was no answer. */
  error(error: RequestError): void
  complete(): void
}

/** Answers what ends the operation. */
export type Carry = (operation: Operation, receiver: Receiver) => () => void

/** These say `Subscribed` as soon as they have begun; others are silent until something happens. */
const TELLS_ITS_BEGINNING = /\b(feed|conversationEvents)\b/

export function createCarrier({ execute, subscribe }: Pick<Connection, 'execute' | 'subscribe'>): Carry {
  const asked = new Set<Promise<unknown>>()
  const beginning = new Set<Promise<unknown>>()

  function ask({ kind, ...payload }: Operation, { next, error, complete }: Receiver): () => void {
    let isWanted = true
    const listening = kind === 'query' ? Promise.all(beginning) : Promise.resolve()
    const given = listening.then(async () => {
      try {
        const answer = await execute(payload)
        if (!isWanted) return
        next(answer, false)
        complete()
      } catch (cause) {
        if (isWanted) error(cause as RequestError)
      }
    })
    if (kind === 'query') remember(asked, given)
    return () => {
      isWanted = false
    }
  }

  function listen({ kind: _, ...payload }: Operation, { next, complete }: Receiver): () => void {
    const begun = Promise.withResolvers<void>()
    if (TELLS_ITS_BEGINNING.test(payload.query)) remember(beginning, begun.promise)
    let isFirst = payload.variables?.after == null
    let isOver = false
    let stop = () => {}

    void Promise.all(asked).then(() => {
      if (isOver) return
      stop = subscribe(payload, {
        next(answer) {
          next(answer, isFirst)
          isFirst = false
          begun.resolve()
        },
        error({ code, message, retryable, retryAfterMs }) {
          begun.resolve()
          next({ errors: [{ message, extensions: { code, retryable, retryAfterMs } }] }, false)
          complete()
        },
        complete() {
          begun.resolve()
          complete()
        },
      })
    })
    return () => {
      isOver = true
      begun.resolve()
      stop()
    }
  }

  return (operation, receiver) =>
    operation.kind === 'subscription' ? listen(operation, receiver) : ask(operation, receiver)
}

function remember(promises: Set<Promise<unknown>>, promise: Promise<unknown>): void {
  promises.add(promise)
  void promise.then(() => promises.delete(promise))
}
