import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core'
import type { Client as Socket } from 'graphql-ws'
import { resuming } from './resuming.ts'

interface Options {
  url: string
  /** The newest one at any time. */
  token: () => string
  socket: Socket
}

/** Queries and mutations over HTTP, subscriptions over `socket`. */
export function createUrql({ url, token, socket }: Options): Client {
  const { subscribe } = resuming(socket)
  return new Client({
    url: `${url}/graphql`,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: { authorization: `Bearer ${token()}` } }),
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({ unsubscribe: subscribe({ query, variables: { ...variables } }, sink as never) }),
        }),
      }),
    ],
  })
}
