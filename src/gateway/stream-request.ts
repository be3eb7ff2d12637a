/** What a request for a stream asks: by its address, as EventSource does, or by a body of JSON, as graphql-sse does. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Asked {
  query: string
  variables?: Record<string, unknown> | null
  operationName?: string | null
}

export interface Refusal {
  status: number
  message: string
  headers?: OutgoingHttpHeaders
}

/** The body's type and length were judged before. */
export async function askedIn(request: IncomingMessage, search: URLSearchParams): Promise<Asked | Refusal> {
  const { method, headers } = request
  if (method !== 'GET' && method !== 'POST')
    return { status: 405, message: 'Subscribe by GET or POST', headers: { allow: 'GET, POST' } }
  if (!/text\/event-stream|text\/\*|\*\/\*/i.test(headers.accept ?? '*/*'))
    return { status: 406, message: 'Here are server-sent events only: accept text/event-stream' }
  try {
    const given = method === 'GET' ? fromAddress(search) : JSON.parse(await text(request))
    return isAsked(given)
      ? given
      : { status: 400, message: 'Give query (text), variables (an object) and operationName (text)' }
  } catch {
    return { status: 400, message: method === 'GET' ? 'variables is no JSON' : 'The body is no JSON' }
  }
}

function fromAddress(search: URLSearchParams): unknown {
  const variables = search.get('variables')
  return {
    query: search.get('query'),
    variables: variables ? JSON.parse(variables) : null,
    operationName: search.get('operationName'),
  }
}

function isAsked(given: unknown): given is Asked {
  if (typeof given !== 'object' || given === null) return false
  const { query, variables = null, operationName = null } = given as Record<string, unknown>
  return (
    typeof query === 'string' &&
    typeof variables === 'object' &&
    !Array.isArray(variables) &&
    (operationName === null || typeof operationName === 'string')
  )
}
