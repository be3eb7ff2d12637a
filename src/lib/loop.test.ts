import { beforeEach, expect, test, vi } from 'vitest'
import { loop } from './loop.ts'

/** Every pause that was begun; it is over at once, or at the signal. */
const pauses = vi.hoisted(() => ({ begun: [] as number[], areOver: true }))
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _: unknown, { signal }: { signal: AbortSignal }) => {
    pauses.begun.push(ms)
    if (pauses.areOver) return Promise.resolve()
    if (signal.aborted) return Promise.reject(signal.reason)
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  },
}))
beforeEach(() => {
  pauses.begun = []
  pauses.areOver = true
})

/** Runs what each pass answers or throws, one after the other, and stops after the last. */
async function play(passes: ('more' | 'done' | undefined | Error)[], everyMs = 100) {
  const stopping = new AbortController()
  const errors: unknown[] = []
  const left = passes.values()
  let next = left.next()
  await loop(
    async () => {
      const answer = next.value
      next = left.next()
      if (next.done) stopping.abort()
      if (answer instanceof Error) throw answer
      return answer as 'more' | 'done' | undefined
    },
    { everyMs, signal: stopping.signal, onError: (error) => errors.push(error) },
  )
  return { errors, pauses: pauses.begun }
}

test('a pass that answers that there is more is followed by the next one at once', async () => {
  expect(await play(['more', 'more', 'done', 'more', undefined, 'more'])).toEqual({ errors: [], pauses: [100, 100] })
})

test('while passes fail the pauses grow, up to half a minute; a good one ends that', async () => {
  const failures = Array.from({ length: 10 }, (_, n) => new Error(`${n}`))
  const { errors, pauses } = await play([...failures, 'done', new Error('again'), 'more'])
  expect(errors).toEqual([...failures, new Error('again')])
  expect(pauses).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000, 100, 200])
})

test('passes that fail for ever are still paused between', async () => {
  const { pauses } = await play(Array.from({ length: 1_100 }, () => new Error('for ever')))
  expect(pauses.slice(10).every((ms) => ms === 30_000)).toBe(true)
})

test('the signal ends a pause', async () => {
  pauses.areOver = false
  const stopping = new AbortController()
  const running = loop(async () => 'done', { everyMs: 100, signal: stopping.signal, onError: () => {} })
  await vi.waitUntil(() => pauses.begun.length === 1)
  stopping.abort()
  await running
})

test('after the signal there is no pass', async () => {
  const pass = vi.fn()
  await loop(pass, { everyMs: 100, signal: AbortSignal.abort(), onError: () => {} })
  expect(pass).not.toHaveBeenCalled()
})

test('awoken, what failed is tried again at once, and the pauses begin anew; without, it sleeps on', async () => {
  pauses.areOver = false
  for (const isAwoken of [true, false]) {
    pauses.begun = []
    const [stopping, back] = [new AbortController(), new AbortController()]
    const pass = vi.fn(async () => {
      throw new Error('away')
    })
    const awake = () => (pass.mock.calls.length ? new AbortController().signal : back.signal)
    const running = loop(pass, { everyMs: 100, signal: stopping.signal, onError: () => {}, awake })
    await vi.waitUntil(() => pauses.begun.length === 1)
    if (isAwoken) {
      back.abort()
      await vi.waitUntil(() => pauses.begun.length === 2)
    }
    stopping.abort()
    await running
    expect(pauses.begun).toEqual(isAwoken ? [200, 200] : [200])
  }
})

test('awoken during the pass that fails for the last time, it does not sleep', async () => {
  pauses.areOver = false
  const [stopping, back] = [new AbortController(), new AbortController()]
  let passes = 0
  await loop(
    async () => {
      if (++passes === 2) stopping.abort()
      else back.abort()
      throw new Error('away')
    },
    { everyMs: 100, signal: stopping.signal, onError: () => {}, awake: () => back.signal },
  )
  expect(passes).toBe(2)
})
