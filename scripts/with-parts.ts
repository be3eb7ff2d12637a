/** The parts on the configured database, without servers, for what an operator does by hand. */
import { createParts } from '../src/app.ts'
import { memoryBus } from '../src/bus/memory.ts'
import { loadConfig } from '../src/config.ts'
import type { Parts } from '../src/context.ts'
import { ownSecret } from '../src/embedded.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { openDatabase } from '../src/open-database.ts'

export async function withParts(use: (parts: Parts) => Promise<void>): Promise<void> {
  const config = loadConfig()
  await using opened = new AsyncDisposableStack()
  const db = await openDatabase(config, opened)
  const secretsKey = config.secretsKey ?? ownSecret(config.dataDir)
  await use(createParts({ db, bus: memoryBus(), metrics: createMetrics(), logger: createLog('warn'), secretsKey }))
}
