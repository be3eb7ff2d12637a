/** The server's past is another one than was heard, or it cannot tell: asks which conversations are still as they were, and reads only the others again. */
import type { Connection } from '../asking.ts'
import { KnownEventsDocument } from '../generated/graphql.ts'
import type { ConversationRecord } from '../store/record.ts'
import type { Refresher } from '../store/refresher.ts'
import { endAt } from '../store/spans.ts'
import type { Store } from '../store/store.ts'
import type { Listening } from './listening.ts'

const AT_ONCE = 50

interface Options {
  store: Store
  connection: Pick<Connection, 'request'>
  refresher: Refresher
  listening: Pick<Listening, 'begin' | 'readAgain'>
}

/** What was heard of each conversation last, before the break. */
export type Heard = NonNullable<Store['heardBefore']>

/** At the break: what is held ends at what was heard, since nobody knows yet what has come after it. */
export function pause(store: Store): Heard {
  // Those that are looked at first.
  const isShown = ({ id }: ConversationRecord) => Number(store.open.has(id))
  const records = [...store.records.values()].sort((a, b) => isShown(b) - isShown(a))
  for (const record of records) {
    record.isUnsure = true
    if (record.position !== null) record.spans = endAt(record.spans, record.position)
  }
  return records.map(({ id, eventId }) => ({ id, eventId: eventId ?? '' }))
}

/** Once the feed goes on, from now. */
export async function resync(heard: Heard, { store, connection, refresher, listening }: Options): Promise<void> {
  for (let begin = 0; begin < heard.length; begin += AT_ONCE) {
    const some = heard.slice(begin, begin + AT_ONCE)
    const { knownEvents } = await connection.request(KnownEventsDocument, { ids: some.map(({ eventId }) => eventId) })
    for (const [n, { id }] of some.entries()) {
      const { hidden, hasAnswers } = store.record(id)
      // What was deleted for oneself, and what was answered but not heard, no event of the conversation vouches for.
      if (!knownEvents[n] || hidden.size > 0 || hasAnswers) listening.readAgain(id)
      else if (store.record(id).isUnsure && store.open.has(id)) void listening.begin(id)
      refresher.ask(id)
    }
  }
}
