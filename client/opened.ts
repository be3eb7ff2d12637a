/** The conversations that are shown, each as often as it is: what is held of the others is bounded. */
import type { OpenConversation } from './api.ts'
import type { Connection } from './asking.ts'
import type { Clock } from './environment.ts'
import { conversationPresence, typing, typingTeller } from './ephemera.ts'
import { type Opened, openConversation } from './open-conversation.ts'
import type { Shown } from './shown.ts'
import type { Refresher } from './store/refresher.ts'
import type { Store } from './store/store.ts'
import { trim } from './store/trim.ts'
import type { Listening } from './sync/listening.ts'
import { createMembers } from './sync/members.ts'
import { createPages } from './sync/pages.ts'
import type { Action, OutboxEntry } from './types.ts'

interface Options {
  store: Store
  clock: Clock
  connection: Connection
  refresher: Refresher
  listening: Listening
  shown: Shown
  messagesKept: number
  /** Resolves when each event is heard. */
  live(): Promise<void>
  entriesOf(id: string): readonly OutboxEntry[]
  add(conversationId: string, action: Action): OutboxEntry
}

export interface OpenedConversations {
  open(id: string): OpenConversation
  invalidate(id: string): void
  /** Nothing is held of it any more. */
  reload(id: string): void
}

export function createOpened(options: Options): OpenedConversations {
  const { store, clock, connection, refresher, listening, shown, messagesKept, live, entriesOf, add } = options
  const all = new Map<string, Set<Opened>>()
  const pages = createPages(store, connection)
  const members = createMembers(store, connection)
  const tellTyping = typingTeller(connection, clock)

  async function known(id: string): Promise<void> {
    await live()
    if (!store.record(id).shared) await refresher.read(id)
  }

  function open(id: string): OpenConversation {
    const own = openConversation({
      ...{ id, store, clock, pages, members, listening, known },
      entries: entriesOf,
      add: (action) => add(id, action),
      conversation: shown.conversation(id),
      typing: typing(connection, id, () => store.viewer),
      presence: conversationPresence(connection, id),
      setTyping: (isTyping) => tellTyping(id, isTyping),
      closed: () => closed(id, own),
    })
    all.set(id, (all.get(id) ?? new Set()).add(own))
    store.open.add(id)
    return own
  }

  function closed(id: string, own: Opened): void {
    const others = all.get(id)
    others?.delete(own)
    if (others?.size) return
    all.delete(id)
    store.open.delete(id)
    listening.end(id)
    trim(store.record(id), messagesKept)
  }

  return {
    open,
    invalidate(id) {
      const shownHere = all.get(id)
      for (const each of shownHere ?? []) each.invalidate()
      if (!shownHere) trimNowAndThen(id)
    },
    reload(id) {
      for (const each of all.get(id) ?? []) each.reload()
    },
  }

  /** Trimming looks at all that is held, so not at each message. */
  function trimNowAndThen(id: string): void {
    const record = store.records.get(id)
    if (record && record.messages.size >= 2 * messagesKept) trim(record, messagesKept)
  }
}
