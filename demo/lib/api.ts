/** GraphQL over HTTP, and how its answers are read: an expected error is a member of the union, with a code. */
import { setTimeout as delay } from 'node:timers/promises'

export interface Endpoint {
  url: string
  /** A server key, or a user's token. */
  bearer: string
}

/** What a mutation's document selects of the errors in its union. */
export const ERROR_FIELDS = '... on ChatError { code explanation retryAfterMs }'

export interface Refusal {
  code: string
  explanation: string
  /** When to come again, of what may be asked again. */
  retryAfterMs: number | null
}

export async function ask<Data>({ url, bearer }: Endpoint, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const answer = JSON.parse(text) as { data?: Data; errors?: unknown }
  if (!answer.data || answer.errors) throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)}`)
  return answer.data
}

/** The payload; an error of the union is thrown. */
export function payloadOf<Payload extends object>(result: Payload | Refusal): Payload {
  if ('code' in result) throw new Error(`${result.code}: ${result.explanation}`)
  return result as Payload
}

/** The same; but who is told when to come again waits for so long, and asks the same again. */
export async function whenAllowed<Payload extends object>(asking: () => Promise<Payload | Refusal>): Promise<Payload> {
  for (;;) {
    const result = await asking()
    if (!('code' in result) || result.retryAfterMs === null) return payloadOf<Payload>(result)
    await delay(result.retryAfterMs)
  }
}
