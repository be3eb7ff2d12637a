import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client'
import { SetContextLink } from '@apollo/client/link/context'
import { GraphQLWsLink } from '@apollo/client/link/subscriptions'
import { getMainDefinition, relayStylePagination } from '@apollo/client/utilities'
import type { Client } from 'graphql-ws'
import { resuming } from './resuming.ts'

interface Options {
  url: string
  token: () => string | Promise<string>
  socket: Client
  /** Interface or union -> its types, made from the schema when you build. */
  possibleTypes: Record<string, string[]>
}

/** Queries and mutations over HTTP, subscriptions over `socket`. */
export function createApollo({ url, token, socket, possibleTypes }: Options): ApolloClient {
  const bearer = new SetContextLink(async () => ({ headers: { authorization: `Bearer ${await token()}` } }))
  return new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Query: { fields: { conversations: relayStylePagination() } },
        Conversation: { fields: { messages: relayStylePagination(), members: relayStylePagination() } },
        Subscription: { fields: { conversationEvents: { merge: false }, feed: { merge: false } } },
      },
    }),
    link: ApolloLink.split(
      ({ query }) => (getMainDefinition(query) as { operation?: string }).operation === 'subscription',
      new GraphQLWsLink(resuming(socket)),
      ApolloLink.from([bearer, new HttpLink({ uri: `${url}/graphql` })]),
    ),
  })
}
