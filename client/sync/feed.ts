/** Keeps the store as the server is: hears the feed, and after a resync reads again what has really changed. */
import type { Connection } from '../asking.ts'
import type { Environment } from '../environment.ts'
import {
  ConversationsDocument,
  type EventFragment,
  FeedDocument,
  type FeedSubscription,
  ViewerDocument,
} from '../generated/graphql.ts'
import { apply, type ConversationLogEvent } from '../store/apply.ts'
import type { Refresher } from '../store/refresher.ts'
import { putConversation, type Store } from '../store/store.ts'
import type { User } from '../types.ts'
import { keepAsking } from './keep-asking.ts'
import type { Listening } from './listening.ts'
import { type Heard, pause, resync } from './resync.ts'

const LIST_PAGE = 30

export interface Feed {
  /** Resolves when each event since is heard: only then what is read joins what is held. */
  live(): Promise<void>
  /** A page more of the list of conversations. */
  loadConversations(): Promise<void>
  stop(): void
}

interface Options extends Pick<Environment, 'clock'> {
  store: Store
  connection: Pick<Connection, 'request' | 'subscribe'>
  refresher: Refresher
  listening: Listening
  /** Who looks, as the server says. */
  viewerIs(viewer: User): void
  /** Something of the store that is kept has changed. */
  moved(): void
  /** The list of conversations has been read as far as it was asked for. */
  listed(): void
}

export function createFeed({ store, connection, refresher, listening, clock, viewerIs, moved, listed }: Options): Feed {
  let live = Promise.withResolvers<void>()
  let isToRead = store.cursor === null
  /** The feed did not go on where it was, and this had been heard. */
  let heardBefore: Heard = []
  let isStopped = false
  let stop = subscribe()
  if (!isToRead) listed()
  void keepAsking(clock, () => connection.request(ViewerDocument)).then(({ viewer }) => viewerIs(viewer.user), ignore)

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
    store.cursor = null
    broken()
    stop = subscribe()
  }

  function broken(): void {
    isToRead = true
    heardBefore = pause(store)
    live = Promise.withResolvers()
  }

  function hear(event: EventFragment): void {
    if (event.__typename === 'ResyncRequired') broken()
    else if (event.__typename === 'Subscribed') subscribed()
    else hearEvent(event)
    store.cursor = event.cursor
    moved()
  }

  function hearEvent(event: EventFragment): void {
    if ('conversation' in event && 'seq' in event && listening.hears(event.conversation.id)) return
    const applied = apply(store, event, refresher)
    if (applied === 'STALE') listening.readAgain((event as ConversationLogEvent).conversation.id, event as never)
  }

  function subscribed(): void {
    live.resolve()
    if (!isToRead) return
    isToRead = false
    const heard = heardBefore
    void keepAsking(clock, async () => {
      await resync(heard, { store, connection, refresher, listening })
      await readList(null)
    }).catch(ignore)
  }

  async function readList(after: string | null): Promise<void> {
    const { conversations } = await connection.request(ConversationsDocument, { first: LIST_PAGE, after })
    for (const { node } of conversations.edges) putConversation(store, node)
    store.listCursor = conversations.pageInfo.endCursor
    store.hasMoreConversations = conversations.pageInfo.hasNextPage
    listed()
    moved()
  }

  return {
    live: () => live.promise,
    async loadConversations() {
      await live.promise
      if (store.hasMoreConversations) await readList(store.listCursor)
    },
    stop() {
      isStopped = true
      stop()
    },
  }
}

/** Closed, or refused for good: the connection's state tells why. */
const ignore = () => {}
