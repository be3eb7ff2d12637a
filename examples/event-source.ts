import { EventSource } from 'eventsource'

interface Options {
  url: string
  token: () => string | Promise<string>
  query: string
  variables?: object | undefined
}

/** Listen to its `next` events; `data` is a GraphQL result. It comes back by itself, after the event that it had last. */
export function openEvents({ url, token, query, variables = {} }: Options): EventSource {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) })
  const source = new EventSource(`${url}/graphql/stream?${search}`, {
    fetch: async (address, init) =>
      fetch(address, { ...init, headers: { ...init.headers, authorization: `Bearer ${await token()}` } }),
  })
  source.addEventListener('complete', () => source.close()) // else it asks again for what has ended
  return source
}
