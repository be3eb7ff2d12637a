/** `@parley/client/apollo`: all of Apollo Client over the kit's connection, and a cache in which pages and what is said live are one list. */
import { type ApolloClient, ApolloLink, type FieldPolicy, gql, Observable, type TypePolicies } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { print } from 'graphql'
import { createCarrier } from './caches/carrier.ts'
import { type News, newsOf, type Told } from './caches/news.ts'
import type { Connection } from './connection.ts'

/** A link that ends the chain: queries and mutations are answered over the connection, subscriptions go on after each cut. */
export function parleyLink(connection: Connection): ApolloLink {
  const carry = createCarrier(connection)
  return new ApolloLink(({ query, variables, operationName, operationType, extensions, client }) => {
    const payload = { query: print(query), variables, operationName, extensions }
    return new Observable((observer) =>
      carry(
        { ...payload, kind: operationType },
        {
          next(answer, isFirst) {
            observer.next(answer as ApolloLink.Result) // written to the cache before the lists are told
            if (operationType !== 'subscription') return
            const [event] = Object.values(answer.data ?? {}) as Told[]
            const news = newsOf(event, variables.conversationId ?? null, isFirst)
            if (news) tell(client, news)
          },
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        },
      ),
    )
  })
}

/** What is heard is kept beside the pages, and joined to them when they are read: so it does not matter which of the two comes first. */
export const parleyPolicies: TypePolicies = {
  Query: { fields: { conversations: pages(), discoverConversations: pages(), users: pages() } },
  Conversation: {
    fields: {
      messages: withWhatIsHeard(pages()),
      timeline: pages(),
      members: pages(),
      invites: pages(),
      heard: { merge: (before = [], heard) => [...before, ...heard] },
    },
  },
  Message: { fields: { revisions: pages(), mentions: { merge: false }, reactions: { merge: false } } },
  Thread: { merge: true, fields: { messages: pages() } },
  Viewer: { keyFields: [] },
  Membership: { merge: true },
  Unread: { merge: true },
  UnreadTotals: { merge: true },
  // Each is looked at once: a cache that kept them would grow for ever.
  LogEvent: { keyFields: false },
  Subscription: { fields: { conversationEvents: { merge: false }, feed: { merge: false } } },
}

const HEARD = gql`fragment Heard on Conversation { heard { id } }`
const PAGING = new Set(['first', 'last', 'before', 'after', 'around'])

function pages(): ReturnType<typeof relayStylePagination> {
  return relayStylePagination((args) => Object.keys(args ?? {}).filter((name) => !PAGING.has(name)))
}

function withWhatIsHeard(policy: ReturnType<typeof relayStylePagination>): FieldPolicy {
  return {
    ...policy,
    read(existing, options) {
      const list = typeof policy.read === 'function' ? policy.read(existing, options) : existing
      if (!list || list.pageInfo.hasNextPage) return list
      const { readField, canRead } = options
      const seqOf = (node: unknown) => readField<number>('seq', node as never) ?? 0
      const held = Math.max(0, ...list.edges.map(({ node }: { node: unknown }) => seqOf(node)))
      const heard = readField<unknown[]>('heard') ?? []
      const more = heard.filter((node) => canRead(node as never) && seqOf(node) > held)
      const edges = more.map((node) => ({ __typename: 'ConversationMessagesConnectionEdge', cursor: '', node }))
      return { ...list, edges: [...list.edges, ...edges] }
    },
  }
}

function tell(client: ApolloClient, news: News): void {
  const { cache } = client
  if (news.kind === 'hidden') {
    cache.evict({ id: `Message:${news.messageId}` })
  } else if (news.kind === 'said') {
    const heard = [{ __typename: 'Message', id: news.messageId }]
    const data = { __typename: 'Conversation', heard }
    cache.writeFragment({ id: `Conversation:${news.conversationId}`, fragment: HEARD, data })
  } else {
    const all = Object.keys(cache.extract() as object).filter((id) => id.startsWith('Conversation:'))
    const ids = news.conversationId === null ? all : [`Conversation:${news.conversationId}`]
    for (const id of ids) cache.evict({ id, fieldName: 'heard' })
    // A query that is refused says so itself.
    client
      .refetchQueries({
        updateCache(now) {
          for (const id of ids) now.modify({ id, fields: { messages: (_, { INVALIDATE }) => INVALIDATE } })
        },
      })
      .catch(() => {})
  }
}
