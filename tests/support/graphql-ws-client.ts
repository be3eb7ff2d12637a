import type { Client } from 'graphql-ws'

/** Its socket is closed. An attempt to connect that is under way, or failed long ago, is not a test's business: `dispose` rejects with it. */
export function disposeOf(client: Pick<Client, 'dispose'>): void {
  Promise.resolve(client.dispose()).catch(() => {})
}
