import { expect, test, vi } from 'vitest'
import { type ChatEvent, streamTopic } from '../events.ts'
import type { Log as Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { Hub, type Reader } from './hub.ts'
import { type Log, PAGE } from './log.ts'
import { createRecent } from './recent.ts'
import { createRepair } from './repair.ts'

const [LIFE, TOPIC] = [1n, streamTopic('t', 's')]
const metric = { inc: () => undefined, set: () => undefined }
const metrics = { holes: metric, holeReads: metric, tailRepairs: metric, logLagSeconds: metric } as unknown as Metrics
const said = (seq: number) =>
  ({ kind: 'MEMBER_JOINED', tenantId: 't', streamId: 's', seq, position: BigInt(seq), epoch: LIFE }) as ChatEvent

/** A log that goes on for longer than a page, and a hub that is far behind it. */
function stage() {
  const hub = new Hub({ tenantId: 't', streamId: 's' })
  hub.last = { seq: 1, position: 1n }
  const hubs = new Map([[TOPIC, { hub }]])
  const asked: { times: number; first(): void } = { times: 0, first: () => undefined }
  const log = {
    async tail() {
      return { epoch: LIFE, horizon: 1n, isHeld: false, heads: [{ tenantId: 't', streamId: 's', seq: 3 * PAGE }] }
    },
    async after([of]: { seq: number }[]) {
      if (asked.times++ === 0) asked.first()
      await new Promise(setImmediate)
      return { epoch: LIFE, events: Array.from({ length: PAGE }, (_, n) => said((of?.seq ?? 0) + 1 + n)) }
    },
  } as unknown as Log
  const repair = createRepair({ hubs, log, recent: createRecent(), metrics, logger: {} as Logger })
  return { hub, hubs, asked, repair }
}

test('a hub that is behind is read for, page by page, until it is up to date', async () => {
  const { hub, asked, repair } = stage()
  await repair.tailPass()
  expect(hub.last?.seq).toBeGreaterThanOrEqual(3 * PAGE)
  expect(asked.times).toBe(3)
})

test('a hub that is closed while it is behind is read for no longer, and keeps no tail pass waiting', async () => {
  const { hubs, hub, asked, repair } = stage()
  asked.first = () => {
    hubs.delete(TOPIC)
    repair.forget(hub)
  }
  await repair.tailPass()
  expect(asked.times).toBe(1)
})

test('who leaves while it is found out what another life has kept is told, too: he left by what waited in his queue, which is not kept', async () => {
  const hub = new Hub({ tenantId: 't', streamId: 's' })
  hub.last = { seq: 2, position: 2n }
  const resync = vi.fn()
  const reader: Reader = {
    tenantId: 't',
    isReplaying: false,
    hear: () => undefined,
    overhear: () => undefined,
    given: () => [],
    resync,
  }
  hub.join(reader)
  let life = LIFE
  const log = {
    tail: async () => ({ epoch: life, horizon: 1n, isHeld: false, heads: [] }),
    after: async () => ({ epoch: life, events: [] }),
    head: async () => ({ epoch: life, head: { seq: 1, position: 1n } }),
    async stored(places: unknown[]) {
      hub.leave(reader)
      return { epoch: life, stored: places.map(() => false) }
    },
  } as unknown as Log
  const logger = { warn: () => undefined } as unknown as Logger
  const repair = createRepair({ hubs: new Map([[TOPIC, { hub }]]), log, recent: createRecent(), metrics, logger })
  await repair.tailPass()
  expect(resync).not.toHaveBeenCalled()
  life = 2n
  await repair.tailPass()
  expect(resync).toHaveBeenCalled()
  expect(hub.last).toEqual({ seq: 1, position: 1n })
})
