import type { Client } from 'graphql-ws'
import { Environment, type GraphQLResponse, Network, Observable, RecordSource, Store } from 'relay-runtime'
import { resuming } from './resuming.ts'

interface Options {
  url: string
  token: () => string | Promise<string>
  socket: Client
}

/** Queries and mutations over HTTP, subscriptions over `socket`. */
export function createRelay({ url, token, socket }: Options): Environment {
  const { subscribe } = resuming(socket)
  return new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(
      async ({ text }, variables) => {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
          body: JSON.stringify({ query: text, variables }),
        })
        return (await response.json()) as GraphQLResponse
      },
      ({ text, name }, variables) =>
        Observable.create<GraphQLResponse>((sink) =>
          subscribe({ query: text ?? '', operationName: name, variables }, sink as never),
        ),
    ),
  })
}
