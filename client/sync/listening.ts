/** Conversations that may have gone on while the feed could not tell: after a resync each is heard by itself, from where it was, while it is shown. */
import type { Connection } from '../asking.ts'
import { type EventFragment, ListenDocument, type ListenSubscription } from '../generated/graphql.ts'
import { apply, type ConversationLogEvent } from '../store/apply.ts'
import type { Refresher } from '../store/refresher.ts'
import { forget, type Store } from '../store/store.ts'

export interface Listening {
  /** Whether it tells of this one, so that the feed need not. */
  hears(id: string): boolean
  /** Goes on after what was heard of it; by the feed where nothing was. Resolves once it does, or cannot. */
  begin(id: string): Promise<void>
  end(id: string): void
  /** What is held of it cannot be continued: forgets it, goes on with this event, and reads it again if it is shown. */
  readAgain(id: string, event?: ConversationLogEvent): void
}

interface Options {
  store: Store
  connection: Pick<Connection, 'subscribe'>
  refresher: Refresher
  /** It is shown, and nothing is held of it any more. */
  reload(id: string): void
}

export function createListening({ store, connection, refresher, reload }: Options): Listening {
  const running = new Map<string, () => void>()

  function begin(id: string): Promise<void> {
    return new Promise((begun) => {
      if (running.has(id)) return begun()
      const record = store.record(id)
      record.isUnsure = false
      if (record.position === null) return begun() // there is nothing to go on after: the feed tells all of it
      const variables = { conversationId: id, afterSeq: record.position }
      const refused = () => {
        begun()
        end(id) // the feed goes on with it
      }
      const stop = connection.subscribe<ListenSubscription>(
        { query: String(ListenDocument), variables },
        {
          next({ data }) {
            begun()
            if (data) hear(id, data.conversationEvents)
          },
          error: refused,
          complete: refused,
        },
      )
      running.set(id, stop)
    })
  }

  function hear(id: string, event: EventFragment): void {
    if (event.__typename === 'ResyncRequired') readAgain(id)
    else if (apply(store, event, refresher) === 'STALE') readAgain(id, event as ConversationLogEvent)
  }

  function end(id: string): void {
    running.get(id)?.()
    running.delete(id)
  }

  function readAgain(id: string, event?: ConversationLogEvent): void {
    const record = store.record(id)
    forget(store, record)
    if (event) {
      record.position = event.seq - 1
      apply(store, event, refresher)
    }
    refresher.ask(id)
    if (store.open.has(id)) reload(id)
  }

  return { hears: (id) => running.has(id), begin, end, readAgain }
}
