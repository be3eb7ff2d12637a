/** `@parley/client/relay`: Relay's network over the kit's connection, and connections in which pages and what is said live are one list. */
import {
  ConnectionHandler,
  DefaultHandlerProvider,
  type INetwork,
  Network,
  Observable,
  type RecordProxy,
  type RecordSourceProxy,
  type SelectorStoreUpdater,
} from 'relay-runtime'
import { createCarrier, type Operation } from './caches/carrier.ts'
import { newsOf } from './caches/news.ts'
import type { Connection } from './connection.ts'

export interface ParleyRelay {
  /** Queries and mutations are answered over the connection, subscriptions go on after each cut. */
  network: INetwork
  /** Of the environment: a page that comes late takes nothing away that was heard meanwhile. */
  handlerProvider: typeof DefaultHandlerProvider
  /**
   * The `updater` of a subscription to conversationEvents, or without `conversationId` to the feed. `key`: of the `@connection` of messages.
   * Invalidates what has to be fetched again.
   */
  hear(key: string, conversationId?: string): SelectorStoreUpdater<unknown>
}

export function parleyRelay(connection: Connection): ParleyRelay {
  const carry = createCarrier(connection)
  let isFirst = false

  const ask = (
    { text, name, operationKind }: { text?: string | null; name: string; operationKind: string },
    variables: Record<string, unknown>,
  ) =>
    Observable.create<never>(({ next, error, complete }) =>
      carry(
        { kind: operationKind as Operation['kind'], query: text ?? '', operationName: name, variables },
        {
          next(answer, isFirstOfIt) {
            isFirst = isFirstOfIt // the updater runs within `next`
            next(answer as never)
            isFirst = false
          },
          error,
          complete,
        },
      ),
    )

  return {
    network: Network.create(ask, ask),
    handlerProvider: (name) => (name === 'connection' ? Joining : DefaultHandlerProvider(name)),
    hear: (key, conversationId) => (store, data) => {
      const [field = ''] = Object.keys((data as object | null) ?? {})
      const event = field ? (store.getRootField(field as never) as RecordProxy | null) : null
      const news = newsOf(toldBy(event), conversationId ?? null, isFirst)
      if (news?.kind === 'hidden') store.delete(news.messageId)
      if (news?.kind === 'said') {
        const conversation = store.get(news.conversationId) ?? store.create(news.conversationId, 'Conversation')
        const message = store.get(news.messageId)
        if (message) conversation.setLinkedRecords([...heardOf(conversation), message], HEARD)
        const list = ConnectionHandler.getConnection(conversation, key)
        if (list) join(store, conversation, list)
      }
      if (news?.kind === 'unsure' && news.conversationId === null) store.invalidateStore()
      else if (news?.kind === 'unsure')
        store
          .get(news.conversationId ?? '')
          ?.setLinkedRecords([], HEARD)
          .invalidateRecord()
    },
  }
}

const HEARD = 'heard'
const EDGE = 'ConversationMessagesConnectionEdge'

const Joining: typeof ConnectionHandler = {
  ...ConnectionHandler,
  update(store, payload) {
    ConnectionHandler.update(store, payload)
    const conversation = store.get(payload.dataID)
    const list = conversation?.getLinkedRecord(payload.handleKey)
    if (conversation?.getType() === 'Conversation' && list?.getType() === 'ConversationMessagesConnection')
      join(store, conversation, list)
  },
}

/** What was heard after the newest that the list holds comes to its end. */
function join(store: RecordSourceProxy, conversation: RecordProxy, list: RecordProxy): void {
  if (list.getLinkedRecord('pageInfo')?.getValue('hasNextPage') === true) return
  const held = Math.max(
    0,
    ...(list.getLinkedRecords('edges') ?? []).map((edge) => seqOf(edge?.getLinkedRecord('node'))),
  )
  for (const message of heardOf(conversation))
    if (seqOf(message) > held)
      ConnectionHandler.insertEdgeAfter(list, ConnectionHandler.createEdge(store, list, message, EDGE))
}

const heardOf = (conversation: RecordProxy) =>
  (conversation.getLinkedRecords(HEARD) ?? []).filter((each) => each !== null)
const seqOf = (message: RecordProxy | null | undefined) => Number(message?.getValue('seq') ?? 0)

function toldBy(event: RecordProxy | null) {
  const message = event?.getLinkedRecord('message')
  return {
    __typename: event?.getType(),
    messageId: event?.getValue('messageId'),
    conversation: { id: event?.getLinkedRecord('conversation')?.getDataID() },
    message: message && {
      id: message.getDataID(),
      inThread: message.getValue('inThread') === true,
      alsoInConversation: message.getValue('alsoInConversation') === true,
    },
  } as Parameters<typeof newsOf>[0]
}
