/** What every adapter of the socket port must do, seen from the other end of the wire: one suite, run against the program tests/sockets/serve.ts. */
import type { ChildProcess } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  brokenFollowers,
  brokenWhenStalled,
  type Client,
  letterOf,
  openClient,
  roundTrips,
  type Serve,
  serve,
} from './client.ts'

/** More than the kernel's buffers and the other side's take: about 4 MB on loopback. */
const FLOOD = Array.from({ length: 60 }, (_, i) => ({
  head: `${i} `,
  fill: [letterOf(i), 200_000] as [string, number],
}))

export function socketContract(name: string, program: Serve): void {
  describe(`socket contract: ${name}`, () => {
    let server: { process: ChildProcess; url: string }
    const opened: Client[] = []
    beforeAll(async () => {
      server = await serve(program)
    })
    afterEach(() => {
      for (const { socket } of opened.splice(0)) socket.terminate()
    })
    afterAll(() => void server.process.kill('SIGKILL'))

    async function open(protocols?: string[]): Promise<Client> {
      const client = await openClient(server.url, protocols)
      opened.push(client)
      return client
    }

    test('frames written together come one by one, in order and whole, at every length that is framed in its own way', async () => {
      const { send, take } = await open()
      const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000]
      send({ write: lengths.map((length, i) => ({ head: '', fill: [letterOf(i), length] })) })
      expect(await take(lengths.length)).toEqual(lengths.map((length, i) => letterOf(i).repeat(length)))
    })

    test('head and body are one message, of any text', async () => {
      const { send, take } = await open()
      send({
        write: [
          { head: '{"id":"ä 👋"', body: ',"payload":"\u2028 सभी"}' },
          { head: '', body: '' },
        ],
      })
      expect(await take(2)).toEqual(['{"id":"ä 👋","payload":"\u2028 सभी"}', ''])
    })

    test('all that was written comes before the close; after it nothing is written', async () => {
      const { send, closed, texts } = await open()
      send({ write: [{ head: 'before' }] })
      send({ close: { code: 4510, reason: 'why' }, thenWrite: 'after' })
      expect(await closed).toEqual({ code: 4510, reason: 'why' })
      expect(texts).toEqual(['before'])
    })

    test('who does not read gets all of it later, untouched by what others are written meanwhile; how much waits is told', async () => {
      const slow = await open()
      slow.socket.pause()
      slow.send({ write: FLOOD })
      slow.send({ tell: 'backlog' })
      await roundTrips(await open())
      slow.socket.resume()
      const texts = await slow.take(FLOOD.length + 1)
      const faults = texts.slice(0, FLOOD.length).filter((text, i) => text !== `${i} ${letterOf(i).repeat(200_000)}`)
      expect(faults).toHaveLength(0)
      expect(JSON.parse(texts.at(-1) ?? '').buffered).toBeGreaterThan(1_000_000)
    })

    test('a write that the system does not take whole is not overwritten by the next one', async () => {
      expect(await brokenWhenStalled(server.url)).toBe(0)
    })

    test('what is shared by many, and not taken whole by one of them, is not overwritten by the next', async () => {
      expect(await brokenFollowers(server.url)).toBe(0)
    })

    test('it is told when all that waited has gone', async () => {
      const { socket, send, take } = await open()
      socket.pause()
      send({ write: FLOOD })
      await roundTrips(await open())
      socket.resume()
      await take(FLOOD.length)
      const told = async () => {
        send({ tell: 'backlog' })
        return JSON.parse((await take(1))[0] ?? '')
      }
      await vi.waitFor(async () =>
        expect(await told()).toEqual({ buffered: 0, drained: expect.toSatisfy((times: number) => times > 0) }),
      )
    })

    test('a handler that fails closes its socket with 4500, a frame too large with 4511', async () => {
      const [failing, large] = [await open(), await open()]
      failing.send({ fail: true })
      expect((await failing.closed).code).toBe(4500)
      large.socket.send(' '.repeat(131_073))
      expect(await large.closed).toEqual({
        code: 4511,
        reason: '{"code":"LIMIT_EXCEEDED","limit":"frameBytes","max":131072}',
      })
    })

    test('the sub-protocol is agreed on', async () => {
      expect((await open(['other', 'graphql-transport-ws'])).socket.protocol).toBe('graphql-transport-ws')
    })

    test('a hub’s events reach all who follow it, each under its own id, in order, however close they come', async () => {
      const readers = await Promise.all(['1', 'another', 'ä"'].map(async (id) => ({ id, ...(await open()) })))
      for (const { id, send, take } of readers) {
        send({ join: id })
        send({ tell: 'backlog' })
        await take(1)
      }
      readers[0]?.send({ offer: 50, size: 2_000 })
      for (const { id, take } of readers) {
        const frames = (await take(50)).map((text) => JSON.parse(text))
        const first = frames[0].payload.data.seq
        expect(frames.map(({ payload }) => payload.data.seq)).toEqual(frames.map((_, i) => first + i))
        expect(new Set(frames.map((frame) => `${frame.type} ${frame.id}`))).toEqual(new Set([`next ${id}`]))
        expect(frames.every(({ payload: { data } }) => data.text === letterOf(data.seq).repeat(2_000))).toBe(true)
      }
    })
  })
}
