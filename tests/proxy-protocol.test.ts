/** Behind a balancer that speaks the PROXY protocol. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'vitest'
import { exchange } from './support/raw-http.ts'
import { openRawWebsocket } from './support/raw-websocket.ts'
import { testWith } from './support/test-app.ts'

const test = testWith({
  PROXY_PROTOCOL: 'true',
  TRUSTED_PROXIES: '127.0.0.1, ::1',
  UNNAMED_SOCKETS_PER_ADDRESS: '1',
})

const line = (address: string) => `PROXY TCP4 ${address} 10.0.0.1 4711 443\r\n`
const binary = (address: string) =>
  Buffer.concat([
    Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'),
    Buffer.from([0x21, 0x11, 0, 12, ...address.split('.').map(Number), 10, 0, 0, 1, 0x12, 0x67, 1, 0xbb]),
  ])

test('a request behind a header is answered, in pieces and a second one on the same connection, too', async ({
  app,
}) => {
  expect(await exchange(app.url, [`${line('203.0.113.9')}GET /healthz HTTP/1.1`, 'Host: x'])).toMatch(
    /^HTTP\/1\.1 200 /,
  )
  const { hostname, port } = new URL(app.url)
  const socket = connect(Number(port), hostname)
  const answers: string[] = []
  socket.on('data', (chunk) => answers.push(String(chunk)))
  const answered = async (count: number) => {
    while ((answers.join('').match(/HTTP\/1\.1 200 /g)?.length ?? 0) < count) await once(socket, 'data')
  }
  for (const piece of [binary('203.0.113.9').subarray(0, 7), binary('203.0.113.9').subarray(7)]) {
    socket.write(piece)
    await new Promise(setImmediate)
  }
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  await answered(1)
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  await answered(2)
  socket.destroy()
})

test('a WebSocket is of the address that the header tells', async ({ app }) => {
  const one = await openRawWebsocket(app.url, { before: Buffer.from(line('203.0.113.1')) })
  const another = await openRawWebsocket(app.url, { before: binary('203.0.113.2') })
  for (const socket of [one, another]) {
    socket.text('{"type":"ping"}')
    expect(await socket.next()).toBe('{"type":"pong"}')
  }
  const second = await openRawWebsocket(app.url, { before: binary('203.0.113.1') })
  expect(await second.next()).toMatch(/^1013 /)
  for (const socket of [one, another, second]) socket.destroy()
})

test.for([
  ['HTTP at once', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a header that is none', 'PROXY TCP4 nobody nowhere 1 2\r\n'],
  ['a header without an end', `PROXY UNKNOWN ${'x'.repeat(200)}`],
  ['nothing', ''],
] as const)('a connection that begins with %s is closed without an answer', async ([, bytes], { app }) => {
  const { hostname, port } = new URL(app.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket
    .on('error', () => {})
    .on('data', (chunk) => {
      answer += chunk
    })
  socket.write(bytes)
  await once(socket, 'close')
  expect(answer).toBe('')
  expect(await exchange(app.url, [`${line('203.0.113.9')}GET /healthz HTTP/1.1`, 'Host: x'])).toMatch(
    /^HTTP\/1\.1 200 /,
  )
})
