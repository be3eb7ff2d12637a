import { expect, test } from 'vitest'
import type { PresenceState } from '../model.ts'
import { reports } from './presence-in-conversation.ts'

const LIMITS = { presenceListed: 3, presenceSampled: 30 }

function conversation() {
  const online = new Map<string, PresenceState>()
  const { next } = reports(() => online, LIMITS)
  const come = (from: number, to: number) => {
    for (let i = from; i <= to; i++) online.set(`user ${i}`, 'ACTIVE')
  }
  return { online, next, come }
}

const of = (userId: string, state: PresenceState) => ({ userId, state, lastSeenAt: null })

test('up to the first limit all are listed: once, and then what changes', () => {
  const { online, next, come } = conversation()
  come(1, 2)
  expect(next()).toMatchObject({
    isSnapshot: true,
    coverage: 'FULL',
    online: 2,
    users: [of('user 1', 'ACTIVE'), of('user 2', 'ACTIVE')],
  })
  expect(next()).toBeNull()
  online.set('user 1', 'IDLE')
  online.delete('user 2')
  come(3, 3)
  expect(next()).toMatchObject({
    isSnapshot: false,
    online: 2,
    users: [of('user 2', 'OFFLINE'), of('user 1', 'IDLE'), of('user 3', 'ACTIVE')],
  })
})

test('nobody here is told once, too', () => {
  const { next } = conversation()
  expect(next()).toMatchObject({ isSnapshot: true, coverage: 'FULL', online: 0, users: [] })
  expect(next()).toBeNull()
})

test('up to the second limit a few and the count, above it the count alone; and back', () => {
  const { online, next, come } = conversation()
  come(1, 4)
  expect(next()).toMatchObject({ isSnapshot: true, coverage: 'SAMPLE', online: 4 })
  come(5, 30)
  const sampled = next()
  expect(sampled).toMatchObject({ isSnapshot: true, coverage: 'SAMPLE', online: 30 })
  expect(sampled?.users).toHaveLength(20)
  come(31, 31)
  expect(next()).toMatchObject({ isSnapshot: true, coverage: 'COUNT', online: 31, users: [] })
  online.set('user 1', 'IDLE')
  expect(next()).toBeNull()
  for (let i = 3; i <= 31; i++) online.delete(`user ${i}`)
  expect(next()).toMatchObject({
    isSnapshot: true,
    coverage: 'FULL',
    online: 2,
    users: [of('user 1', 'IDLE'), of('user 2', 'ACTIVE')],
  })
})
