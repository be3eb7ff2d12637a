/** What every presence must do, whatever it rests on: one suite, which each adapter's test calls. */
import { beforeEach, describe, expect, test } from 'vitest'
import { newUuid } from '../lib/ids.ts'
import type { Presence } from './presence.ts'

export interface Opened {
  /** Two gateways over one store. */
  one: Presence
  other: Presence
  /** Lets so much time go by for the store. */
  pass(ms: number): Promise<void>
}

export function presenceContract(name: string, open: () => Promise<Opened>): void {
  describe(`presence contract: ${name}`, () => {
    let one: Presence
    let other: Presence
    let pass: Opened['pass']
    const tenantId = newUuid()
    const [anna, ben] = [
      { tenantId, userId: newUuid() },
      { tenantId, userId: newUuid() },
    ]
    const stateOf = async (user: { userId: string }, by: Presence = other) =>
      (await by.states(tenantId, [user.userId]))[0]
    beforeEach(async () => {
      ;({ one, other, pass } = await open())
      await one.renew(1_000)
      await other.renew(1_000)
    })

    test('whoever was put in is seen by all gateways, in the order asked; nobody else is', async () => {
      await one.put(anna, 'ACTIVE')
      await one.put(ben, 'IDLE')
      expect(await other.states(tenantId, [ben.userId, newUuid(), anna.userId])).toEqual(['IDLE', 'OFFLINE', 'ACTIVE'])
      expect(await other.states(newUuid(), [anna.userId])).toEqual(['OFFLINE'])
      expect(await other.states(tenantId, [])).toEqual([])
    })

    test('the best of what gateways say counts, and each is told what it changed', async () => {
      expect(await one.put(anna, 'IDLE')).toEqual({ before: 'OFFLINE', after: 'IDLE' })
      expect(await other.put(anna, 'ACTIVE')).toEqual({ before: 'IDLE', after: 'ACTIVE' })
      expect(await one.put(anna, 'OFFLINE')).toEqual({ before: 'ACTIVE', after: 'ACTIVE' })
      expect(await one.put(anna, 'IDLE')).toEqual({ before: 'ACTIVE', after: 'ACTIVE' })
      expect(await other.put(anna, 'OFFLINE')).toEqual({ before: 'ACTIVE', after: 'IDLE' })
      expect(await one.put(anna, 'OFFLINE')).toEqual({ before: 'IDLE', after: 'OFFLINE' })
      expect(await one.put(anna, 'OFFLINE')).toEqual({ before: 'OFFLINE', after: 'OFFLINE' })
    })

    test('calls for one user take effect in their order', async () => {
      await Promise.all([one.put(anna, 'ACTIVE'), one.put(anna, 'OFFLINE'), one.put(anna, 'IDLE')])
      expect(await stateOf(anna)).toBe('IDLE')
    })

    test('users of a gateway that no longer renews go offline when its lease ends, those of others stay', async () => {
      await one.put(anna, 'ACTIVE')
      await one.put(ben, 'ACTIVE')
      await other.put(ben, 'IDLE')
      await pass(600)
      expect(await other.renew(1_000)).toBe(true)
      expect(await other.expire()).toEqual([])
      await pass(600)
      expect(await stateOf(anna)).toBe('OFFLINE')
      expect(await stateOf(ben)).toBe('IDLE')
      const changed = await other.expire()
      expect(changed.toSorted((a, b) => a.after.localeCompare(b.after))).toEqual([
        { ...ben, before: 'ACTIVE', after: 'IDLE' },
        { ...anna, before: 'ACTIVE', after: 'OFFLINE' },
      ])
      expect(await other.expire()).toEqual([])
    })

    test('a gateway that comes too late to renew is told so, and says all again', async () => {
      await one.put(anna, 'ACTIVE')
      await pass(1_200)
      await other.renew(1_000)
      await other.expire()
      expect(await one.renew(1_000)).toBe(false)
      expect(await stateOf(anna)).toBe('OFFLINE')
      await one.put(anna, 'ACTIVE')
      expect(await stateOf(anna)).toBe('ACTIVE')
    })
  })
}
