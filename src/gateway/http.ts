/** One HTTP server: the API, its WebSocket and its event streams, the pages beside it, and health. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { limits } from '../limits.ts'
import type { Log } from '../log.ts'
import { schema } from '../schema/index.ts'
import type { Admission } from './admission.ts'
import { createChatPage } from './chat-page.ts'
import type { Files } from './files.ts'
import { createGraphiql, type Demo, OPTIONS_PATH } from './graphiql.ts'
import { GRAPHQL_PATH, type Graphql } from './graphql.ts'
import type { Origins } from './origins.ts'
import { silentConnections } from './silent-connections.ts'
import { STREAM_PATH, type Stream } from './stream.ts'
import type { Websocket } from './websocket.ts'
import { wsSocketServer } from './ws-socket.ts'

/**
 * Whoever closes an idle connection should be the side that sends on it, or a request meets the closing and fails with ECONNRESET. Load balancers
 * keep theirs for 60 s; Node would close after 5.
 */
const KEEP_ALIVE_MS = 75_000
const OVERFULL_RETRY_SECONDS = 10

interface Dependencies {
  graphql: Graphql
  websocket: Websocket
  stream: Stream
  files: Files
  origins: Origins
  admission: Admission
  logger: Log
  /** null when the node can serve, else why not. */
  notReady: () => Promise<string | null>
  demo: Demo | null
  /** Neither the schema, nor GraphiQL, nor the page is shown. */
  hardened: boolean
}

export interface HttpGateway {
  server: Server
  /** Serves on, but so that whoever asks again finds another node. */
  drain(): void
  /** Takes no new socket and no new connection; what is under way ends by itself. */
  close(): void
  /** Connections over which nothing is asked just now. */
  closeIdle(): void
  /** Whatever is still open. */
  cut(): void
}

export function createHttp({
  graphql,
  websocket,
  stream,
  files,
  origins,
  admission,
  logger,
  notReady,
  demo,
  hardened,
}: Dependencies): HttpGateway {
  const graphiql = hardened ? null : createGraphiql(demo)
  const chatPage = hardened ? null : createChatPage()
  const sockets = wsSocketServer({
    maxFrameBytes: limits.frameBytes.default,
    handleProtocols: websocket.handleProtocols,
    onSocket: websocket.opened,
    logger,
  })

  let isDraining = false
  const schemaText = printSchema(lexicographicSortSchema(schema))

  async function route(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = addressOf(request)
    response.setHeader('vary', 'origin')
    switch (url.path) {
      case GRAPHQL_PATH:
        if (graphiql && request.method === 'GET' && request.headers.accept?.includes('text/html'))
          return graphiql.page(request, response)
        if (request.headers.accept === 'text/event-stream')
          return text(response, 406, `Server-sent events are at ${STREAM_PATH}\n`)
        return refusal(request, response) ?? graphql.handle(request, response)
      case STREAM_PATH:
        return refusal(request, response) ?? stream.handle(request, response, url.search)
      case OPTIONS_PATH:
        if (!graphiql) return nothing(response)
        return isOwnPage(request)
          ? graphiql.options(url.search, response)
          : text(response, 403, 'For the server’s own pages\n')
      case '/schema.graphql':
        return hardened ? nothing(response) : text(response, 200, schemaText)
      case '/healthz':
        return text(response, 200, 'ok\n')
      case '/readyz': {
        const reason = await notReady()
        return reason === null ? text(response, 200, 'ready\n') : text(response, 503, `${reason}\n`)
      }
      default:
        if (files.isFile(url.path)) return files.serve(url.path, request, response)
        return (await chatPage?.serve(url.path, request, response)) || nothing(response)
    }
  }

  const nothing = (response: ServerResponse) =>
    text(response, 404, `There is /graphql, ${hardened ? '' : '/schema.graphql, '}/healthz and /readyz\n`)

  function refusedUpgrade(request: IncomingMessage): string | null {
    if (addressOf(request).path !== GRAPHQL_PATH) return '404 Not Found'
    if (!origins.isAllowed(request.headers.origin, request.headers.host)) return '403 Forbidden'
    return admission.isOverfull() ? `503 Service Unavailable\r\nRetry-After: ${OVERFULL_RETRY_SECONDS}` : null
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const requestId = randomUUID()
    response.shouldKeepAlive &&= !isDraining
    response.setHeader('x-request-id', requestId)
    response.once('close', () =>
      logger.debug({ requestId, method: request.method, status: response.statusCode }, 'request'),
    )
    route(request, response).catch((error) => {
      logger.error({ requestId, error }, 'a request failed')
      if (!response.headersSent) text(response, 500, 'Something went wrong on the server\n')
      else response.destroy()
    })
  })
  const silent = silentConnections(server)
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', destroyed)
    const status = refusedUpgrade(request)
    if (status === null) sockets.upgrade(request, socket, head)
    else socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
  return {
    server,
    drain() {
      isDraining = true
    },
    close() {
      server.close()
      sockets.close()
    },
    closeIdle() {
      server.closeIdleConnections()
      silent.close()
    },
    cut() {
      sockets.cut()
      server.closeAllConnections()
    },
  }
}

function destroyed(this: Duplex): void {
  this.destroy()
}

/** A script that holds a token, even of a demo, is for the page beside it: not for one of another site, nor of a name that was made to point here. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'] ?? 'none'
  return (
    (site === 'same-origin' || site === 'none') && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
  )
}

/** The path as it was sent: what has to be resolved first is none of ours. */
function addressOf({ url = '/' }: IncomingMessage): { path: string; search: URLSearchParams } {
  const [path = '', ...query] = url.split('?')
  return { path, search: new URLSearchParams(query.join('?')) }
}

/** What a page of a foreign site could send without asking (forms), and bodies of unbounded length, never reach the parser. */
function refusal(request: IncomingMessage, response: ServerResponse): ServerResponse | null {
  if (request.method !== 'POST') return null
  if (!/^application\/(graphql\+)?json\b/i.test(request.headers['content-type'] ?? ''))
    return text(response, 415, 'Send application/json\n')
  if (request.headers['transfer-encoding'] !== undefined) return text(response, 411, 'Send a content-length\n')
  const max = limits.frameBytes.default
  return Number(request.headers['content-length']) > max
    ? text(response, 413, `A request has at most ${max} bytes\n`)
    : null
}

function text(response: ServerResponse, status: number, body: string): ServerResponse {
  return response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(body)
}
