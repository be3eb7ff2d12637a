/** GraphiQL from local files, with tabs that are ready to read, send and subscribe. In the demo it carries the demo user's token. */

import { createHash } from 'node:crypto'
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
      const options = {
        title: 'Parley',
        endpoint: GRAPHQL_PATH,
        subscriptionsProtocol: 'WS',
        shouldPersistHeaders: false,
        defaultTabs: tabs(demo?.conversationId ?? 'conv_…'),
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

async function compressedPage(): Promise<{ body: Buffer; etag: string }> {
  const placeholder = { title: 'Parley' }
  const html = renderGraphiQL(placeholder as Parameters<typeof renderGraphiQL>[0])
  const at = html.lastIndexOf(JSON.stringify(placeholder))
  const script = `<script>document.write('<script src="${OPTIONS_PATH}' + location.search + '"></' + 'script>')</script>`
  const text = `${html.slice(0, at)}window.GRAPHIQL_OPTIONS${html.slice(at + JSON.stringify(placeholder).length)}`
  const body = await promisify(gzip)(text.replace('<div id="root"></div>', () => `<div id="root"></div>${script}`))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

/** Everything stands in the text: GraphiQL forgets the variables of a tab that it opens with. */
function tabs(conversationId: string): { query: string }[] {
  return [
    `query Read {
  viewer { user { name } }
  conversation(id: "${conversationId}") {
    title
    memberCount
    messages(last: 10) {
      edges { node { seq author { name } text createdAt } }
      pageInfo { hasPreviousPage startCursor }
    }
  }
}
`,
    `# Press play here, then send from the next tab, or from another window.
subscription Listen {
  conversationEvents(conversationId: "${conversationId}") {
    __typename
    cursor
    ... on MessageSent { seq message { author { name } text } }
  }
}
`,
    `# Sent again with the same clientMessageId it is stored once: change it for another message.
mutation Send {
  sendMessage(input: {
    conversationId: "${conversationId}"
    clientMessageId: "first"
    text: "Hello from GraphiQL"
  }) {
    __typename
    ... on SendMessagePayload { deduplicated message { id seq text } }
    ... on ChatError { code explanation retryable }
  }
}
`,
  ].map((query) => ({ query }))
}
