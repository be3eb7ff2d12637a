import { type Client, createClient } from 'graphql-sse'

/** Where WebSockets do not pass. `resuming` is for it, too. */
export function connectBySse(url: string, token: () => string | Promise<string>): Client {
  return createClient({
    url: `${url}/graphql/stream`,
    headers: async () => ({ authorization: `Bearer ${await token()}` }),
    retryAttempts: Number.POSITIVE_INFINITY,
  })
}
