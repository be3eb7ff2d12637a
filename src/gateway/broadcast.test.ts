import type { ExecutionResult } from 'graphql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Delivered } from '../delivery/delivered.ts'
import type { Outlet } from '../delivery/source.ts'
import { Flusher } from './flusher.ts'
import { Group } from './groups.ts'
import { Outbox } from './outbox.ts'
import { Sink } from './sink.ts'
import type { Socket } from './socket.ts'

const MEGABYTE = 1_048_576
const turn = () => new Promise(setImmediate)
const event = (name: string) => ({ name }) as unknown as Delivered
const nameOf = (delivered: Delivered | null) => (delivered as unknown as { name: string } | null)?.name ?? null

// Time stands still: a flush takes none, however busy the machine is, so that the next one follows at once.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Executions end when the test says so. */
function stage() {
  const flusher = new Flusher(() => undefined)
  const executing = new Map<string, (result: ExecutionResult) => void>()
  const group = new Group((delivered) => new Promise((resolve) => executing.set(nameOf(delivered) ?? '', resolve)))
  const leaving = new Map<Outlet, (last: Delivered | null) => void>()
  const broadcast = group.broadcast(flusher, { left: (outlet, last) => leaving.get(outlet)?.(last) })
  function member(id: string) {
    const written: string[] = []
    const state = { buffered: 0, left: [] as (string | null)[] }
    const write = (head: Buffer, body: Buffer) => {
      const { id: own, payload } = JSON.parse(`${head}${body}`)
      written.push(`${own} ${payload.data.name}`)
    }
    const socket: Socket = {
      protocol: '',
      get bufferedBytes() {
        return state.buffered
      },
      write: (frames) => {
        for (const { head, body } of frames) write(head, body)
      },
      writeAll: (head, bodies) => {
        for (const body of bodies) write(head, body)
      },
      close: () => undefined,
      onMessage: () => undefined,
      onDrain: () => undefined,
      onClose: () => undefined,
    }
    const sink = new Sink({ outbox: new Outbox(socket, flusher), group, id })
    leaving.set(sink, (last) => state.left.push(nameOf(last)))
    const enter = () => broadcast.enter(sink)
    return { sink, written, state, enter }
  }
  return {
    broadcast,
    member,
    take: (...names: string[]) => {
      for (const name of names) broadcast.take(event(name))
    },
    takeOr(name: string, otherwise: [Sink, string][]) {
      const others = new Map(otherwise.map(([, other]) => [other, event(other)]))
      broadcast.take(event(name), new Map(otherwise.map(([sink, other]) => [sink, others.get(other) as Delivered])))
    },
    async execute(...names: string[]) {
      for (const name of names) executing.get(name)?.({ data: { name } })
      for (let i = 0; i < 3; i++) await turn()
    },
  }
}

test('each gets what is taken while it is in, in order, under its own id', async () => {
  const { member, take, execute } = stage()
  const [early, late] = [member('early'), member('late')]
  early.enter()
  take('1')
  late.enter()
  take('2', '3')
  await execute('3', '1')
  expect([early.written, late.written]).toEqual([['early 1'], []])
  await execute('2')
  expect([early.written, late.written]).toEqual([
    ['early 1', 'early 2', 'early 3'],
    ['late 2', 'late 3'],
  ])
})

test('who leaves takes along what is not written yet, and is told the last of it', async () => {
  const { broadcast, member, take, execute } = stage()
  const [leaver, stayer] = [member('leaver'), member('stayer')]
  for (const { enter } of [leaver, stayer]) enter()
  take('1')
  await execute('1')
  take('2')
  broadcast.leave(leaver.sink)
  take('3')
  leaver.sink.take(event('own'))
  await execute('2', '3', 'own')
  expect(leaver.state.left).toEqual(['2'])
  expect(leaver.written).toEqual(['leaver 1', 'leaver 2', 'leaver own'])
  expect(stayer.written).toEqual(['stayer 1', 'stayer 2', 'stayer 3'])
})

test('who does not keep up goes without, and is told the last that he got; the others go on', async () => {
  const { member, take, execute } = stage()
  const [slow, quick] = [member('slow'), member('quick')]
  for (const { enter } of [slow, quick]) enter()
  take('1')
  slow.state.buffered = MEGABYTE
  await execute('1')
  take('2', '3')
  await execute('2', '3')
  expect(slow.state.left).toEqual(['1'])
  expect(slow.written).toEqual(['slow 1'])
  expect(quick.written).toEqual(['quick 1', 'quick 2', 'quick 3'])
})

test('who has got nothing of it is told so', async () => {
  const { broadcast, member, take, execute } = stage()
  const [early, late] = [member('early'), member('late')]
  early.enter()
  take('1')
  await execute('1')
  late.enter()
  broadcast.leave(late.sink)
  expect([late.state.left, late.written]).toEqual([[null], []])
})

test('what a sink has of its own comes before what its broadcast takes after it', async () => {
  const { member, take, execute } = stage()
  const reader = member('reader')
  reader.sink.take(event('own'))
  reader.enter()
  take('1')
  await execute('1')
  expect(reader.written).toEqual([])
  await execute('own')
  expect(reader.written).toEqual(['reader own', 'reader 1'])
})

test('those who get something in its stead get it at its place, each in order', async () => {
  const { member, take, takeOr, execute } = stage()
  const [one, late, hiding] = [member('one'), member('late'), member('hiding')]
  for (const { enter } of [one, late, hiding]) enter()
  take('1')
  takeOr('2', [
    [late.sink, '2 unseen'],
    [hiding.sink, '2 unseen'],
  ])
  takeOr('3', [[late.sink, '3 unseen']])
  take('4')
  await execute('1', '2', '3', '4', '2 unseen')
  expect([one, late, hiding].map(({ written }) => written.length)).toEqual([2, 2, 2])
  await execute('3 unseen')
  expect(one.written).toEqual(['one 1', 'one 2', 'one 3', 'one 4'])
  expect(late.written).toEqual(['late 1', 'late 2 unseen', 'late 3 unseen', 'late 4'])
  expect(hiding.written).toEqual(['hiding 1', 'hiding 2 unseen', 'hiding 3', 'hiding 4'])
})

test('who leaves, or came while something was under way, gets what is meant for it', async () => {
  const { broadcast, member, take, takeOr, execute } = stage()
  const [leaver, late] = [member('leaver'), member('late')]
  leaver.enter()
  take('1')
  late.enter()
  takeOr('2', [
    [leaver.sink, '2 unseen'],
    [late.sink, '2 unseen'],
  ])
  broadcast.leave(leaver.sink)
  await execute('1', '2', '2 unseen')
  expect(leaver.written).toEqual(['leaver 1', 'leaver 2 unseen'])
  expect(late.written).toEqual(['late 2 unseen'])
})

test('who does not keep up goes without what is in its stead, too', async () => {
  const { member, take, takeOr, execute } = stage()
  const [slow, quick] = [member('slow'), member('quick')]
  for (const { enter } of [slow, quick]) enter()
  take('1')
  slow.state.buffered = MEGABYTE
  await execute('1')
  takeOr('2', [[slow.sink, '2 unseen']])
  await execute('2', '2 unseen')
  expect([slow.state.left, slow.written, quick.written]).toEqual([['1'], ['slow 1'], ['quick 1', 'quick 2']])
})
