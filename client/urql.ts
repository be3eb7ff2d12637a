/** `@parley/client/urql`: all of urql over the kit's connection, and Graphcache in which pages and what is said live are one list. */
import { type Exchange, subscriptionExchange } from '@urql/core'
import type { Cache, CacheExchangeOpts, Resolver, UpdateResolver } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { createCarrier } from './caches/carrier.ts'
import { type News, newsOf, type Told } from './caches/news.ts'
import type { Connection } from './connection.ts'

export interface ParleyUrql {
  /** Ends the chain: queries and mutations are answered over the connection, subscriptions go on after each cut. */
  exchange: Exchange
  /** For `cacheExchange`. */
  cache: Required<Pick<CacheExchangeOpts, 'keys' | 'resolvers' | 'updates'>>
}

export function parleyUrql(connection: Connection): ParleyUrql {
  const carry = createCarrier(connection)
  const firsts = new WeakSet<object>()
  const shown = new Set<string>()

  const exchange = subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: ({ query, variables, operationName, extensions }, { kind }) => ({
      subscribe: ({ next, error, complete }) => ({
        unsubscribe: carry(
          {
            kind: kind as 'query',
            query: query ?? '',
            variables: variables as Record<string, unknown>,
            operationName,
            extensions,
          },
          {
            next(answer, isFirst) {
              const [event] = Object.values(answer.data ?? {})
              if (isFirst && event) firsts.add(event as object)
              next(answer as Parameters<typeof next>[0])
            },
            error,
            complete,
          },
        ),
      }),
    }),
  })

  const hear: UpdateResolver = (data, { conversationId = null }, cache, { fieldName }) => {
    const event = data[fieldName] as unknown as Told
    const news = newsOf(event, conversationId as string | null, firsts.has(event))
    if (news) tell(cache, news, shown)
  }

  const messages: Resolver = (parent, args, cache, info) => {
    shown.add(info.parentKey)
    const list = pages(parent, args, cache, info) as Page | undefined
    if (!list || list.pageInfo.hasNextPage) return list as never
    const seqOf = (node: unknown) => (cache.resolve(node as string, 'seq') as number | undefined) ?? 0
    const held = Math.max(0, ...list.edges.map((edge) => seqOf(cache.resolve(edge, 'node'))))
    const more = heardOf(cache, info.parentKey).filter((node) => seqOf(node) > held)
    const edges = more.map((node) => ({ __typename: 'ConversationMessagesConnectionEdge', cursor: '', node }))
    return { ...list, edges: [...list.edges, ...edges] } as never
  }

  return {
    exchange,
    cache: {
      // What has no id is kept where it stands.
      keys: new Proxy({}, { get: () => idOf }),
      resolvers: {
        Query: { conversations: pages, discoverConversations: pages, users: pages },
        Conversation: { messages, timeline: pages, members: pages, invites: pages },
        Message: { revisions: pages },
        Thread: { messages: pages },
      },
      updates: { Subscription: { conversationEvents: hear, feed: hear } },
    },
  }
}

interface Page {
  edges: string[]
  pageInfo: { hasNextPage: boolean }
}

const pages = relayPagination()
const idOf = ({ id }: { id?: unknown }) => (typeof id === 'string' ? id : null)
const heardOf = (cache: Cache, conversation: string) => (cache.resolve(conversation, 'heard') as string[] | null) ?? []

/** What is heard is kept beside the pages, and joined to them when they are read: so it does not matter which of the two comes first. */
function tell(cache: Cache, news: News, shown: Set<string>): void {
  if (news.kind === 'hidden') cache.invalidate({ __typename: 'Message', id: news.messageId })
  else if (news.kind === 'said') {
    const of = `Conversation:${news.conversationId}`
    cache.link(of, 'heard', [...heardOf(cache, of), `Message:${news.messageId}`])
  } else {
    const unsure = news.conversationId === null ? shown : [`Conversation:${news.conversationId}`]
    for (const each of unsure) readAgain(cache, each)
  }
}

function readAgain(cache: Cache, conversation: string): void {
  cache.link(conversation, 'heard', [])
  for (const { fieldName, arguments: args } of cache.inspectFields(conversation))
    if (fieldName === 'messages') cache.invalidate(conversation, fieldName, args)
}
