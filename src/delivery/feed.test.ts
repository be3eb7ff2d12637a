import { expect, test } from 'vitest'
import { noAversionsNow } from '../../tests/support/no-aversions.ts'
import type { Memberships } from '../conversations/memberships.ts'
import type { ChatEvent } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller } from '../model.ts'
import { feed } from './feed.ts'
import { Hub, type Reader } from './hub.ts'
import type { Hubs } from './hubs.ts'
import type { Log } from './log.ts'

const own = { tenantId: 't', streamId: 'u' }
const marked = { kind: 'READ_MARKED', ...own, seq: 2, position: 9n, epoch: 1n } as ChatEvent

test('a feed counts as replaying until it was given what stands past the horizon, too: it is told to resync if the database forgets it', async () => {
  let reader = null as Reader | null
  const isReplaying: (boolean | undefined)[] = []
  const hubs: Partial<Hubs> = {
    async join(_, joining) {
      reader = joining
      return { hub: new Hub(own), head: null }
    },
    leave: () => undefined,
    isCurrent: async () => true,
    lives: () => true,
    mark: () => ({ epoch: 1n, horizon: 5n }),
  }
  const log: Partial<Log> = {
    horizon: async () => ({ epoch: 1n, horizon: 5n }),
    before: (async () => ({ epoch: 1n, places: [{ ...own, seq: 1, position: 1n, isBehind: true }] })) as Log['before'],
    async after(_, until) {
      if (until !== undefined) return { epoch: 1n, events: [] }
      isReplaying.push(reader?.isReplaying)
      return { epoch: 1n, events: [marked] }
    },
  }
  const memberships = { windows: async () => [] } as unknown as Memberships
  const parts = {
    hubs: hubs as Hubs,
    log: log as Log,
    memberships,
    history: {} as History,
    aversionsNow: noAversionsNow,
  }
  const viewer = { kind: 'USER', tenantId: 't', userId: 'u' } as UserCaller
  const events = feed(parts, { viewer, after: { kind: 'FEED', tenantId: 't', epoch: 1n, watermark: 1n } })

  expect((await events.next()).value).toMatchObject({ kind: 'SUBSCRIBED' })
  expect((await events.next()).value).toMatchObject({ kind: 'EVENT', event: marked })
  expect(isReplaying).toEqual([true])
  void events.next() // asks for what comes live
  await expect.poll(() => reader?.isReplaying).toBe(false)
  await events.return?.()
})
