import { expect, test } from 'vitest'
import { type Guest, sendElsewhere, turns } from './drain.ts'

/** A drain on a clock of its own, which moves by each pause; `leavesAfter` of a guest's turn he goes by himself. */
async function play(count: number, { withinMs = 25_000, leavesAfter = Infinity, hasteAt = Infinity } = {}) {
  let now = 0
  const haste = new AbortController()
  const told: number[] = []
  const sentAway: { guest: number; at: number }[] = []
  const guests = Array.from({ length: count }, (_, guest): Guest => {
    let goesAt = Infinity
    let isSentAway = false
    return {
      get isGone() {
        return now >= goesAt || isSentAway
      },
      tell(reconnectAfterMs) {
        told.push(reconnectAfterMs)
        goesAt = reconnectAfterMs + leavesAfter
      },
      sendAway() {
        isSentAway = true
        sentAway.push({ guest, at: now })
      },
    }
  })
  await sendElsewhere(guests, {
    withinMs,
    haste: haste.signal,
    now: () => now,
    chance: () => 0.5,
    async pause(ms) {
      now += ms
      if (now >= hasteAt) haste.abort()
    },
  })
  return { told, sentAway, endedAt: now }
}

test('where nobody is it ends at once', async () => {
  expect(await play(0)).toEqual({ told: [], sentAway: [], endedAt: 0 })
})

test('a few come back at once, and are sent away two seconds later if they do not', async () => {
  const { told, sentAway, endedAt } = await play(3)
  expect(told).toEqual([1, 3, 5])
  expect(sentAway.map(({ guest }) => guest)).toEqual([0, 1, 2])
  expect(endedAt).toBe(2_100)
})

test('those who go by themselves are not sent away, and it ends with the last of them', async () => {
  expect(await play(3, { leavesAfter: 300 })).toMatchObject({ sentAway: [], endedAt: 400 })
})

test('many come back one after the other, 500 a second, and are sent away in batches; nobody before his turn', async () => {
  const { told, sentAway } = await play(5_000)
  expect(told).toEqual(told.toSorted((one, other) => one - other))
  expect(told.at(-1)).toBe(9_999)
  const batches = Map.groupBy(sentAway, ({ at }) => at)
  expect(Math.max(...[...batches.values()].map((batch) => batch.length))).toBeLessThanOrEqual(51)
  for (const { guest, at } of sentAway) expect(at - (told[guest] ?? 0)).toBeGreaterThanOrEqual(2_000)
})

test('however many they are, all of them have been sent away before the deadline', async () => {
  for (const withinMs of [1_000, 2_000, 25_000]) {
    const { told, sentAway, endedAt } = await play(1_000, { withinMs })
    expect(told).toHaveLength(1_000)
    expect(sentAway).toHaveLength(1_000)
    expect(endedAt).toBeLessThan(withinMs)
  }
})

test('in a hurry all go now', async () => {
  const { sentAway, endedAt } = await play(5_000, { hasteAt: 500 })
  expect(sentAway).toHaveLength(5_000)
  expect(endedAt).toBe(500)
})

test('a turn is somewhere in its own part of the time', () => {
  for (const chance of [0, 0.999]) {
    const at = turns(10_000, 25_000, () => chance).map(({ reconnectAfterMs }) => reconnectAfterMs)
    expect(at[0]).toBeLessThan(2)
    expect(at.at(-1)).toBeLessThan(17_500)
    expect(at.at(-1)).toBeGreaterThan(17_490)
  }
})
