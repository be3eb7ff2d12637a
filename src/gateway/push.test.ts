import type { ExecutionResult } from 'graphql'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Delivered } from '../delivery/delivered.ts'
import { type Outlet, sourceOf } from '../delivery/source.ts'
import { Flusher } from './flusher.ts'
import { Group } from './groups.ts'
import { Outbox } from './outbox.ts'
import { Pushing } from './push.ts'
import { Sink } from './sink.ts'
import type { Socket } from './socket.ts'

const MEGABYTE = 1_048_576

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A turn of the event loop: what is written in it goes out. */
const turn = () => new Promise(setImmediate)

function stage() {
  const written: string[] = []
  const writes: number[] = []
  const closings: [number, string][] = []
  let [drained, closed] = [() => {}, () => {}]
  const state = { buffered: 0 }
  const socket: Socket = {
    protocol: '',
    get bufferedBytes() {
      return state.buffered
    },
    write(frames) {
      writes.push(frames.length)
      written.push(...frames.map(({ head, body }) => head.toString() + body.toString()))
    },
    writeAll(head, bodies) {
      this.write(bodies.map((body) => ({ head, body })))
    },
    close: (code, reason) => void closings.push([code, reason]),
    onMessage: () => undefined,
    onDrain(handle) {
      drained = handle
    },
    onClose(handle) {
      closed = () => handle(1006, '')
    },
  }
  const told: number[] = []
  const outbox = new Outbox(socket, new Flusher((frames) => told.push(frames)))
  return {
    ...{ outbox, written, writes, closings, told, state },
    drain: () => drained(),
    hangUp: () => closed(),
  }
}

describe('an outbox', () => {
  test('writes what came in one turn together, in order', async () => {
    const { outbox, written, writes, told } = stage()
    for (const text of ['1', '2', '3']) outbox.addText(text)
    expect(written).toEqual([])
    await turn()
    expect([written, writes, told]).toEqual([['1', '2', '3'], [3], [3]])
  })

  test('writes what waits before it closes', () => {
    const { outbox, written, closings } = stage()
    outbox.addText('last')
    outbox.close(1012, 'why')
    expect([written, closings]).toEqual([['last'], [[1012, 'why']]])
  })

  test('is shut while more waits than the soft bound, and open again when it has drained', async () => {
    const { outbox, state, drain } = stage()
    state.buffered = MEGABYTE
    outbox.addText('one more')
    await turn()
    expect(outbox.isOpen).toBe(false)
    const opened = vi.fn()
    void outbox.whenOpen().then(opened)
    await turn()
    expect(opened).not.toHaveBeenCalled()
    state.buffered = 0
    drain()
    await turn()
    expect([outbox.isOpen, opened.mock.calls.length]).toEqual([true, 1])
  })

  test('lets go with 4510 of who does not read, and not of who reads slowly', async () => {
    const { outbox, state, closings } = stage()
    state.buffered = 3 * MEGABYTE
    outbox.addText('x')
    await turn()
    void outbox.whenOpen()
    for (let i = 0; i < 3; i++) {
      state.buffered -= 100_000
      vi.advanceTimersByTime(30_000)
    }
    expect(closings).toEqual([])
    vi.advanceTimersByTime(30_000)
    expect(closings).toMatchObject([[4510, expect.stringContaining('does not read')]])
    expect(JSON.parse(closings[0]?.[1] ?? '')).toMatchObject({ code: 'CONSUMER_TOO_SLOW', retryAfterMs: 0 })
  })

  test('lets go of who asks for more than the hard bound and reads none of it', async () => {
    const { outbox, state, closings } = stage()
    state.buffered = 9 * MEGABYTE
    outbox.addText('x')
    await turn()
    expect(closings).toMatchObject([[4510, expect.stringContaining('too slowly')]])
  })

  test('lets go of who waits for it when its socket is gone, and writes nothing more', async () => {
    const { outbox, state, written, hangUp } = stage()
    state.buffered = MEGABYTE
    outbox.addText('x')
    await turn()
    const waiting = outbox.whenOpen()
    hangUp()
    await waiting
    outbox.addText('y')
    await turn()
    expect(written).toEqual(['x'])
  })
})

