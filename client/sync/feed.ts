/** Keeps the store as the server is: hears the feed, and after a resync reads again what has really changed. */
import type { Connection } from '../asking.ts'
import type { Environment } from '../environment.ts'
import {
  ContactRequestsDocument,
  ConversationsDocument,
  type EventFragment,
  FeedDocument,
  type FeedSubscription,
} from '../generated/graphql.ts'
import { isOfOwnLog } from '../once.ts'
import { apply, type ConversationLogEvent } from '../store/apply.ts'
import type { Refresher } from '../store/refresher.ts'
import { heardOf, putConversation, type Store } from '../store/store.ts'
import { keepAsking } from './keep-asking.ts'
import type { Listening } from './listening.ts'
import { pause, resync } from './resync.ts'
import { putRequests, readSafety } from './safety.ts'

const LIST_PAGE = 30

export interface Feed {
  /** Resolves when each event since is heard: only then what is read joins what is held. */
  live(): Promise<void>
  /** A page more of the list of conversations. */
  loadConversations(): Promise<void>
  /** The same of the requests. */
  loadRequests(): Promise<void>
  /** From now: nothing that was kept counts. */
  beginAnew(): void
  stop(): void
}

interface Options extends Pick<Environment, 'clock'> {
  store: Store
  connection: Pick<Connection, 'request' | 'subscribe'>
  refresher: Refresher
  listening: Listening
  /** Something of the store that is kept has changed. */
  moved(): void
  /** The list of conversations has been read as far as it was asked for. */
  listed(): void
}

export function createFeed({ store, connection, refresher, listening, clock, moved, listed }: Options): Feed {
  let live = Promise.withResolvers<void>()
  let isLive = false
  if (store.cursor === null) store.heardBefore ??= []
  let isToRead = store.heardBefore !== null
  let isStopped = false
  let stop = subscribe()
  if (!isToRead) listed()

  function subscribe(): () => void {
    const variables = { after: store.cursor ?? undefined }
    return connection.subscribe<FeedSubscription>(
      { query: String(FeedDocument), variables },
      {
        next: ({ data }) => data && hear(data.feed),
        // A cursor that this server cannot read is of another one, or of other secrets.
        error: ({ code }) => (code === 'INVALID_INPUT' && store.cursor !== null ? beginAnew() : undefined),
        complete: () => {},
      },
    )
  }

  function beginAnew(): void {
    if (isStopped) return
    stop()
    store.cursor = null
    broken()
    stop = subscribe()
  }

  function broken(): void {
    isToRead = true
    store.heardBefore = [...(store.heardBefore ?? []), ...pause(store)]
    if (isLive) live = Promise.withResolvers() // else those who wait already go on waiting
    isLive = false
  }

  function hear(event: EventFragment): void {
    if (event.__typename === 'ResyncRequired') broken()
    else if (event.__typename === 'Subscribed') subscribed()
    else hearEvent(event)
    store.cursor = event.cursor
    moved()
  }

  function hearEvent(event: EventFragment): void {
    if (isOfConversation(event) && listening.hears(event.conversation.id)) return
    const applied = apply(store, event, refresher)
    if (applied === 'STALE' && isOfConversation(event)) listening.readAgain(event.conversation.id, event)
    // One sees its past now, or another part of it.
    if (event.__typename === 'ConversationJoined') listening.readAgain(event.conversation.id)
  }

  function subscribed(): void {
    isLive = true
    live.resolve()
    if (!isToRead) return
    isToRead = false
    void keepAsking(clock, async () => {
      const heard = store.heardBefore ?? []
      await resync(heard, { store, connection, refresher, listening })
      await readList(null)
      await readSafety({ store, connection, refresher })
      listed()
      moved()
      // Another break meanwhile has added to it, and begins again.
      if (store.heardBefore === heard) store.heardBefore = null
    }).catch(() => {}) // closed, or refused for good: the connection's state tells why
  }

  async function readList(after: string | null): Promise<void> {
    const variables = { first: LIST_PAGE, after }
    const heardTo = heardOf(store)
    const { conversations } = await refresher.reading(() => connection.request(ConversationsDocument, variables))
    for (const { node } of conversations.edges) putConversation(store, node, heardTo(node.id))
    store.listCursor = conversations.pageInfo.endCursor
    store.hasMoreConversations = conversations.pageInfo.hasNextPage
    listed()
    moved()
  }

  async function readMoreRequests(): Promise<void> {
    const variables = { first: LIST_PAGE, after: store.requestsCursor }
    const heardTo = heardOf(store)
    const { contactRequests } = await refresher.reading(() => connection.request(ContactRequestsDocument, variables))
    putRequests(store, contactRequests, heardTo)
    moved()
  }

  return {
    live: () => live.promise,
    async loadConversations() {
      await live.promise
      if (store.hasMoreConversations) await readList(store.listCursor)
    },
    async loadRequests() {
      await live.promise
      if (store.hasMoreRequests) await readMoreRequests()
    },
    beginAnew,
    stop() {
      isStopped = true
      stop()
    },
  }
}

function isOfConversation(event: EventFragment): event is ConversationLogEvent {
  return 'conversation' in event && 'seq' in event && !isOfOwnLog(event.__typename)
}
