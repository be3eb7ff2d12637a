import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createLog } from '../log.ts'
import { createHeartbeat } from './heartbeat.ts'
import { wsSocketServer } from './ws-socket.ts'

const BEAT_MS = 30_000

describe('the heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function peer({ answers }: { answers: boolean }) {
    const seen = { pings: [] as number[], cutAt: null as number | null, bytes: 0 }
    return {
      seen,
      bytesRead: () => seen.bytes,
      ping() {
        seen.pings.push(Date.now())
        if (answers) seen.bytes += 6
      },
      terminate() {
        seen.cutAt = Date.now()
      },
    }
  }

  test('pings whoever answers every beat, a tenth more or less, and leaves him alone', () => {
    const heartbeat = createHeartbeat({ beatMs: BEAT_MS })
    const { seen, ...lively } = peer({ answers: true })
    heartbeat.start(lively)
    vi.advanceTimersByTime(100 * BEAT_MS)
    const gaps = seen.pings.slice(1).map((at, i) => at - (seen.pings[i] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.9 * BEAT_MS)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1.1 * BEAT_MS + BEAT_MS / 300)
    expect(seen.cutAt).toBeNull()
  })

  test('cuts off within two and a half beats whoever was heard until just now', () => {
    const heartbeat = createHeartbeat({ beatMs: BEAT_MS })
    const { seen, ...gone } = peer({ answers: false })
    const began = Date.now()
    heartbeat.start(gone)
    vi.advanceTimersByTime(2.5 * BEAT_MS)
    expect(seen.pings).toHaveLength(1)
    expect((seen.cutAt ?? Number.POSITIVE_INFINITY) - began).toBeLessThanOrEqual(2.5 * BEAT_MS)
  })

  test('takes whatever was received for a sign of life', () => {
    const heartbeat = createHeartbeat({ beatMs: BEAT_MS })
    const { seen, ...quiet } = peer({ answers: false })
    heartbeat.start(quiet)
    for (let i = 0; i < 100; i++) {
      seen.bytes++
      vi.advanceTimersByTime(BEAT_MS / 2)
    }
    expect(seen.cutAt).toBeNull()
  })

  test('spreads ten thousand that came at once over the whole beat, on one timer', () => {
    const heartbeat = createHeartbeat({ beatMs: BEAT_MS })
    const peers = Array.from({ length: 10_000 }, () => peer({ answers: true }))
    const began = Date.now()
    for (const { seen: _, ...each } of peers) heartbeat.start(each)
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(BEAT_MS)
    const inFifths = Array.from({ length: 5 }, () => 0)
    for (const { seen } of peers)
      for (const at of seen.pings) {
        const fifth = Math.floor(((at - began) * 5) / BEAT_MS)
        if (fifth >= 0 && fifth < 5) inFifths[fifth] = (inFifths[fifth] ?? 0) + 1
      }
    for (const count of inFifths) expect(count).toBeGreaterThan(1_500)
    heartbeat.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a real socket that never answers is closed; one that answers goes on', async () => {
  const http = createServer()
  const sockets = wsSocketServer({
    maxFrameBytes: 1_000,
    handleProtocols: () => false,
    onSocket: () => undefined,
    logger: createLog('silent'),
    beatMs: 100,
  })
  http.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => {
    sockets.close()
    http.close()
    http.closeAllConnections()
  })
  const { port } = http.address() as AddressInfo
  const lively = new WebSocket(`ws://127.0.0.1:${port}`)
  let pings = 0
  lively.on('ping', () => pings++)
  await once(lively, 'open')

  const half = connect(port, '127.0.0.1')
  half.write(
    `GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
  )
  half.resume()
  await once(half, 'close') // reads pings, and answers nothing
  await vi.waitFor(() => expect(pings).toBeGreaterThan(3), { timeout: 10_000, interval: 5 })
  expect(lively.readyState).toBe(WebSocket.OPEN)
  lively.terminate()
})
