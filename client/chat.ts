/** The chat: makes all parts, and lets them know of each other. */
import type { Chat, ChatOptions } from './api.ts'
import { createAvoiding } from './avoiding.ts'
import { createConnection } from './connection.ts'
import { createContacts } from './contacts.ts'
import { environment } from './environment.ts'
import { userPresence } from './ephemera.ts'
import { ViewerDocument } from './generated/graphql.ts'
import { createOpened } from './opened.ts'
import { newId } from './outbox/entry.ts'
import { createOutbox } from './outbox/outbox.ts'
import { type Done, perform } from './outbox/perform.ts'
import { createSender } from './outbox/sender.ts'
import { createPersistence } from './persist.ts'
import { writable } from './readable.ts'
import { createReports } from './reports.ts'
import { createShown } from './shown.ts'
import { kept } from './storage/kept.ts'
import { hide } from './store/record.ts'
import { createStore, forgetAll, putAnswer } from './store/store.ts'
import { createFeed, type Feed } from './sync/feed.ts'
import { keepAsking } from './sync/keep-asking.ts'
import { createListening } from './sync/listening.ts'
import { createRefresher } from './sync/refresher.ts'
import { createTabs } from './tabs.ts'
import type { Action, OutboxEntry, User } from './types.ts'

const MESSAGES_KEPT = 100

export function createChat(options: ChatOptions): Chat {
  const world = environment(options)
  const { clock, random, signals } = world
  const storage = kept(options.storage)
  const connection = createConnection(options)
  const store = createStore()
  const viewer = writable<User | null>(null)
  /** Whether the server has said who looks: only then it is sure whose outbox this is. */
  let isKnown = false
  let isClosed = false

  const tabs = createTabs({ ...options, storage, clock, owner: newId(random), told: () => void lookAgain() })
  const outbox = createOutbox({ storage, clock, random, changed: store.changed, stored: tabs.tell })
  const sender = createSender({
    outbox,
    clock,
    locks: tabs.locks,
    name: `${storage.name}/outbox`,
    isOpen: () => isKnown && ['online', 'draining'].includes(connection.state.get().status),
    perform: send,
  })
  const entriesOf = (id: string) => outbox.entries.get().filter(({ conversationId }) => conversationId === id)
  const shown = createShown(store, entriesOf, clock)
  const persistence = createPersistence({ store, storage, clock, signals })
  const refresher = createRefresher(store, connection, clock)
  const listening = createListening({ store, connection, refresher, reload: (id) => opened.reload(id) })
  const starting = start()

  const opened = createOpened({
    ...{ store, clock, connection, refresher, listening, entriesOf, add, shown },
    live: async () => (await starting).live(),
    messagesKept: options.messagesKept ?? MESSAGES_KEPT,
  })
  store.onChange((id) => {
    shown.invalidate(id)
    opened.invalidate(id)
    persistence.moved()
  })
  connection.state.subscribe(sender.wake)

  /** What was kept is shown first; then the feed goes on from there. */
  async function start(): Promise<Feed> {
    await persistence.restore()
    viewer.set(store.viewer)
    await outbox.reload()
    for (const id of store.records.keys()) store.changed(id)
    const asking = keepAsking(clock, () => connection.request(ViewerDocument))
    const known = asking.then((answer) => viewerIs(answer.viewer.user)).catch(() => {}) // closed meanwhile
    if (store.viewer === null) await known // else whose messages are one's own could not be told
    const feed = createFeed({
      ...{ store, connection, refresher, listening, clock },
      moved: persistence.moved,
      listed: () => shown.setLoading(false),
    })
    for (const id of store.toRead) refresher.ask(id)
    if (isClosed) feed.stop()
    return feed
  }

  function viewerIs(now: User): void {
    const isAnother = store.viewer !== null && store.viewer.id !== now.id
    if (isAnother) forgetAll(store) // the storage is another user's: nothing of it may be shown, let alone sent
    store.viewer = now
    viewer.set(now)
    isKnown = true
    if (isAnother) {
      for (const { id } of outbox.entries.get()) outbox.discard(id)
      void starting.then((feed) => feed.beginAnew())
    }
    for (const id of store.records.keys()) store.changed(id)
    sender.wake()
  }

  async function lookAgain(): Promise<void> {
    await outbox.reload()
    sender.wake()
  }

  function add(conversationId: string, action: Action): OutboxEntry {
    const entry = outbox.add(conversationId, action)
    sender.wake()
    return entry
  }

  function about(messageId: string, action: Action): OutboxEntry {
    const records = [...store.records.values()]
    const record = records.find(({ messages, lastMessage }) => messages.has(messageId) || lastMessage?.id === messageId)
    if (!record) throw new TypeError(`message "${messageId}" is not held; take the id of one that is shown`)
    return add(record.id, action)
  }

  async function send(entry: OutboxEntry): Promise<Done> {
    const { action, conversationId } = entry
    const heardTo = store.record(conversationId).position ?? 0
    const done = await perform(connection, entry)
    if (done.message) putAnswer(store, done.message, heardTo)
    if (action.kind === 'delete' && action.for === 'ME') hide(store.record(conversationId), action.messageId)
    return done
  }

  async function close(): Promise<void> {
    isClosed = true
    sender.stop()
    connection.close()
    void starting.then((feed) => feed.stop())
    persistence.stop()
    await outbox.kept()
    await persistence.save()
    tabs.close()
  }

  return {
    connection: connection.state,
    storage: storage.state,
    viewer,
    conversations: shown.conversations,
    unread: shown.unread,
    outbox: outbox.entries,
    conversation(id) {
      if (!store.records.has(id)) refresher.ask(id)
      return shown.conversation(id)
    },
    ...createContacts({ connection, random, read: refresher.read }),
    ...createAvoiding({ store, connection, refresher, random }),
    avoided: shown.avoided,
    ...createReports({ connection, random }),
    requests: shown.requests,
    async loadRequests() {
      shown.setLoading(true)
      await (await starting).loadRequests().finally(() => shown.setLoading(false))
    },
    async loadConversations() {
      shown.setLoading(true)
      await (await starting).loadConversations().finally(() => shown.setLoading(false))
    },
    open: opened.open,
    presence: (userIds) => userPresence(connection, userIds),
    edit: (messageId, message) => about(messageId, { kind: 'edit', messageId, message }),
    delete: (messageId, scope) => about(messageId, { kind: 'delete', messageId, for: scope }),
    react: (messageId, emoji) => about(messageId, { kind: 'react', messageId, emoji }),
    unreact: (messageId, emoji) => about(messageId, { kind: 'unreact', messageId, emoji }),
    retry(entryId) {
      outbox.retry(entryId)
      sender.wake()
    },
    discard: outbox.discard,
    request: connection.request,
    subscribe: connection.subscribe,
    reconnect: connection.reconnect,
    close,
    async forget() {
      await close()
      for (const key of await storage.keys()) await storage.delete(key)
    },
  }
}
