import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test as base, describe, expect } from 'vitest'
import { type EventStream, openEventStream } from './event-stream.ts'

interface Served {
  stream: EventStream
  answer: ServerResponse
  /** As the client has it: nothing is read of it until somebody asks. */
  got: IncomingMessage
  /** Of the client's side of the connection. */
  closed: Promise<unknown>
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
const test = base.extend('served', async ({}, { onCleanup }): Promise<Served> => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => {
    server.close()
    server.closeAllConnections()
  })
  const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const [, answer] = (await once(server, 'request')) as [IncomingMessage, ServerResponse]
  const stream = openEventStream(answer)
  const [got] = (await once(request, 'response')) as [IncomingMessage]
  return { stream, answer, got, closed: once(got.socket, 'close') }
})

async function textOf(got: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of got.setEncoding('utf8')) text += chunk
  return text
}

/** More than all buffers between here and a client who does not read. */
const MUCH = `data: ${'x'.repeat(32_000_000)}\n\n`

describe('a stream', () => {
  test('begins with when to come back, is kept alive by comments, and ends', async ({ served: { stream, got } }) => {
    await stream.write('data: one\n\n')
    stream.beat()
    stream.end()
    await stream.write('data: too late\n\n')
    stream.beat()
    expect(await textOf(got)).toMatch(/^retry: \d+\n\ndata: one\n\n:\n\n$/)
  })

  test('that is to be taken up elsewhere lets go of its connection', async ({ served: { stream, got, closed } }) => {
    stream.goAway(7_000)
    expect(await textOf(got)).toMatch(/\n\nretry: 7000\n\n$/)
    await closed
  })

  test('is cut at the second beat in which its client has read nothing; whoever waits to write goes on', async ({
    served: { stream, answer },
  }) => {
    const waiting = stream.write(MUCH)
    const closed = new Promise<void>((resolve) => stream.onClose(resolve))
    stream.beat()
    expect(answer.destroyed).toBe(false)
    stream.beat()
    expect(answer.destroyed).toBe(true)
    await Promise.all([waiting, closed])
  })

  test('stays when its client reads on in between', async ({ served: { stream, answer, got } }) => {
    const waiting = stream.write(MUCH)
    stream.beat()
    got.resume()
    await waiting
    void stream.write(MUCH)
    stream.beat()
    expect(answer.destroyed).toBe(false)
  })

  test('whose client does not read is cut, not waited for, when the node goes', async ({
    served: { stream, answer },
  }) => {
    void stream.write(MUCH)
    stream.goAway()
    expect(answer.destroyed).toBe(true)
  })

  test('tells that it is closed, also to whoever asks later', async ({ served: { stream, answer, got } }) => {
    got.destroy()
    await once(answer, 'close')
    await new Promise<void>((resolve) => stream.onClose(resolve))
  })
})
