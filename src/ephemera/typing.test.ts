import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryBus } from '../bus/memory.ts'
import type { BusEvent } from '../events.ts'
import { newUuid } from '../lib/ids.ts'
import { PACE } from './pace.ts'
import { createTyping } from './typing.ts'
import { createTypists } from './typists.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('somebody is typing for 6 s after he said it last, and is listed once', () => {
  const typists = createTypists(6_000)
  expect([typists.typing('anna'), typists.typing('ben'), typists.typing('anna')]).toEqual([true, true, false])
  vi.advanceTimersByTime(4_000)
  typists.typing('anna')
  vi.advanceTimersByTime(2_000)
  expect([typists.expire(), typists.list(), typists.expire()]).toEqual([true, ['anna'], false])
  expect([typists.stopped('anna'), typists.stopped('anna'), typists.nextEnd()]).toEqual([true, false, null])
})

test('no more than a bound are kept', () => {
  const typists = createTypists(6_000)
  for (let i = 0; i < 10_000; i++) typists.typing(`user ${i}`)
  expect(typists.list()).toHaveLength(200)
})

const anna = { tenantId: newUuid(), userId: newUuid() }

test('however often it is said, it is told every 3 s; stopping is told once', async () => {
  const bus = memoryBus()
  const told: BusEvent[] = []
  const typing = createTyping({ bus: { ...bus, publish: (_, event) => void told.push(event) }, pace: PACE.typing })
  const conversationId = newUuid()
  for (let i = 0; i < 70; i++) {
    typing.say({ ...anna, conversationId, isTyping: true })
    vi.advanceTimersByTime(100)
  }
  expect(told.map(({ at }) => at.getTime() - (told[0]?.at.getTime() ?? 0))).toEqual([0, 3_000, 6_000])
  expect(typing.say({ ...anna, conversationId, isTyping: false })).toBeNull()
  typing.say({ ...anna, conversationId, isTyping: false })
  typing.say({ ...anna, conversationId, isTyping: true })
  expect(told.map((event) => event.kind === 'TYPING' && event.isTyping)).toEqual([true, true, true, false])
})

test('who listens is rung when somebody begins and when his time is over, and nothing runs once nobody listens', async () => {
  const typing = createTyping({ bus: memoryBus(), pace: PACE.typing })
  const conversationId = newUuid()
  const lists: string[][] = []
  const heard = await typing.follow(anna.tenantId, conversationId, () => lists.push(heard.list()))
  typing.say({ ...anna, conversationId, isTyping: true })
  await vi.advanceTimersByTimeAsync(3_500)
  typing.say({ ...anna, conversationId, isTyping: true })
  await vi.advanceTimersByTimeAsync(5_999)
  expect(lists).toEqual([[anna.userId]])
  await vi.advanceTimersByTimeAsync(10)
  expect(lists).toEqual([[anna.userId], []])
  typing.say({ ...anna, conversationId, isTyping: true })
  await vi.advanceTimersByTimeAsync(1)
  heard.stop()
  expect(vi.getTimerCount()).toBe(0)
})
