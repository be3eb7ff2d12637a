/** Clients of /graphql/stream: a plain EventSource, and one that hides nothing. */
import { openEvents } from '../../examples/event-source.ts'
import type { Actor } from './actor.ts'
import { createQueue, type Queue } from './queue.ts'

export interface Question {
  query: string
  variables?: object
}

export function streamUrl(url: string, { query, variables }: Question): string {
  const search = new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) })
  return `${url}/graphql/stream?${search}`
}

/** What came of a subscription: the one field's value, or the errors. */
export interface Told {
  id: string
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for.
  event: any
}

export interface PlainEventSource {
  told: Queue<Told>
  close(): void
}

/** It can GET, reads `id:` and `retry:`, comes back by itself with Last-Event-ID, and knows nothing of GraphQL. */
export function openEventSource(url: string, actor: Pick<Actor, 'token'>, question: Question): PlainEventSource {
  const source = openEvents({ url, token: () => actor.token, ...question })
  const told = createQueue<Told>('the event source')
  source.addEventListener('next', ({ lastEventId, data }) => {
    told.push({ id: lastEventId, event: eventIn(data) })
  })
  source.addEventListener('complete', () => told.end('complete'))
  source.addEventListener('error', ({ code }) => {
    if (source.readyState === source.CLOSED) told.end(`status ${code}`)
  })
  return { told, close: () => source.close() }
}

/** Each block of lines as it came. */
export interface RawStream {
  response: Response
  blocks: Queue<string>
  next(): Promise<Told>
  close(): void
}

export async function openRawStream(
  url: string,
  actor: Pick<Actor, 'token'>,
  { question, headers = {} }: { question: Question; headers?: Record<string, string> },
): Promise<RawStream> {
  const ended = new AbortController()
  const response = await fetch(streamUrl(url, question), {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${actor.token}`, ...headers },
    signal: ended.signal,
  })
  const blocks = createQueue<string>('the stream')
  void readBlocks(response, blocks)
  return {
    response,
    blocks,
    async next() {
      const block = await blocks.next((each) => /^event: next$/m.test(each))
      return { id: lineOf(block, 'id'), event: eventIn(lineOf(block, 'data')) }
    },
    close: () => ended.abort(),
  }
}

async function readBlocks({ body }: Response, blocks: Queue<string>): Promise<void> {
  let rest = ''
  try {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = `${rest}${text}`.split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) blocks.push(part)
    }
    blocks.end('ended')
  } catch {
    blocks.end('cut')
  }
}

const lineOf = (block: string, field: string) => new RegExp(`^${field}: (.*)$`, 'm').exec(block)?.[1] ?? ''

function eventIn(text: string): unknown {
  const { data, errors } = JSON.parse(text) as { data?: object; errors?: unknown }
  return errors ? { errors } : Object.values(data ?? {})[0]
}
