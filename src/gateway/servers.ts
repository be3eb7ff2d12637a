/** The node's two servers: how they are put together, opened and drained. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Identify } from '../accounts/identify.ts'
import type { Config } from '../config.ts'
import type { Parts } from '../context.ts'
import { RETRY_AFTER_MS, StartError } from '../errors.ts'
import type { OwnUrls } from '../lib/own-urls.ts'
import { pause } from '../lib/pause.ts'
import type { Log } from '../log.ts'
import { createAddresses } from './addresses.ts'
import { createAdmin } from './admin.ts'
import { createAdmission } from './admission.ts'
import { createConnect, createEnter } from './connection.ts'
import { sendElsewhere } from './drain.ts'
import { createExpose } from './errors.ts'
import { createExecution } from './execution.ts'
import { createFiles } from './files.ts'
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
  urls: OwnUrls
}

const SWEEP_MS = 100
/** For what is under way, when it must be quick. */
const HASTE_MS = 1_000

/** Throws StartError for a port that cannot be had. */
export async function openServers({ config, parts, identify, translate, ping, logger, demo, urls }: Dependencies) {
  const expose = createExpose({ logger, translate })
  const execution = createExecution(parts, expose)
  const origins = createOrigins(config.allowedOrigins)
  const sessions = createSessions({ identify, connections: parts.connections, expose })
  const documents = createTrustedDocuments(
    config.trustedDocuments ? readManifest(config.trustedDocuments) : new Map(),
    {
      only: config.hardened,
    },
  )
  const addresses = createAddresses(config.trustedProxies)
  const graphql = createGraphql({ parts, identify, execution, expose, origins, addresses, documents })
  const admission = createAdmission(config)
  const { cursors, metrics, tenants } = parts
  const enter = createEnter({ identify, tenants, sessions, expose })
  const ways = {
    prepare: createPrepare({ graphql, documents, expose }),
    admission,
    rateLimits: parts.rateLimits,
    addresses,
    execution,
    expose,
    metrics,
  }
  const websocket = createWebsocket({
    ...ways,
    devices: parts.devices,
    connect: createConnect(enter),
  })
  const stream = createStream({ ...ways, enter, cursors, origins })
  let isDraining = false
  const notReady = async () => {
    if (isDraining) return 'draining'
    if (admission.isFull()) return 'full'
    return ping().then(
      () => null,
      () => {
        parts.health.suspect()
        return 'the database does not answer'
      },
    )
  }
  const { hardened } = config
  const files = createFiles({ ...parts, urls })
  const http = createHttp({ graphql, websocket, stream, files, origins, admission, logger, notReady, demo, hardened })
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

  const stopTelling = parts.health.onChange((isAway) =>
    websocket.tell(isAway ? { type: 'degraded', retryAfterMs: RETRY_AFTER_MS } : { type: 'recovered' }),
  )
  const stopWatching = watchSessions({ sessions, revocations: parts.revocations, logger })

  const haste = new AbortController()

  /** Unready first; then everybody is sent elsewhere by turns; what is under way gets its answers; what is left at the deadline is cut. */
  async function drain(): Promise<void> {
    isDraining = true
    await pause(config.drainDelaySeconds * 1_000, haste.signal)
    const deadline = Date.now() + config.drainSeconds * 1_000
    http.drain()
    const guests = [...websocket.drain(), ...stream.drain()]
    await sendElsewhere(guests, { withinMs: config.drainSeconds * 1_000, haste: haste.signal, pause })
    await ended(deadline)
    http.cut()
    stopTelling()
    stopWatching()
    admin.close()
    admin.closeAllConnections()
  }

  /** Resolves when the last connection is, or at the deadline; hurried, a moment later. */
  async function ended(deadline: number): Promise<void> {
    const closed = new Promise<void>((resolve) => http.server.once('close', resolve))
    http.close()
    stream.close()
    const over = new AbortController()
    const sweeping = setInterval(() => http.closeIdle(), SWEEP_MS)
    const patience = async () => {
      await pause(deadline - Date.now(), AbortSignal.any([haste.signal, over.signal]))
      if (haste.signal.aborted) await pause(HASTE_MS, over.signal)
    }
    await Promise.race([Promise.all([closed, execution.settled(), parts.append.drain()]), patience()])
    over.abort()
    clearInterval(sweeping)
  }

  const address = (server: Server) =>
    `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${(server.address() as AddressInfo).port}`
  urls.listensAt(address(http.server))
  return {
    url: address(http.server),
    adminUrl: `http://127.0.0.1:${(admin.address() as AddressInfo).port}`,
    drain,
    hasten: () => haste.abort(),
  }
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
