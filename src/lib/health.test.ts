import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHealth } from './health.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function stage() {
  const at = { answers: true as boolean | 'NEVER', probes: 0 }
  const changes: boolean[] = []
  const health = createHealth({
    probe() {
      at.probes++
      if (at.answers === 'NEVER') return new Promise(() => {})
      return at.answers ? Promise.resolve() : Promise.reject(new Error('away'))
    },
    onChange: (isAway) => changes.push(isAway),
  })
  return { at, changes, health, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

test('while all goes well nothing is asked', async () => {
  const { at, pass } = stage()
  await pass(60_000)
  expect(at.probes).toBe(0)
})

test('a failure is a suspicion: what answers is not away', async () => {
  const { at, changes, health, pass } = stage()
  health.suspect()
  await pass(60_000)
  expect({ probes: at.probes, changes, isAway: health.isAway }).toEqual({ probes: 1, changes: [], isAway: false })
})

test('away: asked once a second however often it is suspected, and told once; back: told once, and not asked any more', async () => {
  const { at, changes, health, pass } = stage()
  at.answers = false
  for (let i = 0; i < 100; i++) {
    health.suspect()
    await pass(100)
  }
  expect(changes).toEqual([true])
  expect(at.probes).toBeLessThanOrEqual(11)
  at.answers = true
  await pass(1_000)
  expect(changes).toEqual([true, false])
  const { probes } = at
  await pass(60_000)
  expect(at.probes).toBe(probes)
})

test('no answer in two seconds means away, too', async () => {
  const { at, changes, health, pass } = stage()
  at.answers = 'NEVER'
  health.suspect()
  await pass(1_999)
  expect(changes).toEqual([])
  await pass(1)
  expect(changes).toEqual([true])
})

test('whoever waits is awoken at each return, whether he began to wait before it went or after', async () => {
  const { at, health, pass } = stage()
  for (let i = 0; i < 2; i++) {
    const before = health.untilBack()
    at.answers = false
    health.suspect()
    await pass(0)
    const after = health.untilBack()
    expect([before.aborted, after.aborted]).toEqual([false, false])
    at.answers = true
    await pass(1_000)
    expect([before.aborted, after.aborted]).toEqual([true, true])
  }
})

test('closed it asks and tells nothing more', async () => {
  const { at, changes, health, pass } = stage()
  at.answers = false
  health.suspect()
  health.close()
  await pass(60_000)
  health.suspect()
  expect({ probes: at.probes, changes }).toEqual({ probes: 1, changes: [] })
})
