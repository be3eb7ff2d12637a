import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { createPatience } from './patience.ts'

const MS = 30

function busyFor(ms: number): void {
  for (const start = performance.now(); performance.now() - start < ms; );
}

function stage() {
  const over: string[] = []
  const waiting = new Map<string, () => void>()
  const isOver = (who: string) => {
    over.push(who)
    waiting.get(who)?.()
  }
  const of = (who: string) => new Promise<void>((resolve) => waiting.set(who, resolve))
  return { over, of, patience: createPatience<string>({ ms: MS, isOver }) }
}

test('who says nothing is told of, in the order in which they came; who has said it or is gone is not', async () => {
  const { over, of, patience } = stage()
  for (const who of ['first', 'second', 'gone', 'third']) patience.begin(who)
  patience.end('gone')
  await of('third')
  patience.begin('fourth')
  await of('fourth')
  expect(over).toEqual(['first', 'second', 'third', 'fourth'])
})

test('what has come while the node was busy counts, though the time is over', async () => {
  const { over, of, patience } = stage()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = await once(server, 'connection')
  // As ws does: a message is told in a later turn than the bytes are read.
  socket.on('data', () => void setImmediate(() => patience.end('prompt')))
  patience.begin('prompt')
  patience.begin('silent')
  client.write('hello')
  busyFor(2 * MS)
  await of('silent')
  expect(over).toEqual(['silent'])
  client.destroy()
  server.close()
})
