import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Addresses } from './addresses.ts'
import { expectProxyHeaders } from './proxied-connections.ts'
import { silentConnections } from './silent-connections.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function stage() {
  const server = createServer((_, response) => response.end('answered'))
  const silent = silentConnections(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const connecting = async (): Promise<Socket> => {
    const accepted = once(server, 'connection')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined)
    await accepted
    return socket
  }
  return { server, silent, connecting, [Symbol.asyncDispose]: async () => void server.close().closeAllConnections() }
}

const answerOn = async (socket: Socket): Promise<string> => {
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  const [data] = await once(socket, 'data')
  return String(data)
}

test('who has asked nothing for a second is closed; who has just come is not', async () => {
  await using it = await stage()
  const spare = await it.connecting()
  vi.advanceTimersByTime(1_000)
  const fresh = await it.connecting()
  const closed = once(spare, 'close')
  it.silent.close()
  await closed
  expect(await answerOn(fresh)).toContain('answered')
})

test('who has asked, or is about to, is not its to close', async () => {
  await using it = await stage()
  const [idle, asking] = [await it.connecting(), await it.connecting()]
  await answerOn(idle)
  asking.write('GET / HTTP/1.1\r\n')
  await answerOn(await it.connecting()) // what was written before it has arrived
  vi.advanceTimersByTime(10_000)
  it.silent.close()
  expect(await answerOn(idle)).toContain('answered')
  asking.write('Host: x\r\n\r\n')
  const [data] = await once(asking, 'data')
  expect(String(data)).toContain('answered')
})

test('who has sent no more than a proxy’s header has asked nothing', async () => {
  await using it = await stage()
  const told = Promise.withResolvers<void>()
  expectProxyHeaders(it.server, { isProxy: () => true, tell: () => told.resolve() } as Partial<Addresses> as Addresses)
  const spare = await it.connecting()
  const closed = once(spare, 'close')
  spare.write('PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n')
  await told.promise
  await new Promise(setImmediate) // it goes on to HTTP right after
  vi.advanceTimersByTime(1_000)
  it.silent.close()
  await closed
})
