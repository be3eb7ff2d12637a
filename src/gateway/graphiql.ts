/** GraphiQL from local files, with tabs that are ready to read, send and subscribe. In the demo it carries the demo user's token. */

import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { GRAPHQL_PATH } from './graphql.ts'

export const OPTIONS_PATH = '/graphiql/options.js'

/** The demo tenant's users; null wherever there is no demo. */
export interface Demo {
  /** null for nobody of that name. */
  tokenFor(externalId: string): Promise<string | null>
  conversationId: string
}

/** The same bytes for everybody, so that they are compressed once; who asks is told by a small script beside it. */
export function createGraphiql(demo: Demo | null) {
  let page: Promise<{ body: Buffer; etag: string }> | null = null

  return {
    async page(request: IncomingMessage, response: ServerResponse): Promise<void> {
      page ??= compressedPage()
      const { body, etag } = await page
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-encoding': 'gzip',
        'cache-control': 'no-cache',
        etag,
      }
      if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end()
      else response.writeHead(200, headers).end(body)
    },

    async options(search: URLSearchParams, response: ServerResponse): Promise<void> {
      const user = search.get('user')
      const token = demo && user ? await demo.tokenFor(user) : null
      const ready = tabs(demo?.conversationId ?? 'conv_…')
      const options = {
        title: 'Parley',
        endpoint: GRAPHQL_PATH,
        subscriptionsProtocol: 'WS',
        shouldPersistHeaders: false,
        defaultTabs: ready,
        variables: ready[0]?.variables, // GraphiQL forgets those of the tab that it opens with
        ...(token && bearer(token)),
      }
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' })
      response.end(`window.GRAPHIQL_OPTIONS = ${JSON.stringify(options).replaceAll('<', '\\u003c')}`)
    },
  }
}

/** Over HTTP, and in connection_init. */
function bearer(token: string) {
  const headers = { Authorization: `Bearer ${token}` }
  return { additionalHeaders: headers, connectionParams: headers }
}

/** GraphiQL lays itself out for wide screens only. */
const NARROW = `<style>@media (max-width: 720px) {
  .graphiql-container, .graphiql-container #graphiql-session { flex-direction: column; }
  .graphiql-container #graphiql-session > .graphiql-horizontal-drag-bar { display: none; }
  .graphiql-container .graphiql-sidebar { flex-direction: row; width: auto; }
}</style>`

async function compressedPage(): Promise<{ body: Buffer; etag: string }> {
  const placeholder = { title: 'Parley' }
  const html = renderGraphiQL(placeholder as Parameters<typeof renderGraphiQL>[0])
  const at = html.lastIndexOf(JSON.stringify(placeholder))
  const script = `<script>document.write('<script src="${OPTIONS_PATH}' + location.search + '"></' + 'script>')</script>`
  const text = `${html.slice(0, at)}window.GRAPHIQL_OPTIONS${html.slice(at + JSON.stringify(placeholder).length)}`
  const body = await promisify(gzip)(
    text.replace('<div id="root"></div>', () => `${NARROW}<div id="root"></div>${script}`),
  )
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

function tabs(conversationId: string): { query: string; variables: string }[] {
  const tab = (query: string, more: object = {}) => ({
    query,
    variables: JSON.stringify({ conversationId, ...more }, null, 2),
  })
  const send = { clientMessageId: `graphiql-${randomUUID().slice(0, 8)}`, text: 'Hello from GraphiQL' }
  return [tab(READ), tab(LISTEN), tab(SEND, send)]
}

const READ = `query Read($conversationId: ID!) {
  viewer {
    user { name }
  }
  conversation(id: $conversationId) {
    title
    memberCount
    messages(last: 10) {
      edges {
        node { seq author { name } text }
      }
      pageInfo { hasPreviousPage startCursor }
    }
  }
}
`

const LISTEN = `# Press play, then send from a second window:
# GraphiQL stops listening when you change tabs.
subscription Listen($conversationId: ID!) {
  conversationEvents(
    conversationId: $conversationId
  ) {
    __typename
    cursor
    ... on MessageSent {
      seq
      message { author { name } text }
    }
  }
}
`

const SEND = `# The same clientMessageId is stored once:
# take another one for another message.
mutation Send(
  $conversationId: ID!
  $clientMessageId: String!
  $text: String!
) {
  sendMessage(input: {
    conversationId: $conversationId
    clientMessageId: $clientMessageId
    text: $text
  }) {
    __typename
    ... on SendMessagePayload {
      deduplicated
      message { id seq text }
    }
    ... on ChatError {
      code explanation retryable
    }
  }
}
`