describe('a pushed subscription', () => {
  const event = (name: string) => ({ name }) as unknown as Delivered
  const nameOf = (delivered: Delivered) => (delivered as unknown as { name: string }).name
  const next = (name: string) => `{"id":"op","type":"next","payload":{"data":{"name":"${name}"}}}`

  /** Its executions end when the test says so. */
  function subscribe(pulled: Delivered[] = []) {
    const { outbox, written, state } = stage()
    const executing = new Map<string, (result: ExecutionResult) => void>()
    const group = new Group((delivered) => new Promise((resolve) => executing.set(nameOf(delivered), resolve)))
    let outlet: Outlet | null = null
    let finish = (_error?: Error) => {}
    async function* events() {
      yield* pulled
      await new Promise<void>((resolve, reject) => (finish = (error) => (error ? reject(error) : resolve())))
    }
    const ended = vi.fn()
    const pushTo = (to: Outlet) => {
      outlet = to
    }
    const source = sourceOf(events(), { cancel: () => finish(), pushTo })
    const sink = new Sink({ outbox, group, id: 'op' })
    const iterator = new Pushing(source, sink, {
      ended,
      expose: (error) => new Error(`told: ${(error as Error).message}`),
    })
    return {
      ...{ iterator, written, ended, state, outbox },
      outlet: () => outlet as Outlet | null,
      finish: (error?: Error) => finish(error),
      async execute(name: string) {
        executing.get(name)?.({ data: { name } })
        await turn() // it is written in the next one
        await turn()
      },
    }
  }

  test('begins at the first next(): until then the client may have completed', async () => {
    const { iterator, outlet } = subscribe()
    await turn()
    expect(outlet()).toBeNull()
    void iterator.next()
    expect(outlet()).not.toBeNull()
  })

  test('writes in order what is executed in any', async () => {
    const { iterator, outlet, written, execute } = subscribe([event('pulled')])
    void iterator.next()
    await turn()
    outlet()?.take(event('first'))
    outlet()?.take(event('second'))
    for (const name of ['second', 'pulled']) await execute(name)
    expect(written).toEqual([next('pulled')])
    await execute('first')
    expect(written).toEqual(['pulled', 'first', 'second'].map(next))
  })

  test('ends once all that it took is written, and tells once', async () => {
    const { iterator, outlet, written, execute, finish, ended } = subscribe()
    const end = iterator.next()
    await turn()
    outlet()?.take(event('last'))
    finish()
    await turn()
    expect(ended).not.toHaveBeenCalled()
    await execute('last')
    expect(await end).toEqual({ done: true, value: undefined })
    expect([written, ended.mock.calls.length]).toEqual([[next('last')], 1])
  })

  test('writes nothing after the client has completed, also what is being executed', async () => {
    const { iterator, outlet, written, execute, ended } = subscribe()
    const end = iterator.next()
    await turn()
    outlet()?.take(event('late'))
    await iterator.return?.()
    await execute('late')
    expect(await end).toEqual({ done: true, value: undefined })
    expect([written, outlet()?.isOpen, ended.mock.calls.length]).toEqual([[], false, 1])
  })

  test('fails as its source does, in the words of the client', async () => {
    const { iterator, finish, ended } = subscribe()
    const end = iterator.next()
    await turn()
    finish(new Error('broken'))
    await expect(end).rejects.toThrow('told: broken')
    expect(ended).toHaveBeenCalledTimes(1)
  })

  test('takes nothing while its socket does not keep up', async () => {
    const { iterator, outlet, outbox, state } = subscribe()
    void iterator.next()
    await turn()
    expect(outlet()?.isOpen).toBe(true)
    state.buffered = MEGABYTE
    outbox.addText('x')
    await turn()
    expect(outlet()?.isOpen).toBe(false)
  })
})
