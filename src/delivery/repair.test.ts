import { expect, test } from 'vitest'
import { type ChatEvent, streamTopic } from '../events.ts'
import type { Log as Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { Hub } from './hub.ts'
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
