/** The node's two servers: how they are put together, opened and drained. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Identify } from '../accounts/identify.ts'
import type { Config } from '../config.ts'
import type { Parts } from '../context.ts'
import { StartError } from '../errors.ts'
import type { Log } from '../log.ts'
import { createAddresses } from './addresses.ts'
import { createAdmin } from './admin.ts'
import { createAdmission } from './admission.ts'
import { createConnect, createEnter } from './connection.ts'
import { createExpose } from './errors.ts'
import { createExecution } from './execution.ts'
import type { Demo } from './graphiql.ts'
import { createGraphql } from './graphql.ts'
import { createHttp } from './http.ts'
import { createOrigins } from './origins.ts'
import { createPrepare } from './prepare.ts'
import { expectProxyHeaders } from './proxied-connections.ts'
import { createSessions } from './sessions.ts'
import { createStream } from './stream.ts'
import { createTrustedDocuments, readManifest } from './trusted-documents.ts'
import { watchSessions } from './watch-sessions.ts'
import { createWebsocket } from './websocket.ts'

interface Dependencies {
  config: Config
  parts: Parts
  identify: Identify
  translate: (error: unknown) => unknown
  /** Rejects while the database does not answer. */
  ping: () => Promise<unknown>
  logger: Log
  demo: Demo | null
}

/** Throws StartError for a port that cannot be had. */
export async function openServers({ config, parts, identify, translate, ping, logger, demo }: Dependencies) {
  const expose = createExpose({ logger, translate })
  const execution = createExecution(parts, expose)
  const origins = createOrigins(config.allowedOrigins)
  const sessions = createSessions({ identify, expose })
  const documents = createTrustedDocuments(
    config.trustedDocuments ? readManifest(config.trustedDocuments) : new Map(),
    {
      only: config.hardened,
    },
  )
  const graphql = createGraphql({ parts, identify, execution, expose, origins, documents })
  const addresses = createAddresses(config.trustedProxies)
  const admission = createAdmission(config)
  const { cursors, metrics, tenants } = parts
  const enter = createEnter({ identify, tenants, sessions })
  const ways = {
    prepare: createPrepare({ graphql, documents, expose }),
    admission,
    addresses,
    execution,
    expose,
    metrics,
  }
  const websocket = createWebsocket({ ...ways, devices: parts.devices, connect: createConnect(enter) })
  const stream = createStream({ ...ways, enter, cursors, origins })
  let isDraining = false
  const notReady = async () => {
    if (isDraining) return 'draining'
    if (admission.isFull()) return 'full'
    return ping().then(
      () => null,
      () => 'the database does not answer',
    )
  }
  const { hardened } = config
  const http = createHttp({ graphql, websocket, stream, origins, admission, logger, notReady, demo, hardened })
  if (config.proxyProtocol) expectProxyHeaders(http.server, addresses)
  const admin = createAdmin({ metrics: parts.metrics })
  await listen(http.server, config.port, config.host, 'PORT')
  const port = (http.server.address() as AddressInfo).port
  await listen(admin, config.adminPort ?? (config.port === 0 ? 0 : port + 1), '127.0.0.1', 'ADMIN_PORT').catch(
    (error) => {
      http.server.close()
      throw error
    },
  )

  const stopWatching = watchSessions({ sessions, revocations: parts.revocations, logger })

  /** Unready first; then what is under way gets its answers; then every socket and stream is told to come back elsewhere. */
  async function drain(): Promise<void> {
    isDraining = true
    const closed = new Promise<void>((resolve) => http.server.once('close', resolve))
    http.close()
    websocket.drain()
    stream.drain()
    await within(config.drainSeconds * 1_000, execution.settled())
    websocket.goAway()
    stream.goAway()
    http.server.closeIdleConnections()
    await within(config.drainSeconds * 1_000, Promise.all([closed, parts.append.drain()]))
    http.server.closeAllConnections()
    stopWatching()
    admin.close()
    admin.closeAllConnections()
  }

  const address = (server: Server) =>
    `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`
  return { url: address(http.server), adminUrl: `http://127.0.0.1:${(admin.address() as AddressInfo).port}`, drain }
}

function listen(server: Server, port: number, host: string, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${cause.message})`
      reject(new StartError(`${variable}: ${host}:${port} ${why}; choose another one`, { cause }))
    })
    server.listen(port, host, 4_096, resolve)
  })
}

const within = (ms: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())])
