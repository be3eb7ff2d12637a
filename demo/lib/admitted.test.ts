import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test as base, expect } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { connectWhenAdmitted } from './admitted.ts'

type Greet = (client: WebSocket, nth: number) => void

/** A server that greets each client, once it has said who it is; counts them. */
const test = base.extend<{ serve: (greet: Greet) => Promise<{ url: string; count: () => number }> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  serve: async ({}, use) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    let count = 0
    await once(server, 'listening')
    await use(async (greet) => {
      server.on('connection', (client) => {
        const nth = ++count
        client.once('message', () => greet(client, nth))
      })
      return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => count }
    })
    for (const client of server.clients) client.terminate()
    server.close()
  },
})

const acknowledge = (client: WebSocket) => client.send('{"type":"connection_ack"}')

test('who is told when to come again comes again, and it is no loss of a connection', async ({ serve }) => {
  const { url, count } = await serve((client, nth) =>
    nth < 3 ? client.close(1013, '{"code":"RATE_LIMITED","retryAfterMs":1}') : acknowledge(client),
  )
  const losses: Error[] = []
  const connection = await connectWhenAdmitted({ url, token: 't', onLost: (error) => losses.push(error) })
  expect(count()).toBe(3)
  expect(losses).toEqual([])
  connection.destroy()
})

test('who is refused without that does not come again', async ({ serve }) => {
  const { url, count } = await serve((client) => client.close(4403, 'no'))
  await expect(connectWhenAdmitted({ url, token: 't' })).rejects.toThrow('the server closed the connection (4403 no)')
  expect(count()).toBe(1)
})
