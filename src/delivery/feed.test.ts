import { expect, test } from 'vitest'
import { noAversionsNow } from '../../tests/support/no-aversions.ts'
import type { Memberships } from '../conversations/memberships.ts'
import type { ChatEvent } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller } from '../model.ts'
import { QUEUE_LIMIT } from './conversation-live.ts'
import { Live } from './delivered.ts'
import { feed } from './feed.ts'
import { Hub, type Reader } from './hub.ts'
import type { Hubs } from './hubs.ts'
import type { Log } from './log.ts'

const own = { tenantId: 't', streamId: 'u' }
const marked = { kind: 'READ_MARKED', ...own, seq: 2, position: 9n, epoch: 1n } as ChatEvent

/** His own stream alone, of which seq 1 is given. `readLive`: what happens in the nth read of what stands past the horizon, which answers that. */
function feedOfOwn(readLive: (reader: Reader, nth: number) => ChatEvent[]) {
  let reader = null as Reader | null
  let reads = 0
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
      return { epoch: 1n, events: until === undefined && reader ? readLive(reader, ++reads) : [] }
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
  return { events, reader: () => reader }
}

test('a feed counts as replaying until it was given what stands past the horizon, too: it is told to resync if the database forgets it', async () => {
  const isReplaying: boolean[] = []
  const { events, reader } = feedOfOwn((reader) => {
    isReplaying.push(reader.isReplaying)
    return [marked]
  })
  expect((await events.next()).value).toMatchObject({ kind: 'SUBSCRIBED' })
  expect((await events.next()).value).toMatchObject({ kind: 'EVENT', event: marked })
  expect(isReplaying).toEqual([true])
  void events.next() // asks for what comes live
  await expect.poll(() => reader()?.isReplaying).toBe(false)
  await events.return?.()
})

test('one that was told to resync while it read gives nothing more of what waits for it', async () => {
  const { events, reader } = feedOfOwn((reader, nth) => {
    if (nth === 1) return [marked]
    reader.resync()
    reader.hear(new Live({ ...marked, seq: 3 }))
    return []
  })
  await events.next()
  expect((await events.next()).value).toMatchObject({ kind: 'EVENT', event: marked })
  // More than may wait: so it reads the log again.
  for (let known = 0; known <= QUEUE_LIMIT; known++) reader()?.hear(new Live(marked))
  expect((await events.next()).value).toMatchObject({ kind: 'RESYNC_REQUIRED' })
  await events.return?.()
})
