import { busContract } from './contract.ts'
import { memoryBus } from './memory.ts'

busContract('memory', async () => {
  const bus = memoryBus()
  return { near: bus, far: bus }
})
