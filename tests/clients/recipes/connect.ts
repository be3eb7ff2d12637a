import { type Client, createClient } from 'graphql-ws'

/** `url` begins with ws: or wss:. `token` is asked for at every connect, so that a client that comes back brings a fresh one. */
export function connect(url: string, token: () => string | Promise<string>): Client {
  return createClient({
    url: `${url}/graphql`,
    connectionParams: async () => ({ Authorization: `Bearer ${await token()}` }),
    retryAttempts: Number.POSITIVE_INFINITY, // else it gives up after five
    shouldRetry: () => true, // else it gives up at once when the network fails: that is an error to it, before it is a close
  })
}
