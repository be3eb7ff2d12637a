/** The parts on the configured database, without servers, for what an operator does by hand. */
import { memoryBus } from '../src/bus/memory.ts'
import { loadConfig } from '../src/config.ts'
import type { Parts } from '../src/context.ts'
import type { Db } from '../src/db.ts'
import { ownSecret } from '../src/embedded.ts'
import { createQueue, type Queue } from '../src/jobs/queue.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { openDatabase } from '../src/open-database.ts'
import { noFiles, openFiles } from '../src/open-files.ts'
import { createParts } from '../src/parts.ts'
import { handlersOf } from '../src/timed-work.ts'
import { databaseHealth } from '../src/workers/database-health.ts'

interface AtHand {
  db: Db
  /** Open, and running nothing. */
  queue: Queue
}

/** `files`: where their content is kept is opened, too. */
export async function withParts(
  use: (parts: Parts, more: AtHand) => Promise<void>,
  { files: needsFiles = false }: { files?: boolean } = {},
): Promise<void> {
  const config = loadConfig()
  await using opened = new AsyncDisposableStack()
  const { db, queueDatabase } = await openDatabase(config, opened)
  const secretsKey = config.secretsKey ?? ownSecret(config.dataDir)
  const [metrics, logger] = [createMetrics(), createLog('warn')]
  const health = databaseHealth({ db, metrics, logger })
  opened.defer(() => health.close())
  const queue = createQueue({ database: queueDatabase, logger, health, supervise: false })
  opened.defer(() => queue.close())
  const files = needsFiles ? await openFiles(config, { secretsKey, opened }) : noFiles()
  const parts = createParts({ db, bus: memoryBus(), metrics, logger, secretsKey, health, jobs: queue, files })
  await queue.open(handlersOf({ db, parts, logger }).map(({ kind }) => kind))
  await use(parts, { db, queue })
}
