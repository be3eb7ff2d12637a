import { afterEach, beforeEach, vi } from 'vitest'
import { presenceContract } from './contract.ts'
import { memoryPresence, presenceStore } from './memory.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

presenceContract('memory', async () => {
  const store = presenceStore()
  return {
    one: memoryPresence({ store, gateway: 'one' }),
    other: memoryPresence({ store, gateway: 'other' }),
    pass: async (ms) => void vi.advanceTimersByTime(ms),
  }
})
