import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EVENT_VERSION, type ReceiptsAdvanced } from '../events.ts'
import { newUuid } from '../lib/ids.ts'
import { receipts } from './receipts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const [tenantId, streamId] = [newUuid(), newUuid()]
const receipt = (userId: string, readSeq: number, deliveredSeq = readSeq): ReceiptsAdvanced => ({
  ...{ version: EVENT_VERSION, kind: 'RECEIPTS_ADVANCED', at: new Date() },
  ...{ tenantId, streamId, userId, readSeq, deliveredSeq },
})

test('of a member who reads on, the first is told at once and the furthest of each second after it; of another member too', () => {
  const told: ReceiptsAdvanced[] = []
  const tell = receipts((each) => told.push(each))
  for (const seq of [1, 2, 4, 3]) tell(receipt('anna', seq))
  tell(receipt('anna', 2, 9))
  tell(receipt('ben', 1))
  vi.advanceTimersByTime(10_000)
  expect(told.map(({ userId, readSeq, deliveredSeq }) => [userId, readSeq, deliveredSeq])).toEqual([
    ['anna', 1, 1],
    ['ben', 1, 1],
    ['anna', 4, 9],
  ])
})
